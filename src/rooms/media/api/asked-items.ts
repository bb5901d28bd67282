import type { Lang } from '#kernel/language/language.ts'
import type { ItemFilter } from '#rooms/media/item.ts'
import { askedList, LONGEST_SEARCH, type ListProblem, type ListRules } from '#rooms/media/list-address.ts'

/** A parameter that cannot be read, and what it may be. */
export interface BadParameter {
  name: string
  value: string
  reason: string
}

export interface AskedItems {
  filter: ItemFilter
  /** What is searched for; '' when nothing is. */
  q: string
  page: number
  perPage: number
  problems: BadParameter[]
}

export const PER_PAGE = 20
export const MOST_PER_PAGE = 100
const LONGEST_ECHO = 80

/** The list's own filters; `lang` is the language of the texts, the site's own where none is named. */
export function askedItems(query: URLSearchParams, site: { zone: string; languages: Lang[]; defaultLanguage: Lang }, topics: ListRules['topics'] & {}): AskedItems {
  const filters = new URLSearchParams(query)
  for (const name of ['lang', 'page', 'per_page']) filters.delete(name)
  const { filter, q, problems: bad } = askedList(filters, { ...site, topics })
  const problems = bad.map(({ name, value, problem }) => badParameter(name, value, REASONS[problem]))
  const whole = (name: string, otherwise: number, most: number) => {
    const value = query.get(name) ?? ''
    if (value === '') return otherwise
    if (/^[1-9]\d{0,5}$/.test(value) && Number(value) <= most) return Number(value)
    problems.push(badParameter(name, value, `A whole number from 1 to ${most}.`))
    return otherwise
  }
  const { lang, problem } = askedLang(query, site.languages)
  if (problem) problems.push(problem)
  const perPage = whole('per_page', PER_PAGE, MOST_PER_PAGE)
  return { filter: { ...filter, lang: lang ?? site.defaultLanguage }, q, page: whole('page', 1, 999_999), perPage, problems }
}

/** The language that is asked for; undefined where none is named. */
export function askedLang(query: URLSearchParams, languages: Lang[]): { lang?: Lang; problem?: BadParameter } {
  const value = query.get('lang') ?? ''
  if (value === '') return {}
  return languages.includes(value) ? { lang: value } : { problem: badParameter('lang', value, `One of ${languages.join(', ')}.`) }
}

export const badParameter = (name: string, value: string, reason: string): BadParameter => ({ name, value: value.slice(0, LONGEST_ECHO), reason })

const REASONS: Record<ListProblem['problem'], string> = {
  date: 'A year, a month or a day, such as 2022, 2022-05 or 2022-05-07.',
  dates: 'The first date is after the second.',
  value: 'This value is not known; the OpenAPI document says which are.',
  page: 'A whole number from 1 up.',
  length: `No more than ${LONGEST_SEARCH} characters.`,
  slow: 'The search took too long.',
  beyond: 'There is no such page.',
}
