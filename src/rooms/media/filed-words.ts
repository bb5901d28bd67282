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
}

/** More years than it is quick to name each. */
const MOST_YEARS = 60

/** Cuts that can be asked for; undefined when there is none, and all is looked through at once. */
export function lookFromYears(nearest: number, years: readonly number[]): LookFrom | undefined {
  const cuts: number[] = []
  for (const one of years) {
    const before = cuts.at(-1)
    const isFurther = before === undefined || (Math.abs(one - nearest) > Math.abs(before - nearest) && Math.abs(one - before) <= MOST_YEARS)
    if (isFurther) cuts.push(one)
  }
  return cuts.length > 0 ? { nearest, cuts } : undefined
}

/** All parts but the last, the nearest first: each as a tsquery of years. The last one has every other year: those not from `first` to `last`. */
export function partsOf({ nearest, cuts }: LookFrom): { near: string[]; first: number; last: number } {
  const side = cuts.at(-1)! <= nearest ? -1 : 1
  const near = cuts.map((cut, i) => {
    const begin = i === 0 ? nearest : cuts[i - 1]! + side
    // One text of a year far off must not make every search long.
    if (Math.abs(begin - cut) > MOST_YEARS) return yearsBeyond(cut, side === -1 ? 'from' : 'up to')
    return any(range(Math.min(begin, cut), Math.max(begin, cut)).map(year))
  })
  const [one, other] = [nearest, cuts.at(-1)!].sort((a, b) => a - b) as [number, number]
  return { near, first: one, last: other }
}

const year = (one: number) => word('y', String(one).padStart(4, '0'))
const range = (first: number, last: number) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
