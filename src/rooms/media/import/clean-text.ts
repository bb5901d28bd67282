export const LONGEST_TITLE = 300

// Zero to space without tab and line ends, DEL to APC, and the signs that no text holds.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g
// Trojan Source (CVE-2021-42574): overrides and embeddings make words read other than they are stored. Marks (U+200E, U+200F) stay.
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g

/** Words without the signs that no page may show, and what was taken out of them. Lone surrogates become U+FFFD. */
export function cleanText(text: string): { text: string; leftOut: string[] } {
  const leftOut: string[] = []
  if (!text.isWellFormed()) leftOut.push('broken characters were replaced by �')
  let clean = text.toWellFormed()
  if (clean.search(DIRECTION) >= 0) leftOut.push('signs that turn the reading direction of words around were removed')
  clean = clean.replace(DIRECTION, '')
  if (clean.search(CONTROL) >= 0) leftOut.push('control characters, which nobody can see, were removed')
  return { text: clean.replace(CONTROL, ''), leftOut }
}

/** One line of words: a title, a name, a label. */
export const oneLine = (text: string) => cleanText(text).text.replace(/\s+/g, ' ').trim()

/** Why these words cannot be a title, or null when they can. */
export function obstacleToTitle(title: string): string | null {
  if (title === '') return 'it has no title: give it one where it comes from and import it again'
  const length = [...title].length
  return length > LONGEST_TITLE
    ? `its title has ${length} characters, more than the ${LONGEST_TITLE} that a title may have: shorten it where it comes from`
    : null
}

const LONGEST_TEASER = 300

/** The first paragraph of a text as a teaser: its words without marks, cut after a word. */
export function teaserOf(markdown: string): string {
  const blocks = markdown.split(/\n{2,}/).filter((block) => !/^\s*(#|!\[|>|[-*+] |\d+[.)] |\||```|\[\^|---|\*\*\*|<)/.test(block))
  return shorten(oneLine(plainWords(blocks[0] ?? '')))
}

export function shorten(words: string): string {
  const signs = [...words]
  if (signs.length <= LONGEST_TEASER) return words
  return `${signs.slice(0, LONGEST_TEASER).join('').replace(/\s+\S*$/, '')}…`
}

const plainWords = (markdown: string) => markdown
  .replace(/\[\^[^\]]*\]/g, '')
  .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
  .replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
  .replace(/<(https?:[^>]*)>/g, '$1')
  .replace(/<\/?(?:i|span)[^>]*>/g, '')
  .replace(/(?<!\\)(\*\*|__|~~|[*_`])/g, '')
  .replace(/\\\n/g, ' ')
  .replace(/\\([!-/:-@[-`{-~])/g, '$1')
  .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16) % 0x110000))

/** Adds sentences to a list, each once. */
export function addOnce(list: string[], ...sentences: string[]): void {
  for (const sentence of sentences) if (!list.includes(sentence)) list.push(sentence)
}
