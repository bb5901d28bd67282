/** One document to print: what the server sends to the press's child process. Text goes as data, never as Typst. */
export interface PrintJob {
  template: 'paper' | 'card'
  output: 'pdf' | 'png'
  /** What the template reads, as its own file describes it. */
  data: Record<string, unknown>
  /** A text of kernel/words, which becomes `data.body` and `data.links`. */
  words?: PrintedWords
  /** Seconds since 1970 that the PDF names as its making: of the text, so that the same text is the same bytes. */
  madeAt: number
}

export interface PrintedWords {
  html: string
  notes: string
  /** Where the text stands; its own links begin there. */
  address: string
  /** Addresses that the paper shows elsewhere: they are not listed again. */
  shown: string[]
}

export interface Printed {
  bytes: Uint8Array
  /** What the press had to do without, in Typst's words: a letter that no font has, a font that is not there. */
  complaints: string[]
}

/** Where the press finds what it needs. The workspace holds templates alone: Typst follows links out of it. */
export interface PressFiles {
  child: string
  workspace: string
  fonts: string[]
}

export type Answer = { number: number } & ({ printed: Printed } | { failure: string })
