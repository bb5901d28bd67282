/** A piece of a text; `isHit`: a word that was searched for. */
export interface Piece {
  text: string
  isHit: boolean
}

/** Characters shown around the first word that was found. */
const SHOWN = 220
const BEFORE = 60

const NAMED = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', '’'], ['nbsp', ' ']])

/** The words of a text's HTML, as one line. What it returns is plain text: who prints it escapes it. */
export function plainText(html: string): string {
  return html
    .replace(/<sup>.*?<\/sup>| ?<a class="pn".*?<\/a>/gs, '')
    .replace(/<\/?(?:em|strong|del|code|a|i|span)\b[^>]*>/g, '').replace(/<[^>]*>?/g, ' ')
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, number, name) => {
      if (name) return NAMED.get(name) ?? whole
      const code = hex ? parseInt(hex, 16) : Number(number)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
    })
    .replace(/\s+/g, ' ').trim()
}

/** A word without accents, as the index of words has it. */
export function bareWord(word: string): string {
  // Most words have none, and thousands are looked at for one page.
  if (/^[\0-\x7f]*$/.test(word)) return word.toLowerCase()
  return word.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae')
}

export interface Lexeme {
  /** A word's stem without accents. */
  stem: string
  /** Any word that begins so was asked for. */
  isPrefix: boolean
}

/** The stems of a tsquery as PostgreSQL prints it, without those that were asked to be absent. */
export function lexemesOf(query: string): Lexeme[] {
  return [...query.matchAll(/(!?)'((?:[^']|'')*)'(:\*)?/g)].flatMap(([, not, stem = '', star]) =>
    not ? [] : [{ stem: stem.replaceAll("''", "'"), isPrefix: star !== undefined }])
}

/** An ending that a word may have behind its stem; short stems begin too many words. */
const isOf = (bare: string, { stem, isPrefix }: Lexeme) =>
  bare.startsWith(stem) && (isPrefix || bare.length - stem.length <= (stem.length <= 3 ? 1 : 6))

/** Where the words stand in a text: the piece around the first of them. Undefined when none is seen in it. */
export function extractOf(text: string, lexemes: Lexeme[]): Piece[] | undefined {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)]
  const isHit = ([word]: RegExpExecArray) => {
    const bare = bareWord(word)
    return lexemes.some((lexeme) => isOf(bare, lexeme))
  }
  const first = words.find(isHit)
  if (!first) return undefined
  const begin = first.index <= BEFORE ? 0 : (words.find(({ index }) => index >= first.index - BEFORE)?.index ?? first.index)
  const far = words.findLast(({ index, 0: word }) => index + word.length <= begin + SHOWN)
  const end = text.length - begin <= SHOWN + 20 ? text.length : Math.max(first.index + first[0].length, far ? far.index + far[0].length : 0)
  const pieces: Piece[] = []
  let at = begin
  const add = (to: number, isHit: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), isHit })
    at = to
  }
  if (begin > 0) pieces.push({ text: '… ', isHit: false })
  for (const { index, 0: word } of words.filter(({ index, 0: word }) => index >= begin && index + word.length <= end).filter(isHit)) {
    add(index, false)
    add(index + word.length, true)
  }
  add(end, false)
  if (end < text.length) pieces.push({ text: ' …', isHit: false })
  return pieces
}
