// A translation as XLIFF 2.1 (OASIS, 2018), for whoever works with a tool of her own: each paragraph a unit, in Markdown as it stands.
import { SaxesParser } from 'saxes'
import type { Lang } from '#kernel/language/language.ts'
import { escapeMarkup } from '#kernel/words/escape.ts'

const NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0'
/** More no translation of ours is: twice the longest text, and what tools write around it. */
export const LARGEST_XLIFF = 4 * 1024 * 1024
const MOST_UNITS = 5000

/** `title`, `teaser`, or `p1` and so on: the paragraphs of the source in their order. */
export interface XliffUnit {
  id: string
  source: string
  /** '' where it is not translated. */
  target: string
}

export interface Xliff {
  itemId: string
  /** The source's revision that it was made of. */
  sourceId: string
  from: Lang
  to: Lang
  units: XliffUnit[]
}

export function writeXliff({ itemId, sourceId, from, to, units }: Xliff): string {
  const segment = ({ id, source, target }: XliffUnit) =>
    `<unit id="${escapeMarkup(id)}"><segment${target === '' ? '' : ' state="translated"'}><source xml:space="preserve">${escapeMarkup(source)}</source>${target === '' ? '' : `<target xml:space="preserve">${escapeMarkup(target)}</target>`}</segment></unit>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${NAMESPACE}" version="2.1" srcLang="${escapeMarkup(from)}" trgLang="${escapeMarkup(to)}"><file id="text" original="${escapeMarkup(itemId)}/${escapeMarkup(sourceId)}">
${units.map(segment).join('\n')}
</file></xliff>
`
}

/** Reads what a tool gave back; undefined where it is no XLIFF 2, was cut off, or declares what could blow up (a DTD). */
export function readXliff(text: string): Xliff | undefined {
  const found: Xliff = { itemId: '', sourceId: '', from: '', to: '', units: [] }
  const path: string[] = []
  let unit: XliffUnit | undefined
  let into: 'source' | 'target' | undefined
  let isXliff = false
  const parser = new SaxesParser({ xmlns: true })
  parser.on('doctype', () => { throw new Error('a document type') })
  parser.on('error', (error) => { throw error })
  parser.on('opentag', ({ local, uri, attributes }) => {
    const said = (name: string) => attributes[name]?.value ?? ''
    path.push(local)
    if (path.length > 100) throw new Error('too deep')
    if (uri !== NAMESPACE) return
    if (local === 'xliff') {
      isXliff = said('version').startsWith('2.')
      Object.assign(found, { from: said('srcLang'), to: said('trgLang') })
    } else if (local === 'file') [found.itemId = '', found.sourceId = ''] = said('original').split('/')
    else if (local === 'unit') {
      unit = { id: said('id'), source: '', target: '' }
      if (found.units.push(unit) > MOST_UNITS) throw new Error('too many units')
    // Not what a tool proposes from its memory beside them (`mtc:match`): that has a namespace of its own around it.
    } else if ((local === 'source' || local === 'target') && /^(segment|ignorable)$/.test(path.at(-2) ?? '') && path.at(-3) === 'unit') into = local
    else if (local === 'cp' && unit && into) unit[into] += String.fromCodePoint(Number.parseInt(said('hex'), 16) || 0xFFFD)
  })
  const add = (piece: string) => {
    if (unit && into) unit[into] += piece
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', ({ local, uri }) => {
    path.pop()
    if (uri === NAMESPACE && local === into) into = undefined
    if (uri === NAMESPACE && local === 'unit') unit = undefined
  })
  try {
    parser.write(text).close()
  } catch {
    return undefined
  }
  return isXliff ? found : undefined
}

/** What stands where: the source's paragraphs as they stand, each with the translation that it has. */
export interface Beside { id: string; source: string; own: string }

/**
 * Puts what came back beside the source as it stands. What was translated of words that changed since is not taken: it would be a
 * translation of something else. @returns the translation of each, and how many were taken and not
 */
export function fillFrom(units: readonly XliffUnit[], beside: readonly Beside[]): { texts: string[]; taken: number; changed: number } {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  const ofSource = new Map(units.filter(({ target }) => target.trim() !== '').map((unit) => [plain(unit.source), unit]))
  const used = new Set<XliffUnit>()
  const texts = beside.map(({ id, source, own }) => {
    // Two paragraphs may read alike: the one with its own number first.
    const unit = units.find((one) => one.id === id && one.target.trim() !== '' && plain(one.source) === plain(source)) ?? ofSource.get(plain(source))
    if (!unit) return own
    used.add(unit)
    return unit.target.replace(/\r\n?/g, '\n').trim()
  })
  return { texts, taken: used.size, changed: units.filter((unit) => unit.target.trim() !== '' && !used.has(unit) && ofSource.get(plain(unit.source)) === unit).length }
}
