import type { Lang } from '#kernel/language/language.ts'
import { contains } from '#kernel/place/place.ts'
import type { Kind } from '#rooms/media/item.ts'

/** How many texts the list would hold with each value of a filter, beside the other filters that are on. */
export interface Facets {
  kinds: [Kind, number][]
  /** Most named first; counted are also the texts on what contains the place and on what is in it. */
  regions: [string, number][]
  /** By key, of topics that stand. */
  topics: [string, number][]
  /** Newest first; '' counts what states no date. */
  years: [string, number][]
  langs: [Lang, number][]
  /** How many there would be without one of the filters that are on. */
  without: Partial<Record<FilterName, number>>
}

export const FILTER_NAMES = ['q', 'kind', 'region', 'topic', 'when', 'lang'] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/**
 * Sets of places that texts name, each with how many texts name exactly these, as counts by what a filter finds.
 * @param asked the place that is asked for: counted too where no text names it by itself
 */
export function countRegions(named: [string[], number][], asked?: string): [string, number][] {
  const mentions = new Map<string, number>(asked === undefined ? [] : [[asked, 0]])
  for (const [places, n] of named) for (const place of places) mentions.set(place, (mentions.get(place) ?? 0) + n)
  const order = [...mentions.keys()].sort((a, b) => mentions.get(b)! - mentions.get(a)! || (a < b ? -1 : 1))
  const around = new Map(order.map((place) => [place, new Set(order.filter((one) => contains(one, place) || contains(place, one)))]))
  return order.map((place) => [place, named.reduce((sum, [places, n]) => sum + (places.some((one) => around.get(place)!.has(one)) ? n : 0), 0)] as [string, number]).filter(([, n]) => n > 0)
}

/** Spans of years, each with how many texts it is the date of, as counts by year; null states no date. */
export function countYears(spans: [number | null, number | null, number][]): [string, number][] {
  // An open date ends in no year: it is offered under the one in which it began.
  const offered = new Set(spans.flatMap(([first, last]) => (first === null || last === null ? [] : [last === 9999 ? first : last])))
  const years = [...offered].sort((a, b) => b - a).map((year): [string, number] => [
    String(year), spans.reduce((sum, [first, last, n]) => sum + (first !== null && last !== null && first <= year && year <= last ? n : 0), 0),
  ])
  const undated = spans.reduce((sum, [, last, n]) => sum + (last === null ? n : 0), 0)
  return undated > 0 ? [...years, ['', undated]] : years
}
