import { MOST_MS } from '#kernel/words/markdown.ts'
import { openThread, TookTooLong } from '#kernel/threads/thread.ts'
import { programFile } from '#kernel/program-file.ts'
import type { Incoming, IncomingText, Unreadable } from '#rooms/media/import/incoming.ts'
import type { FileKind } from '#rooms/media/import/readers.ts'

export interface FileToRead {
  path: string
  /** What the report calls it. */
  name: string
  kind: FileKind
}
export interface ToRead extends FileToRead {
  /** Texts of the file that were told already. */
  toPass: number
}
export type ReadingSign = { bytes: number } | { begins: string }
export type Sent = { text: Omit<IncomingText, 'publicFrom'> & { publicFrom: string | undefined } } | { unreadable: Unreadable } | undefined

export interface Reading {
  read(file: FileToRead, onBytes?: (bytes: number) => void): AsyncGenerator<Incoming>
}

/**
 * Reads files in a thread of its own, text by text, as they are asked for. A text that takes too long is named, its
 * thread is ended, and another one goes on behind it.
 * @param mostMs what one text may take of the processor, and a file between two texts for each megabyte of it
 * @param idleMs without a file after which the thread gives its memory back
 */
export function openReading(mostMs = MOST_MS, idleMs = Infinity): Reading {
  let hear: (sign: ReadingSign) => void = () => {}
  const thread = openThread<ToRead | null, Sent>(programFile(import.meta.url, './reading-thread.ts', 'reading.js'),
    { mostMs, idleMs, onSign: (sign) => hear(sign as ReadingSign) })

  async function* read(file: FileToRead, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<Incoming> {
    let begun: string | undefined
    let isOpen = false
    for (let told = 0; ; told++) {
      begun = undefined
      hear = (sign) => {
        if ('bytes' in sign) onBytes(sign.bytes)
        else begun = sign.begins
      }
      try {
        const sent = await thread.ask(isOpen ? null : { ...file, toPass: told })
        isOpen = true
        if (!sent) return
        yield received(sent)
      } catch (error) {
        if (!(error instanceof TookTooLong)) throw error
        isOpen = false
        const reason = `it could not be read (${error.message}): it is made of more signs within each other than a person writes, or is as long as a book`
        yield { unreadable: { place: begun ?? file.name, reason } }
        if (begun === undefined) return
      }
    }
  }
  return { read }
}

function received(sent: NonNullable<Sent>): Incoming {
  if (!('text' in sent)) return sent
  const { publicFrom, ...text } = sent.text
  return { text: publicFrom === undefined ? text : { ...text, publicFrom: Temporal.Instant.from(publicFrom) } }
}
