import type { Lang } from '#kernel/language/language.ts'
import { isPlace } from '#kernel/place/place.ts'
import { firstDay, lastDay, parseWhen } from '#kernel/when/when.ts'
import { type ItemFilter, isKind, SORTS, type Sort } from '#rooms/media/item.ts'
import { isTopicKey, type Topic } from '#rooms/media/topic.ts'

const NAMES = ['q', 'kind', 'region', 'topic', 'lang', 'from', 'to', 'sort', 'page'] as const
/** The names that the list and its feeds read from an address, as typed. */
export type ListWords = Record<(typeof NAMES)[number], string>

export type ListProblem =
  | { name: keyof ListWords; value: string; problem: 'date' | 'dates' | 'value' | 'page' | 'length' }
  /** Nothing is wrong with it; the house could not search for it now. */
  | { name: 'q'; value: string; problem: 'slow' }
  /** A page after the last one. */
  | { name: 'page'; value: string; problem: 'beyond'; pages: number }

export interface AskedList {
  words: ListWords
  /** What is searched for; '' when nothing is. */
  q: string
  /** `lang` and `langs` stand in it when others than the page's language are asked for: spread it behind that. */
  filter: Omit<ItemFilter, 'lang'> & { lang?: Lang }
  page: number
  problems: ListProblem[]
}

/** What the values of an address are checked against. `zone`: in it a day begins. */
export interface ListRules {
  zone: string
  languages: readonly Lang[]
  /** Every topic that there is; without them a key is checked for its form only, and an unknown one finds nothing. */
  topics?: readonly Pick<Topic, 'key'>[]
}

/** `from=none`: the texts whose date is not stated. No day is given to them, and no span of days finds them. */
export const NO_DATE = 'none'
export const ALL_LANGUAGES = 'all'
/** Characters that a search may have. */
export const LONGEST_SEARCH = 200
/** A list is paged no further. */
export const HIGHEST_PAGE = 100

/** Reads the filters of an address. What is bad is named and everything else is kept. */
export function askedList(query: URLSearchParams, rules: ListRules): AskedList {
  // No text of the database can hold NUL or half a character; a reader who sent one sees what is left.
  const read = (name: string) => (query.get(name) ?? '').toWellFormed().replaceAll('\0', ' ').trim()
  const words = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as ListWords
  const problems: ListProblem[] = []
  const bad = (name: keyof ListWords, problem: Exclude<ListProblem['problem'], 'beyond' | 'slow'>) => void problems.push({ name, value: words[name], problem })
  const { q, kind, region, topic, lang, sort } = words
  if ([...q].length > LONGEST_SEARCH) bad('q', 'length')
  if (kind !== '' && !isKind(kind)) bad('kind', 'value')
  if (region !== '' && !isPlace(region)) bad('region', 'value')
  const isTopic = isTopicKey(topic) && (rules.topics?.some(({ key }) => key === topic) ?? true)
  if (topic !== '' && !isTopic) bad('topic', 'value')
  const isLang = rules.languages.includes(lang)
  if (lang !== '' && lang !== ALL_LANGUAGES && !isLang) bad('lang', 'value')
  const isSort = (SORTS as readonly string[]).includes(sort) && (sort !== 'relevance' || q !== '')
  if (sort !== '' && !isSort) bad('sort', 'value')
  const isUndated = words.from === NO_DATE && words.to === ''
  const from = dayOf(words.from, 'first', rules.zone)
  const to = dayOf(words.to, 'last', rules.zone)
  if (words.from !== '' && !from && !isUndated) bad('from', 'date')
  if (words.to !== '' && !to) bad('to', 'date')
  if (from && to && Temporal.PlainDate.compare(from, to) > 0) bad('from', 'dates')
  const page = words.page === '' ? 1 : Number(words.page)
  if (!Number.isInteger(page) || page < 1 || page > HIGHEST_PAGE) bad('page', 'page')
  return {
    words, q, problems, page,
    filter: {
      ...(isLang && { lang }), ...(lang === ALL_LANGUAGES && { langs: rules.languages }),
      ...(isKind(kind) && { kind }), ...(region !== '' && isPlace(region) && { region }), ...(topic !== '' && isTopic && { topic }),
      ...(from && { from }), ...(to && { to }), ...(isUndated && { isUndated }), ...(isSort && { sort: sort as Sort }),
    },
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
    const saysNothing = value === '' || (name === 'page' && value === '1') || (name === 'lang' && value === lang)
    return saysNothing ? [] : [`${name}=${encodeURIComponent(value)}`]
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
