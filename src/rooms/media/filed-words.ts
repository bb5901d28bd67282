import { parentsOf } from '#kernel/place/place.ts'
import type { ItemFilter } from '#rooms/media/item.ts'

// What a text is filed under stands among its words in the index (`filed_words` in the migrations), behind a sign that no reader's
// words have. Asked for beside these, it spares the look at texts that have the words and not the rest.

const word = (sign: 'k' | 'n' | 'p' | 'y', value: string, isBeginning = false) => `'§${sign}:${value.replaceAll("'", "''")}'${isBeginning ? ':*' : ''}`
const any = (words: readonly string[]) => `(${words.join(' | ')})`

/** What kind and region ask for, as tsqueries. The topic is asked for in SQL, where those merged into it are known. */
export function kindAndRegion({ kind, region }: Pick<ItemFilter, 'kind' | 'region'>): string[] {
  return [
    ...(kind ? [word('k', kind)] : []),
    ...(region ? [any([word('p', region), ...parentsOf(region).map((place) => word('n', place))])] : []),
  ]
}

/** A tsquery as text without what it says of words that stand one behind the other: the index of words knows no order. */
export const anywhere = (query: string) => query.replaceAll(/'(?:[^']|'')*'|<(?:-|\d+)>/g, (part) => (part.startsWith('<') ? '&' : part))

/**
 * A tsquery for all years from one on, or up to one: by their first digits, so that it is short whatever the years are.
 * `2024` on: `2024`, `2025` to `2029`, `203…` to `209…`, `21…` to `29…`, `3…` to `9…`.
 */
export function yearsBeyond(year: number, side: 'from' | 'up to'): string {
  const digits = String(year).padStart(4, '0')
  const further = [...digits].flatMap((digit, i) => {
    const others = side === 'from' ? range(Number(digit) + 1, 9) : range(0, Number(digit) - 1)
    return others.map((other) => word('y', `${digits.slice(0, i)}${other}`, i < 3))
  })
  return any([word('y', digits), ...further])
}

/** What is looked through, cut at years so that the nearest may be enough. */
export interface LookFrom {
  /** The nearest year that a text of the language has: no other side of it needs to be named. */
  nearest: number
  /** Each further away than the one before it; the texts of that year still stand on its near side. */
  cuts: readonly number[]
  /** For each cut, at least how many texts stand on its near side. */
  sizes: readonly number[]
}

/** More years than it is quick to name each. */
const MOST_YEARS = 60

/**
 * Cuts that can be asked for; undefined when there is none, and all is looked through at once.
 * @param years for each of `sizes` the year of the text that has so many before it
 */
export function lookFromYears(nearest: number, years: readonly number[], sizes: readonly number[]): LookFrom | undefined {
  const cuts: number[] = []
  const kept: number[] = []
  for (const [i, one] of years.entries()) {
    const before = cuts.at(-1)
    const isFurther = before === undefined || (Math.abs(one - nearest) > Math.abs(before - nearest) && Math.abs(one - before) <= MOST_YEARS)
    if (isFurther) {
      cuts.push(one)
      kept.push(sizes[i]!)
    } else if (one === before) kept[kept.length - 1] = sizes[i]!
  }
  return cuts.length > 0 ? { nearest, cuts, sizes: kept } : undefined
}

/** All parts but the last, which has every other year: the nearest first, each as a tsquery of years. */
export function partsOf({ nearest, cuts }: LookFrom): string[] {
  const side = cuts.at(-1)! <= nearest ? -1 : 1
  return cuts.map((cut, i) => {
    const begin = i === 0 ? nearest : cuts[i - 1]! + side
    // One text of a year far off must not make every search long.
    if (Math.abs(begin - cut) > MOST_YEARS) return yearsBeyond(cut, side === -1 ? 'from' : 'up to')
    return any(range(Math.min(begin, cut), Math.max(begin, cut)).map(year))
  })
}

const year = (one: number) => word('y', String(one).padStart(4, '0'))
const range = (first: number, last: number) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
