import { expect, test } from 'vitest'
import { anywhere, kindAndRegion, lookFromYears, partsOf, yearsBeyond } from '#rooms/media/filed-words.ts'

/** Whether a tsquery of alternatives asks for this year. */
const asksFor = (query: string, year: number) => [...query.matchAll(/'§y:(\d+)'(:\*)?/g)].some(([, digits = '', star]) => {
  const written = String(year).padStart(4, '0')
  return star ? written.startsWith(digits) : written === digits
})
const YEARS = [0, 1, 9, 10, 99, 100, 999, 1000, 1899, 1990, 1999, 2000, 2009, 2010, 2024, 2026, 2099, 2999, 3000, 9998, 9999]

test.each(YEARS)('the years from %i on and up to it are all asked for, and no other', (year) => {
  for (const other of YEARS) {
    expect(asksFor(yearsBeyond(year, 'from'), other), `${other} from ${year}`).toBe(other >= year)
    expect(asksFor(yearsBeyond(year, 'up to'), other), `${other} up to ${year}`).toBe(other <= year)
  }
})

test.each([
  [2026, [2024, 2019]], [1985, [1990, 2001]], [2026, [2026]], [9999, [2020, 2001]], [1, [1990]], [2000, [2000]],
])('from %i with cuts at %j, every year is asked for in one part and in no other', (nearest, cuts) => {
  const near = partsOf({ nearest, cuts, sizes: cuts.map(() => 1) })
  const isNewestFirst = cuts.at(-1)! <= nearest
  for (const year of [...YEARS.slice(1), ...cuts.flatMap((cut) => [cut - 1, cut, cut + 1])].filter((one) => (isNewestFirst ? one <= nearest : one >= nearest))) {
    const expected = cuts.findIndex((cut) => (isNewestFirst ? year >= cut : year <= cut))
    expect(near.map((part) => asksFor(part, year)), String(year)).toEqual(near.map((_, n) => n === expected))
  }
})

test('cuts go further each time, and not too far', () => {
  expect(lookFromYears(2026, [2024, 2019], [10, 20])).toEqual({ nearest: 2026, cuts: [2024, 2019], sizes: [10, 20] })
  expect(lookFromYears(2026, [2024, 2024], [10, 20])).toEqual({ nearest: 2026, cuts: [2024], sizes: [20] })
  expect(lookFromYears(2026, [2024, 1024], [10, 20])).toEqual({ nearest: 2026, cuts: [2024], sizes: [10] })
  expect(lookFromYears(1985, [1990, 2001], [10, 20])).toEqual({ nearest: 1985, cuts: [1990, 2001], sizes: [10, 20] })
  expect(lookFromYears(2026, [], [10, 20])).toBeUndefined()
})

test.each([
  ["'a' <-> 'b'", "'a' & 'b'"], ["'a' <2> 'b' | 'c'", "'a' & 'b' | 'c'"], ["'<->' <-> 'it''s <2>'", "'<->' & 'it''s <2>'"], ["'a' & !'b':*", "'a' & !'b':*"],
])('%s without the order of its words is %s', (query, loose) => {
  expect(anywhere(query)).toBe(loose)
})

test('a place is asked for by itself, and by those around it where they are named', () => {
  expect(kindAndRegion({ region: 'UY' })).toEqual(["('§p:UY' | '§n:005' | '§n:419' | '§n:019' | '§n:001')"])
  expect(kindAndRegion({ kind: 'news' })).toEqual(["'§k:news'"])
  expect(kindAndRegion({})).toEqual([])
})
