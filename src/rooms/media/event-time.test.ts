import { expect, test } from 'vitest'
import { eventTime } from '#rooms/media/event-time.ts'

const timeOf = (when: string, change: object = {}) => {
  const time = eventTime({ kind: 'event', dateOf: 'happened', when, ...change })
  return time && Object.fromEntries(Object.entries(time).map(([name, value]) => [name, String(value)]))
}

test('an hour with its zone is that moment', () => {
  expect(timeOf('2026-12-03T10:00[America/Lima]')).toEqual({ start: '2026-12-03T10:00:00-05:00[America/Lima]' })
})

test('a day is that day, and days are their first and their last one', () => {
  expect(timeOf('2026-12-03')).toEqual({ firstDay: '2026-12-03', lastDay: '2026-12-03' })
  expect(timeOf('2026-12-30/2027-01-02')).toEqual({ firstDay: '2026-12-30', lastDay: '2027-01-02' })
})

test.each(['', '2026', '2026-12', '2026-12-03/', '2026-11/2026-12', '2026/2027-01-01'])('of “%s” no day is invented', (when) => {
  expect(timeOf(when)).toBeUndefined()
})

test('only events have one, and only for when they happen', () => {
  expect(timeOf('2026-12-03', { dateOf: null })).toBeDefined()
  expect(timeOf('2026-12-03', { kind: 'news' })).toBeUndefined()
  expect(timeOf('2026-12-03', { dateOf: 'published' })).toBeUndefined()
})
