import { diff3MergeRegions } from 'node-diff3'
import { paragraphsOf, type Paragraphs } from '#kernel/words/paragraphs.ts'

/** Where two people changed the same paragraphs: what stood there before, and what each made of it. '' where one took it out. */
export interface Conflict {
  before: string
  theirs: string
  mine: string
}

/** A text in its order: what stands, with its line ends, and what somebody has to settle. */
export type Piece = { text: string } | { conflict: Conflict }

/** A text longer than this is not joined but shown whole, mine beside theirs: the search for what is alike takes the square of it. */
export const MOST_PARAGRAPHS_TO_MERGE = 1000

/**
 * Joins two texts that were made of one, paragraph by paragraph. A paragraph that one of them changed is taken from there; where
 * both did, and differently, nothing is chosen. Every paragraph that either typed stands in a piece's text or in a conflict.
 * @param base what both began from @param theirs what was saved meanwhile @param mine what is to be saved
 */
export function mergeTexts(base: string, theirs: string, mine: string): Piece[] {
  if (theirs === base || theirs === mine) return [{ text: mine }]
  if (mine === base) return [{ text: theirs }]
  const [a, o, b] = [paragraphsOf(mine), paragraphsOf(base), paragraphsOf(theirs)]
  if (Math.max(...[a, o, b].map(({ paragraphs }) => paragraphs.length)) > MOST_PARAGRAPHS_TO_MERGE) return [{ conflict: { before: base, theirs, mine } }]
  const parts = diff3MergeRegions(a.paragraphs, o.paragraphs, b.paragraphs).flatMap((region): Part[] => {
    if (region.stable) return [{ from: region.buffer === 'a' ? a : region.buffer === 'o' ? o : b, start: region.bufferStart, end: region.bufferStart + region.bufferLength }]
    return settle(
      { from: a, start: region.aStart, end: region.aStart + region.aLength }, { from: o, start: region.oStart, end: region.oStart + region.oLength },
      { from: b, start: region.bStart, end: region.bStart + region.bLength },
    )
  })
  return written(parts, b)
}

/** Some paragraphs of one of the three texts. */
interface Run { from: Paragraphs; start: number; end: number }
type Part = Run | { conflict: Conflict }

const sizeOf = ({ start, end }: Run) => end - start
const at = ({ from, start }: Run, i: number) => from.paragraphs[start + i]
const one = ({ from, start }: Run, i: number): Run => ({ from, start: start + i, end: start + i + 1 })
const rest = (run: Run, from: number, to = sizeOf(run)): Run => ({ from: run.from, start: run.start + from, end: run.start + to })
const isSame = (x: Run, y: Run) => sizeOf(x) === sizeOf(y) && Array.from({ length: sizeOf(x) }, (_, i) => at(x, i) === at(y, i)).every(Boolean)
const beginsWith = (long: Run, short: Run) => sizeOf(long) >= sizeOf(short) && isSame(rest(long, 0, sizeOf(short)), short)
const endsWith = (long: Run, short: Run) => sizeOf(long) >= sizeOf(short) && isSame(rest(long, sizeOf(long) - sizeOf(short)), short)

/**
 * What the search calls one place where both changed something holds more often two places beside each other: she mended the fourth
 * paragraph and I the fifth, or wrote one after it. Where it is clear who did what, nobody is asked.
 */
function settle(mine: Run, base: Run, theirs: Run): Part[] {
  if (isSame(mine, theirs) || isSame(theirs, base)) return [mine]
  if (isSame(mine, base)) return [theirs]
  const size = sizeOf(base)
  if (size > 0 && sizeOf(mine) === size && sizeOf(theirs) === size) {
    return size === 1 ? [asked(mine, base, theirs)] : Array.from({ length: size }, (_, i) => settle(one(mine, i), one(base, i), one(theirs, i))).flat()
  }
  if (size > 0) {
    if (beginsWith(mine, base) && beginsWith(theirs, base)) return [base, ...settle(rest(mine, size), rest(base, size), rest(theirs, size))]
    if (beginsWith(mine, base)) return [theirs, rest(mine, size)]
    if (beginsWith(theirs, base)) return [mine, rest(theirs, size)]
    if (endsWith(mine, base) && endsWith(theirs, base)) return [...settle(rest(mine, 0, sizeOf(mine) - size), rest(base, size), rest(theirs, 0, sizeOf(theirs) - size)), base]
    if (endsWith(mine, base)) return [rest(mine, 0, sizeOf(mine) - size), theirs]
    if (endsWith(theirs, base)) return [rest(theirs, 0, sizeOf(theirs) - size), mine]
  }
  return [asked(mine, base, theirs)]
}

const textOf = (run: Run): string => run.from.paragraphs.slice(run.start, run.end)
  .map((paragraph, i) => (i === 0 ? paragraph : run.from.between[run.start + i]! + paragraph)).join('')
const asked = (mine: Run, base: Run, theirs: Run): Part => ({ conflict: { before: textOf(base), theirs: textOf(theirs), mine: textOf(mine) } })

/** Puts the parts one after another: each keeps what stood after its last paragraph, and where nothing did, an empty line is put. */
function written(parts: readonly Part[], frame: Paragraphs): Piece[] {
  const filled = parts.filter((part) => 'conflict' in part || sizeOf(part) > 0)
  const pieces: Piece[] = []
  const add = (text: string) => {
    const last = pieces.at(-1)
    if (last && 'text' in last) last.text += text
    else pieces.push({ text })
  }
  add(frame.between[0]!)
  filled.forEach((part, i) => {
    const isLast = i === filled.length - 1
    const after = isLast ? frame.between.at(-1)! : 'conflict' in part ? '\n\n' : part.from.between[part.end]! || '\n\n'
    if ('conflict' in part) pieces.push(part)
    else add(textOf(part))
    add(isLast ? after : /\n[ \t]*\n/.test(after) ? after : '\n\n')
  })
  return pieces.filter((piece) => 'conflict' in piece || piece.text !== '')
}

export const hasConflict = (pieces: readonly Piece[]): boolean => pieces.some((piece) => 'conflict' in piece)

/** The text of pieces, each conflict as it was settled; one settled with nothing leaves no gap behind. @param settled in the order of the conflicts */
export function textOfPieces(pieces: readonly Piece[], settled: readonly string[] = []): string {
  let n = 0
  let text = ''
  let isNothing = false
  for (const piece of pieces) {
    if ('text' in piece) text += isNothing ? piece.text.replace(/^\s*\n/, '') : piece.text
    else text += settled[n++] ?? ''
    isNothing = 'conflict' in piece && settled[n - 1] === ''
  }
  return isNothing ? text.trimEnd() : text
}
