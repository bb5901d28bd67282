// What changed between two texts, as somebody reads it: paragraph by paragraph, and word by word within one.

/** `gone` stood only in the former text, `new` only in the later. */
export interface Piece {
  is: 'same' | 'gone' | 'new'
  text: string
}

export interface ParagraphChange {
  is: 'same' | 'changed' | 'gone' | 'new'
  pieces: Piece[]
  /** What stands between it and the next: in the former text, in the later. */
  ends: [former: string, later: string]
}

/**
 * Steps that all comparisons of one diff may take together. Past them what is compared stands there as gone and new, whole: a
 * text of a megabyte holds nobody up.
 */
export const MOST_STEPS = 4_000_000
/** Of the words of two paragraphs, the share that they have in common before one counts as the other, changed. */
const LEAST_ALIKE = 0.4
/** Paragraphs in one gap that are compared each with each. */
const MOST_PAIRS = 900

interface Paragraph { text: string; end: string }
/** What comparisons that belong together may still take. */
export interface Budget { left: number }

/** From these `formerOf` and `laterOf` give back both texts, byte for byte. */
export function diffParagraphs(former: string, later: string): ParagraphChange[] {
  const budget: Budget = { left: MOST_STEPS }
  const [a, b] = [paragraphsOf(former), paragraphsOf(later)]
  const shared = commonOf(a.map(({ text }) => text), b.map(({ text }) => text), budget)
  const changes: ParagraphChange[] = []
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...shared, [a.length, b.length] as const]) {
    changes.push(...changedBetween(a.slice(i, atA), b.slice(j, atB), budget))
    if (atA < a.length) changes.push({ is: 'same', pieces: [{ is: 'same', text: a[atA]!.text }], ends: [a[atA]!.end, b[atB]!.end] })
    ;[i, j] = [atA + 1, atB + 1]
  }
  return changes
}

/** What changed in one line or paragraph, word by word. */
export const diffWords = (former: string, later: string): Piece[] => wordsChanged(former, later, { left: MOST_STEPS })

const side = (changes: ParagraphChange[], without: 'gone' | 'new', end: 0 | 1) => changes.filter(({ is }) => is !== without)
  .map(({ pieces, ends }) => pieces.filter(({ is }) => is !== without).map(({ text }) => text).join('') + ends[end]).join('')
export const formerOf = (changes: ParagraphChange[]): string => side(changes, 'new', 0)
export const laterOf = (changes: ParagraphChange[]): string => side(changes, 'gone', 1)

/** Cut at empty lines; the last has no end. An empty text has no paragraph. */
function paragraphsOf(text: string): Paragraph[] {
  if (text === '') return []
  const parts = text.split(/(\n\s*\n)/)
  return parts.flatMap((part, i) => (i % 2 === 0 ? [{ text: part, end: parts[i + 1] ?? '' }] : []))
}

/** Between two paragraphs that are the same: what is alike is one that changed, in the order of both. */
function changedBetween(gone: Paragraph[], added: Paragraph[], budget: Budget): ParagraphChange[] {
  const pairs = gone.length * added.length > MOST_PAIRS ? [] : pairsAlike(gone, added)
  const changes: ParagraphChange[] = []
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...pairs, [gone.length, added.length] as const]) {
    for (; i < atA; i++) changes.push({ is: 'gone', pieces: [{ is: 'gone', text: gone[i]!.text }], ends: [gone[i]!.end, ''] })
    for (; j < atB; j++) changes.push({ is: 'new', pieces: [{ is: 'new', text: added[j]!.text }], ends: ['', added[j]!.end] })
    if (i < gone.length && j < added.length) changes.push({ is: 'changed', pieces: wordsChanged(gone[i]!.text, added[j]!.text, budget), ends: [gone[i]!.end, added[j]!.end] })
    ;[i, j] = [i + 1, j + 1]
  }
  return changes
}

/** The pairs that are most alike together, both in their order. */
function pairsAlike(gone: Paragraph[], added: Paragraph[]): [number, number][] {
  const [bagsA, bagsB] = [gone.map(bagOf), added.map(bagOf)]
  const [rows, columns] = [gone.length, added.length]
  const alike = bagsA.map((a) => bagsB.map((b) => likeness(a, b)))
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const paired = alike[i]![j]! >= LEAST_ALIKE ? alike[i]![j]! + best[i + 1]![j + 1]! : 0
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < rows && j < columns) {
    if (best[i]![j] === best[i + 1]![j]) i++
    else if (best[i]![j] === best[i]![j + 1]) j++
    else pairs.push([i++, j++])
  }
  return pairs
}

interface Bag { words: Map<string, number>; size: number }

function bagOf({ text }: Paragraph): Bag {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const counted = new Map<string, number>()
  for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1)
  return { words: counted, size: words.length }
}

function likeness(a: Bag, b: Bag): number {
  const [small, large] = a.words.size <= b.words.size ? [a, b] : [b, a]
  let both = 0
  for (const [word, count] of small.words) both += Math.min(count, large.words.get(word) ?? 0)
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

function wordsChanged(former: string, later: string, budget: Budget): Piece[] {
  const [a, b] = [tokensOf(former), tokensOf(later)]
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...commonOf(a, b, budget), [a.length, b.length] as const]) {
    if (atA > i) pieces.push({ is: 'gone', text: a.slice(i, atA).join('') })
    if (atB > j) pieces.push({ is: 'new', text: b.slice(j, atB).join('') })
    if (atA < a.length) pieces.push({ is: 'same', text: a[atA]! })
    ;[i, j] = [atA + 1, atB + 1]
  }
  return joined(pieces)
}

/** Words, spaces and each other sign: together they are the text again. */
const tokensOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? []

/** Neighbours of one kind are one piece; a space between two changes belongs to both, so that a changed sentence reads in one go. */
function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = []
  let [gone, added] = ['', '']
  const flush = () => {
    if (gone) out.push({ is: 'gone', text: gone })
    if (added) out.push({ is: 'new', text: added })
    ;[gone, added] = ['', '']
  }
  pieces.forEach((piece, i) => {
    if (piece.is === 'gone') gone += piece.text
    else if (piece.is === 'new') added += piece.text
    else if (gone && added && piece.text.trim() === '' && i + 1 < pieces.length && pieces[i + 1]!.is !== 'same') {
      gone += piece.text
      added += piece.text
    } else {
      flush()
      const last = out.at(-1)
      if (last?.is === 'same') last.text += piece.text
      else out.push({ ...piece })
    }
  })
  flush()
  return out
}

/** Places of a longest sequence that both have (Hunt and McIlroy 1976), or of its ends alone where the middle would take too long. */
export function commonOf(a: readonly string[], b: readonly string[], budget: Budget): [number, number][] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const head = Array.from({ length: start }, (_, i): [number, number] => [i, i])
  const tail = Array.from({ length: end }, (_, i): [number, number] => [a.length - end + i, b.length - end + i])
  const middle = longestCommon(a.slice(start, a.length - end), b.slice(start, b.length - end), budget)
  return [...head, ...middle.map(([i, j]): [number, number] => [i + start, j + start]), ...tail]
}

function longestCommon(a: readonly string[], b: readonly string[], budget: Budget): [number, number][] {
  const width = b.length + 1
  const steps = (a.length + 1) * width
  if (a.length === 0 || b.length === 0 || steps > budget.left) return []
  budget.left -= steps
  const longest = new Uint32Array(steps)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1]! + 1 : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}
