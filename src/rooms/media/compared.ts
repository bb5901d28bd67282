import type { Frozen } from '#rooms/media/frozen.ts'
import { diffParagraphs, diffWords, type ParagraphChange, type Piece } from '#rooms/media/word-diff.ts'

/** One line of a comparison: a paragraph that changed, or a run of those that did not, by their numbers in the later text. */
export type ComparedRow =
  | { is: 'run'; from: number; to: number }
  | { is: 'changed' | 'gone' | 'new'; pieces: Piece[]; /** Null for one that the later text does not have. */ number: number | null; /** Its place among the changes, from 1. */ nth: number }

export interface ComparedText {
  rows: ComparedRow[]
  counts: Record<ParagraphChange['is'], number>
}

/** What changed between two texts, with runs of equal paragraphs folded. Empty paragraphs are no paragraphs to read. */
export function compareTexts(former: string, later: string): ComparedText {
  const counts = { same: 0, changed: 0, gone: 0, new: 0 }
  const rows: ComparedRow[] = []
  let [number, nth] = [0, 0]
  for (const { is, pieces } of diffParagraphs(former, later)) {
    if (pieces.every(({ text }) => text.trim() === '')) continue
    counts[is]++
    if (is !== 'gone') number++
    const last = rows.at(-1)
    if (is !== 'same') rows.push({ is, pieces, number: is === 'gone' ? null : number, nth: ++nth })
    else if (last?.is === 'run') last.to = number
    else rows.push({ is: 'run', from: number, to: number })
  }
  return { rows, counts }
}

/** What stands beside the words, in groups that somebody knows them by. */
export type Fact = 'date' | 'regions' | 'topics' | 'signers' | 'sources' | 'doubt' | 'picture' | 'other'

export interface ChangedFact {
  fact: Fact
  /** Empty where it changed in what no words say. */
  pieces: Piece[]
}

/** How places, topics and days are called where they are read. */
export interface FactNames {
  place(code: string): string
  topic(key: string): string
  when(stored: string): string
}

const FIELDS: Record<Fact, (keyof Frozen)[]> = {
  date: ['when', 'dateOf', 'whenNotStatedBySource'], regions: ['regions'], topics: ['topics'], signers: ['signers'], sources: ['sources'], doubt: ['doubt'],
  picture: ['picture', 'pictureId', 'files'], other: ['issuedBy', 'licence', 'byline', 'translator', 'byMachine', 'series', 'related'],
}

/** Which facts changed between two revisions, and how. */
export function changedFacts(former: Frozen, later: Frozen, names: FactNames): ChangedFact[] {
  const facts = Object.keys(FIELDS) as Fact[]
  return facts.filter((fact) => FIELDS[fact].some((field) => JSON.stringify(former[field] ?? null) !== JSON.stringify(later[field] ?? null)))
    .map((fact) => {
      const pieces = diffWords(saidOf(fact, former, names), saidOf(fact, later, names))
      return { fact, pieces: pieces.some(({ is }) => is !== 'same') ? pieces : [] }
    })
}

function saidOf(fact: Fact, frozen: Frozen, names: FactNames): string {
  const said: Record<Fact, () => (string | null | undefined)[]> = {
    date: () => [names.when(frozen.when)], regions: () => frozen.regions.map(({ place }) => names.place(place)), topics: () => frozen.topics.map((key) => names.topic(key)),
    signers: () => frozen.signers.map(({ name }) => name), sources: () => frozen.sources.map(({ title }) => title), doubt: () => [frozen.doubt],
    picture: () => [frozen.picture?.alt, ...(frozen.files ?? []).map(({ title }) => title)],
    other: () => [frozen.issuedBy, frozen.byline, frozen.translator, frozen.series?.name, frozen.licence],
  }
  return said[fact]().filter(Boolean).join('; ')
}
