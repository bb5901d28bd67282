import { expect, test } from 'vitest'
import { citedDate } from '#rooms/media/ui/cited-date.ts'

const publicFrom = Temporal.Instant.from('2026-11-24T02:00:00Z')
const text = { when: '', dateOf: null, isStarter: false, publicFrom } as const

test('a statement without a date is cited as one without a date', () => {
  expect(citedDate(text, 'en', 'UTC')).toBe('date not stated')
})

test('a text about a law of 2003 is cited by the year when it went out', () => {
  expect(citedDate({ ...text, when: '2003-06-28', dateOf: 'in_force' }, 'en', 'UTC')).toBe('2026')
})

test('a text with its own day is cited by it', () => {
  expect(citedDate({ ...text, when: '2022-05-07', dateOf: 'published' }, 'es', 'UTC')).toBe('7 de mayo de 2022')
})

test('starter content is cited by the year of the library', () => {
  expect(citedDate({ ...text, isStarter: true }, 'fr', 'America/Bogota')).toBe('2026')
})
