import type { WantedChange } from '#rooms/media/agreement.ts'
import { commonOf, MOST_STEPS, type Piece as Part } from '#rooms/media/word-diff.ts'

export type { Part }

/** A piece of a text that can be answered about: its title, its teaser, or one block of its body. */
export interface Block {
  kind: 'title' | 'teaser' | 'heading' | 'paragraph'
  /** Counted over all paragraphs; null for what is none. */
  number: number | null
  /** Made by the house's renderer, or escaped words; safe to print. */
  html: string
  /** Its words, with the addresses that its links lead to. */
  words: string
}

export interface ShownText {
  title: string
  teaser: string
  bodyHtml: string
  notesHtml: string
}

const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'wbr'])
const TAG = /<(\/?)([a-z][a-z0-9]*)(?:[^>"']|"[^"]*"|'[^']*')*>/gi

/** The blocks of HTML that our renderer made: its outermost elements, one after the other. */
export function outermost(html: string): string[] {
  const blocks: string[] = []
  let [depth, from] = [0, 0]
  for (const tag of html.matchAll(TAG)) {
    if (VOID.has(tag[2]!.toLowerCase())) continue
    if (!tag[1] && depth++ === 0) from = tag.index
    if (tag[1] && --depth === 0) blocks.push(html.slice(from, tag.index + tag[0].length))
  }
  return blocks
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'", '&nbsp;': '\u00a0' }
const decoded = (text: string) => text.replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16))).replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity]!)
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** A link that leads elsewhere while its words stay is another text: its address stands among the words. */
function wordsOf(html: string): string {
  const linked = html.replace(/<a\b[^>]*?\bhref="([^"#][^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_, href: string, inner: string) => `${inner} (${href})`)
  return decoded(linked.replace(/<\/(p|li|tr|blockquote|figcaption)>|<br>/gi, '\n').replace(/<[^>]+>/g, '')).replace(/[^\S\n]+/g, ' ').replace(/ *\n\s*/g, '\n').trim()
}

/** Of a public page alone: the number of a paragraph, and the places that its list of contents leads to. */
const asAnswered = (html: string) => html.replace(/ ?<a class="pn"[^>]*>[^<]*<\/a>/g, '').replace(/^<(p|h[2-6]) id="[ps]\d+"/, '<$1')

/** A text as the pieces that somebody answers about, in order. */
export function blocksOf({ title, teaser, bodyHtml, notesHtml }: ShownText): Block[] {
  let number = 0
  const body = [...outermost(bodyHtml), ...outermost(notesHtml)].map(asAnswered).map((html): Block => {
    const isHeading = /^<h[1-6]\b/i.test(html)
    return { kind: isHeading ? 'heading' : 'paragraph', number: isHeading ? null : ++number, html, words: wordsOf(html) }
  })
  const said = (kind: 'title' | 'teaser', text: string): Block[] => (text.trim() === '' ? [] : [{ kind, number: null, html: escaped(text), words: text.trim() }])
  return [...said('title', title), ...said('teaser', teaser), ...body]
}

export interface ChangedBlock {
  kind: Block['kind']
  number: number | null
  /** Where it stands in the text now; null for one that was taken out. */
  block: number | null
  /** Its words as they were and are. All are the same where only their look changed. */
  parts: Part[]
}

/** What two texts do not have in common, piece by piece, in the order of the newer one. */
export function differenceOf(before: readonly Block[], after: readonly Block[]): ChangedBlock[] {
  const changed: ChangedBlock[] = []
  let [i, j] = [0, 0]
  const flush = (iEnd: number, jEnd: number) => {
    // What stands between two pieces that stayed: first with first, so that a rewritten paragraph is shown as one.
    while (i < iEnd || j < jEnd) {
      const [was, is] = [i < iEnd ? before[i++] : undefined, j < jEnd ? after[j] : undefined]
      const { kind, number } = (is ?? was)!
      const parts: Part[] = was && is ? wordDifference(was.words, is.words) : is ? [{ is: 'new', text: is.words }] : [{ is: 'gone', text: was!.words }]
      changed.push({ kind, number: is ? number : null, block: is ? j : null, parts })
      if (is) j++
    }
  }
  for (const [a, b] of commonOf(before.map(({ kind, html }) => `${kind} ${html}`), after.map(({ kind, html }) => `${kind} ${html}`), { left: MOST_STEPS })) {
    flush(a, b)
    ;[i, j] = [a + 1, b + 1]
  }
  flush(before.length, after.length)
  return changed
}

const wordsAndGaps = (text: string): string[] => text.match(/\s+|\S+/g) ?? []

/** Words taken out and put in. */
export function wordDifference(before: string, after: string): Part[] {
  const [a, b] = [wordsAndGaps(before), wordsAndGaps(after)]
  // The whole is shown as taken out and put in.
  if (a.length * b.length > MOST_STEPS) return [{ is: 'gone', text: before }, { is: 'new', text: after }]
  const parts: Part[] = []
  const add = (is: Part['is'], text: string) => {
    if (text === '') return
    const last = parts.at(-1)
    if (last?.is === is) last.text += text
    else parts.push({ is, text })
  }
  let [i, j] = [0, 0]
  for (const [x, y] of [...commonOf(a, b, { left: 2 * MOST_STEPS }), [a.length, b.length] as const]) {
    add('gone', a.slice(i, x).join(''))
    add('new', b.slice(j, y).join(''))
    add('same', a[x] ?? '')
    ;[i, j] = [x + 1, y + 1]
  }
  return parts
}

/** What she typed over the pieces of a text; one that she left as it is, is no wish, and one that she emptied is to be taken out. @param typedOf undefined where her form had no field */
export function wantedChanges(blocks: readonly Block[], typedOf: (block: number) => string | undefined): WantedChange[] {
  const plain = (text: string) => text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/[^\S\n]+/g, ' ').trim()
  return blocks.flatMap(({ words }, block) => {
    const typed = typedOf(block)
    const wanted = plain(typed ?? words)
    return wanted === plain(words) ? [] : [{ block, was: words, wanted }]
  })
}
