import { expect, test } from 'vitest'
import { groupByMonth } from './event-month.ts'

const keys = (...whens: string[]) => groupByMonth(whens.map((when) => ({ when })), 'America/Lima').map((group) => `${group.key}: ${group.events.map((event) => event.when).join(' ')}`)

test('events stand under the month of their last day, under a year where no month is known, and under open where they have no end', () => {
  expect(keys('2026-12-03', '2026-12', '2026', '2027-01-01', '2026-11-24/')).toEqual([
    '2026-12: 2026-12-03 2026-12', '2026: 2026', '2027-01: 2027-01-01', 'open: 2026-11-24/',
  ])
  expect(keys('2026-11-29/2026-12-02', '2025/2026', '2025-11/2026-03')).toEqual(['2026-12: 2026-11-29/2026-12-02', '2026: 2025/2026', '2026-03: 2025-11/2026-03'])
})

test('a moment stands under its month in the site’s zone', () => {
  expect(keys('2027-01-01T01:00[Europe/Paris]')).toEqual(['2026-12: 2027-01-01T01:00[Europe/Paris]'])
})

test('no heading stands twice, whatever the order', () => {
  expect(keys('2025-12-31', '2025', '2025-12')).toEqual(['2025-12: 2025-12-31 2025-12', '2025: 2025'])
})
