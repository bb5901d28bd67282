import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyBareDate, anyWhen, BOUND } from './any-when.ts'
import { firstDay, lastDay, NOT_STATED, overlaps, parseWhen, sortDay, writeWhen, type When } from './when.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const must = (text: string): When => parseWhen(text) ?? NOT_STATED
const { compare } = Temporal.PlainDate
const zones = fc.constantFrom('America/Lima', 'America/Port-au-Prince', 'Pacific/Kiritimati', 'Asia/Kolkata', 'UTC')
const anyDay = fc.integer({ min: 0, max: 1200 }).map((days) => day(BOUND.first).add({ days }))

describe('the stored form', () => {
  test.each([
    ['', 'not-stated'],
    ['2021', 'year'],
    ['2022-11', 'month'],
    ['2003-06-28', 'day'],
    ['2013-07/2014-03', 'span'],
    ['2013/2014-03-05', 'span'],
    ['2026-11-24/', 'open'],
    ['2026-12-03T10:00[America/Lima]', 'moment'],
    ['2024-02-29', 'day'],
  ])('“%s” is %s, and is written back as it was read', (text, precision) => {
    expect(must(text).precision).toBe(precision)
    expect(writeWhen(must(text))).toBe(text)
  })
  test.each([
    '0000', '21', '2021-13', '2021-00', '2023-02-29', '2021-06-31', '2021-6-1', ' 2021', '2021 ', '/', '/2021', '2021/2020',
    '2021-05-02/2021-05-01', '2021//2022', '2021/2022/', '2021-01-01T10:00', '2021-01-01T24:00[America/Lima]', '+002021',
    '2021-01-01T10:00[Nowhere/City]', '2021-01-01T10:00[+05:00]', '2021-01-01T10:00:30[America/Lima]', '2021-02-30T10:00[UTC]',
    '2026-03-08T02:30[America/New_York]', 'May 2021', '٢٠٢١', '2021-01-01T10:00[America/Lima]/', '2021-01-01T10:00[UTC][u-ca=hebrew]',
  ])('“%s” is refused', (text) => {
    expect(parseWhen(text)).toBeUndefined()
  })
  test('whatever is written reads back as the same', () => {
    fc.assert(fc.property(anyWhen, (when) => {
      const text = writeWhen(when)
      expect(writeWhen(must(text))).toBe(text)
      expect(must(text).precision).toBe(when.precision)
    }))
  })
  test('any text is either refused or written back letter by letter, but for the case of a zone', () => {
    const almost = fc.stringMatching(/^[0-9T:/[\]A-z-]{0,24}$/)
    fc.assert(fc.property(fc.oneof(fc.string(), almost), (text) => {
      const when = parseWhen(text)
      if (when) expect(writeWhen(when).toLowerCase()).toBe(text.toLowerCase())
    }))
  })
})

describe('its days', () => {
  test('of a year, a month, a span, and of what has no end', () => {
    expect([firstDay(must('2021'), 'UTC'), lastDay(must('2021'), 'UTC')].map(String)).toEqual(['2021-01-01', '2021-12-31'])
    expect([firstDay(must('2024-02'), 'UTC'), lastDay(must('2024-02'), 'UTC')].map(String)).toEqual(['2024-02-01', '2024-02-29'])
    expect([firstDay(must('2013-07/2014'), 'UTC'), lastDay(must('2013-07/2014'), 'UTC')].map(String)).toEqual(['2013-07-01', '2014-12-31'])
    expect(lastDay(must('2026-11-24/'), 'UTC')).toBeUndefined()
    expect(firstDay(NOT_STATED, 'UTC')).toBeUndefined()
  })
  test('a moment has the day that it is in the site’s zone', () => {
    const evening = must('2026-12-03T23:30[America/Lima]')
    expect(String(firstDay(evening, 'America/Lima'))).toBe('2026-12-03')
    expect(String(lastDay(evening, 'America/Port-au-Prince'))).toBe('2026-12-03')
    expect(String(firstDay(evening, 'America/Sao_Paulo'))).toBe('2026-12-04')
  })
  test('it sorts by the latest; open by its beginning; not stated by the day it was recorded', () => {
    const recorded = day('2026-11-24')
    const sorted = (text: string) => String(sortDay(must(text), 'UTC', recorded))
    expect(['', '2021', '2022-11', '2013-07/2014-03', '2026-11/', '2003-06-28'].map(sorted)).toEqual([
      '2026-11-24', '2021-12-31', '2022-11-30', '2014-03-31', '2026-11-30', '2003-06-28',
    ])
    fc.assert(fc.property(anyWhen, zones, (when, zone) => {
      const last = lastDay(when, zone)
      const first = firstDay(when, zone)
      const sort = sortDay(when, zone, recorded)
      expect(last ? sort.equals(last) : first ? compare(sort, first) >= 0 : sort.equals(recorded)).toBe(true)
    }))
  })
})

describe('overlaps', () => {
  /** The plain way: walk every day of the bounds and look whether it is one of the days it can have been. */
  function overlapsDayByDay(when: When, from: Temporal.PlainDate, to: Temporal.PlainDate, zone: string): boolean {
    const first = firstDay(when, zone)
    const last = lastDay(when, zone)
    for (let one = from; compare(one, to) <= 0; one = one.add({ days: 1 })) {
      if (first && compare(one, first) >= 0 && (!last || compare(one, last) <= 0)) return true
    }
    return false
  }
  test('says what walking day by day says', () => {
    fc.assert(fc.property(anyWhen, anyDay, anyDay, zones, (when, a, b, zone) => {
      const [from, to] = compare(a, b) <= 0 ? [a, b] : [b, a]
      expect(overlaps(when, from, to, zone)).toBe(overlapsDayByDay(when, from, to, zone))
    }), { numRuns: 300 })
  })
  test('two dates overlap each other or neither does', () => {
    fc.assert(fc.property(anyBareDate, anyBareDate, (a, b) => {
      const reaches = (one: When, other: When) => overlaps(one, firstDay(other, 'UTC'), lastDay(other, 'UTC'), 'UTC')
      expect(reaches(a, b)).toBe(reaches(b, a))
    }))
  })
  test('an open bound, an open end, and nothing stated', () => {
    expect(overlaps(must('2021'), day('2021-12-31'), undefined, 'UTC')).toBe(true)
    expect(overlaps(must('2021'), day('2022-01-01'), undefined, 'UTC')).toBe(false)
    expect(overlaps(must('2021'), undefined, day('2020-12-31'), 'UTC')).toBe(false)
    expect(overlaps(must('2026-11-24/'), day('2400-01-01'), undefined, 'UTC')).toBe(true)
    expect(overlaps(NOT_STATED, day('2021-01-01'), undefined, 'UTC')).toBe(false)
    expect(overlaps(NOT_STATED, undefined, undefined, 'UTC')).toBe(true)
  })
})
