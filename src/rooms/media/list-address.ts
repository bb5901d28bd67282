import { isPlace } from '#kernel/place/place.ts'
import { firstDay, lastDay, parseWhen } from '#kernel/when/when.ts'
import { type ItemFilter, isKind } from '#rooms/media/item.ts'

/** The names that the list and its feeds read from an address, as typed. */
export interface ListWords {
  kind: string
  region: string
  from: string
  to: string
  page: string
}

export type ListProblem =
  | { name: keyof ListWords; value: string; problem: 'date' | 'dates' | 'value' | 'page' }
  /** A page after the last one. */
  | { name: 'page'; value: string; problem: 'beyond'; pages: number }

export interface AskedList {
  words: ListWords
  filter: Omit<ItemFilter, 'lang'>
  page: number
  problems: ListProblem[]
}

const NAMES = ['kind', 'region', 'from', 'to', 'page'] as const
/** `from=none`: the texts whose date is not stated. No day is given to them, and no span of days finds them. */
export const NO_DATE = 'none'
const HIGHEST_PAGE = 100

/** Reads the filters of an address. What is bad is named and everything else is kept. `zone`: in it a day begins. */
export function askedList(query: URLSearchParams, zone: string): AskedList {
  const words = Object.fromEntries(NAMES.map((name) => [name, (query.get(name) ?? '').trim()])) as unknown as ListWords
  const problems: ListProblem[] = []
  const bad = (name: keyof ListWords, problem: Exclude<ListProblem['problem'], 'beyond'>) => void problems.push({ name, value: words[name], problem })
  const { kind, region } = words
  if (kind !== '' && !isKind(kind)) bad('kind', 'value')
  if (region !== '' && !isPlace(region)) bad('region', 'value')
  const isUndated = words.from === NO_DATE && words.to === ''
  const from = dayOf(words.from, 'first', zone)
  const to = dayOf(words.to, 'last', zone)
  if (words.from !== '' && !from && !isUndated) bad('from', 'date')
  if (words.to !== '' && !to) bad('to', 'date')
  if (from && to && Temporal.PlainDate.compare(from, to) > 0) bad('from', 'dates')
  const page = words.page === '' ? 1 : Number(words.page)
  if (!Number.isInteger(page) || page < 1 || page > HIGHEST_PAGE) bad('page', 'page')
  return {
    words, problems, page,
    filter: { ...(isKind(kind) && { kind }), ...(region !== '' && isPlace(region) && { region }), ...(from && { from }), ...(to && { to }), ...(isUndated && { isUndated }) },
  }
}

/** A year, a month or a day; its first day or its last. */
function dayOf(text: string, end: 'first' | 'last', zone: string): Temporal.PlainDate | undefined {
  const when = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) ? parseWhen(text) : undefined
  return when && (end === 'first' ? firstDay(when, zone) : lastDay(when, zone))
}

/** The address of a list or of its feed with these filters; what says nothing is left out. */
export function listPath(lang: string, words: Partial<ListWords>, below = ''): string {
  const query = NAMES.flatMap((name) => {
    const value = words[name] ?? ''
    return value === '' || (name === 'page' && value === '1') ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  return `/${lang}/media${below}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** A list's feeds, for the head of its page; each goes by its own type. */
export const feedLinks = (lang: string, words: Partial<ListWords>, title: string) =>
  FEED_FORMATS.map(({ ending, type, name }) => ({ type, href: listPath(lang, { ...words, page: '' }, `/feed.${ending}`), title: `${title} (${name})` }))

const FEED_FORMATS = [
  { ending: 'atom', type: 'application/atom+xml', name: 'Atom' }, { ending: 'rss', type: 'application/rss+xml', name: 'RSS' },
  { ending: 'json', type: 'application/feed+json', name: 'JSON' },
]

export const itemPath = (lang: string, slug: string) => `/${lang}/media/${encodeURIComponent(slug)}`
