import { paragraphsOf } from '#kernel/words/paragraphs.ts'
import type { Words } from '#rooms/media/frozen.ts'
import { diffParagraphs, diffWords, type Piece } from '#rooms/media/word-diff.ts'

/** What a translation has where nothing is written yet. It stands in the text itself, so that a saved half keeps its places. */
export const NOT_YET = '[…]'

/** One paragraph of the source as it stands, with the translation of it. */
export interface TranslationRow {
  /** How it stands to the source that the translation follows. `gone`: the source no longer has it. `beyond`: the translation alone has it. */
  is: 'same' | 'changed' | 'new' | 'gone' | 'beyond'
  /** What the source had and has, word by word; empty for `beyond`. */
  pieces: Piece[]
  /** The source's paragraph as it stands; '' where it has none. */
  source: string
  /** Its place in the source, from 0; null where it has none. */
  index: number | null
  /** What the translation has; '' where nothing is written yet. */
  own: string
}

/** Paragraphs that a text is made of. A line that only looks empty cuts as an empty one does. */
export const paragraphsIn = (text: string): string[] => paragraphsOf(text.replace(/\n\s*\n/g, '\n\n')).paragraphs

/** @param basis the source that the translation follows @param newest the source as it stands @param own the translation */
export function translationRows(basis: string, newest: string, own: string): TranslationRow[] {
  const rows = rowsBetween(basis, newest)
  const texts = paragraphsIn(own).map((text) => (text.trim() === NOT_YET ? '' : text))
  const places = rows.filter(layoutOf(rows, texts.length))
  places.forEach((row, i) => (row.own = texts[i] ?? ''))
  const beyond = texts.slice(places.length).filter((text) => text !== '').map((text): TranslationRow => ({ is: 'beyond', pieces: [], source: '', index: null, own: text }))
  return [...rows.filter(({ is, own: text }) => is !== 'gone' || text !== ''), ...beyond]
}

function rowsBetween(basis: string, newest: string): TranslationRow[] {
  const [former, later] = [paragraphsIn(basis), paragraphsIn(newest)]
  let j = 0
  return diffParagraphs(former.join('\n\n'), later.join('\n\n')).map(({ is, pieces }): TranslationRow => {
    const source = is === 'gone' ? '' : later[j]!
    const index = is === 'gone' ? null : j++
    return { is, pieces, source, index, own: '' }
  })
}

/** Which paragraphs of the source a translation of so many paragraphs has: those that it follows, else those that stand, else all of both. */
function layoutOf(rows: readonly TranslationRow[], count: number): (row: TranslationRow) => boolean {
  const layouts = [({ is }: TranslationRow) => is !== 'new', ({ is }: TranslationRow) => is !== 'gone', () => true]
  return layouts.find((layout) => rows.filter(layout).length === count) ?? layouts[0]!
}

/**
 * The text that paragraphs make. One of the source that is not translated yet keeps its place; one that the source does not have
 * goes when it is emptied. What is missing at the end leaves nothing.
 */
export function textOfRows(typed: readonly { text: string; isOfSource: boolean }[]): string {
  const kept = typed.map(({ text, isOfSource }) => ({ text: text.trim(), isOfSource })).filter(({ text, isOfSource }) => text !== '' || isOfSource)
  const last = kept.findLastIndex(({ text }) => text !== '')
  return kept.slice(0, last + 1).map(({ text }) => text || NOT_YET).join('\n\n')
}

/** How many paragraphs of a translation are not written yet. */
export const countNotYet = (own: string): number => paragraphsIn(own).filter((text) => text.trim() === NOT_YET).length

/** One thing of the source that changed since the revision that a translation follows. */
export interface Behind {
  is: 'changed' | 'new' | 'gone'
  what: 'title' | 'teaser' | 'paragraph'
  /** Of a paragraph, its place in the source as it stands, from 1; null for one that is gone. */
  number: number | null
  pieces: Piece[]
}

/** What changed in the source since; empty exactly where title, teaser and every paragraph are the same. */
export function behindBy(basis: Words, newest: Words): Behind[] {
  const line = (what: 'title' | 'teaser'): Behind[] => {
    const [before, after] = [basis[what].trim(), newest[what].trim()]
    if (before === after) return []
    return [{ is: before === '' ? 'new' : after === '' ? 'gone' : 'changed', what, number: null, pieces: diffWords(before, after) }]
  }
  const body = rowsBetween(basis.bodyMarkdown, newest.bodyMarkdown).flatMap(({ is, pieces, index }): Behind[] =>
    is === 'same' || is === 'beyond' ? [] : [{ is, what: 'paragraph', number: index === null ? null : index + 1, pieces }])
  return [...line('title'), ...line('teaser'), ...body]
}
