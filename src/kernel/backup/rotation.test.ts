import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOfBackup, nameOfBackup, superseded } from '#kernel/backup/rotation.ts'

const at = (text: string) => Temporal.Instant.from(text)
const nightly = (nights: number) => Array.from({ length: nights }, (_, n) => nameOfBackup(at('2026-11-29T02:30:00Z').subtract({ hours: 24 * n }), false))
const aMinute = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }).map((minutes) => at('2024-01-01T00:00:00Z').add({ minutes }))
const some = fc.integer({ min: 0, max: 12 })

test('a backup is named by its day, hour and minute, in one zone', () => {
  expect(nameOfBackup(at('2026-11-29T02:30:45Z'), false)).toBe('altavoz-2026-11-29T0230Z.backup')
  expect(nameOfBackup(at('2026-11-28T23:05:00-05:00'), true)).toBe('altavoz-2026-11-29T0405Z.backup.age')
  fc.assert(fc.property(aMinute, fc.boolean(), (moment, isSealed) => {
    expect(momentOfBackup(nameOfBackup(moment, isSealed))?.equals(moment)).toBe(true)
  }))
})

test('a year of nights leaves seven days, four weeks and twelve months', () => {
  const all = nightly(366)
  const gone = new Set(superseded(all, { daily: 7, weekly: 4, monthly: 12 }, all[0]!))
  expect(all.filter((name) => !gone.has(name)).map((name) => name.slice(8, 18))).toEqual([
    '2026-11-29', '2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22', '2026-11-15', '2026-11-08',
    '2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30', '2026-03-31', '2026-02-28', '2026-01-31', '2025-12-31',
  ])
})

test('of several of one day the newest stays', () => {
  const two = [nameOfBackup(at('2026-11-29T02:30:00Z'), false), nameOfBackup(at('2026-11-29T14:00:00Z'), false)]
  expect(superseded(two, { daily: 7, weekly: 4, monthly: 12 }, two[1]!)).toEqual([two[0]])
})

test('the last good one stays under every rule, also when the clock ran back, and foreign names are never named', () => {
  fc.assert(fc.property(fc.array(aMinute, { minLength: 1 }), some, some, some, fc.nat(), (moments, daily, weekly, monthly, n) => {
    const names = moments.map((moment) => nameOfBackup(moment, false))
    const last = names[n % names.length]!
    const gone = superseded([...names, 'altavoz-2026-02-31T0000Z.backup', 'photo.jpg', 'altavoz.backup', `${last}.bak`], { daily, weekly, monthly }, last)
    expect(gone).not.toContain(last)
    expect(gone.every((name) => names.includes(name))).toBe(true)
    const distinct = new Set(names).size
    expect(distinct - new Set(gone).size).toBeLessThanOrEqual(daily + weekly + monthly + 1)
  }))
})

test('once thinned out, thinning out again takes nothing more', () => {
  fc.assert(fc.property(fc.array(aMinute, { minLength: 1 }), some, some, some, (moments, daily, weekly, monthly) => {
    const names = [...new Set(moments.map((moment) => nameOfBackup(moment, false)))].sort()
    const last = names.at(-1)!
    const gone = superseded(names, { daily, weekly, monthly }, last)
    expect(superseded(names.filter((name) => !gone.includes(name)), { daily, weekly, monthly }, last)).toEqual([])
  }))
})
