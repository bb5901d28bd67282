import { expect, test } from 'vitest'
import { calendarEvent, calendarTime } from '#rooms/media/event-file.ts'
import { calendarFile } from '#rooms/media/server/event-file.ts'

const item = {
  id: '0193a000-0000-7000-8000-000000000001', kind: 'event', lang: 'es', title: 'Marcha; asamblea, debate', teaser: 'Ven.', dateOf: 'happened', when: '2026-12-03',
  updatedAt: Temporal.Instant.from('2026-11-24T02:00:00Z'),
}
const file = async (when: string, change: object = {}) => {
  const event = calendarEvent({ ...item, when, ...change } as never, 'https://a.example/es/media/marcha')
  return event && (await calendarFile([event], 'es'))
}

test('an hour with its zone is that moment', async () => {
  expect(await file('2026-12-03T10:00[America/Lima]')).toContain('\r\nDTSTART:20261203T150000Z\r\n')
})

test('a day is that day wherever the reader is, and days end after the last one', async () => {
  expect(await file('2026-12-03')).toMatch(/\r\nDTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204\r\n/)
  expect(await file('2026-12-03/2026-12-05')).toMatch(/\r\nDTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261206\r\n/)
})

test.each(['', '2026', '2026-12', '2026-12-03/', '2026-11/2026-12'])('of “%s” no day is invented: there is no file', async (when) => {
  expect(await file(when)).toBeUndefined()
})

test('only events have one, and only for when they happen', () => {
  expect(calendarTime({ kind: 'news', when: '2026-12-03', dateOf: 'happened' })).toBeUndefined()
  expect(calendarTime({ kind: 'event', when: '2026-12-03', dateOf: 'published' })).toBeUndefined()
})

test('a calendar knows the event again in every language, and what is typed is words', async () => {
  const one = await file('2026-12-03')
  expect(one).toContain('\r\nUID:urn:uuid:0193a000-0000-7000-8000-000000000001\r\n')
  expect(one).toContain('SUMMARY:Marcha\\; asamblea\\, debate')
  expect(await file('2026-12-03', { title: 'A\r\nUID:other' })).not.toMatch(/\r\nUID:other/)
  expect(await file('2026-12-03')).toBe(one)
})
