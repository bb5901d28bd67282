import type { Lang } from '#kernel/language/language.ts'
import { type BareDate, type When, parseWhen } from '#kernel/when/when.ts'
import type { ItemPage, Kind } from '#rooms/media/item.ts'

/** One work as CSL-JSON 1.0.2 writes it; what is not known is absent. */
export interface CslItem {
  id: string
  type: string
  title: string
  author?: { literal: string }[]
  issued?: { 'date-parts': number[][] }
  publisher: string
  'container-title': string
  genre: string
  language: Lang
  abstract?: string
  URL: string
}

type Cited = Pick<ItemPage, 'kind' | 'lang' | 'slug' | 'title' | 'teaser' | 'when' | 'dateOf' | 'isStarter' | 'publicFrom' | 'issuedBy' | 'signers'>

const TYPES: Partial<Record<Kind, string>> = { report: 'report', video: 'motion_picture' }

/** Who a citation names: who issued it, else all who signed it. */
export const authorsOf = (item: Pick<ItemPage, 'issuedBy' | 'signers'>): string[] =>
  item.issuedBy ? [item.issuedBy] : item.signers.map(({ name }) => name)

/**
 * The date of the text itself, never of what it tells about: a text on a law in force since 2003 was not published in
 * 2003. Undefined where its own date counts and is not stated; then no date may be given.
 */
export function dateOfText(item: Pick<Cited, 'when' | 'dateOf' | 'isStarter' | 'publicFrom'>, zone: string): When | undefined {
  const isOfText = item.dateOf === 'published' || item.dateOf === 'adopted' || (item.dateOf === null && item.when === '')
  if (!isOfText || item.isStarter) return { precision: 'year', year: item.publicFrom.toZonedDateTimeISO(zone).year }
  const when = parseWhen(item.when)
  return when?.precision === 'not-stated' ? undefined : when
}

/** @param genre the kind of the text, in its language */
export function citationOf(item: Cited, zone: string, address: string, siteName: string, genre: string): CslItem {
  const when = dateOfText(item, zone)
  const authors = authorsOf(item).map((literal) => ({ literal: plain(literal) }))
  return {
    id: `${item.slug}-${item.lang}`, type: TYPES[item.kind] ?? 'webpage', title: plain(item.title),
    ...(authors.length > 0 && { author: authors }),
    ...(when && { issued: { 'date-parts': datePartsOf(when) } }),
    publisher: plain(siteName), 'container-title': plain(siteName), genre, language: item.lang,
    ...(item.teaser && { abstract: plain(item.teaser) }),
    URL: address,
  }
}

/** RIS and BibTeX are read line by line: a line break inside a title would begin a field of its own. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

function datePartsOf(when: When): number[][] {
  switch (when.precision) {
    case 'not-stated': return []
    case 'span': return [partsOf(when.from), partsOf(when.to)]
    case 'open': return [partsOf(when.from)]
    case 'moment': return [[when.local.year, when.local.month, when.local.day]]
    default: return [partsOf(when)]
  }
}

const partsOf = (date: BareDate): number[] =>
  date.precision === 'year' ? [date.year] : date.precision === 'month' ? [date.year, date.month] : [date.year, date.month, date.day]
