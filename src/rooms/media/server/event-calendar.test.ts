import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { type CalendarEvent, calendarText } from '#rooms/media/server/event-calendar.ts'
import { listEvents, listForCalendar } from '#rooms/media/server/event-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const today = Temporal.PlainDate.from('2026-11-24')

const event: CalendarEvent = {
  itemId: '0193a000-0000-7000-8000-00000000000a', when: '2026-12-03', dateOf: 'happened', title: 'A march; with, signs\nand \\ lines',
  teaser: 'From the square to the courts: ñandutí, “quotes”, and a very long line that has to be folded because it is longer than seventy-five octets.',
  address: 'https://example.org/en/media/a-march', changedAt: start, changes: 0, isCancelled: false,
}
const read = (...events: Partial<CalendarEvent>[]) => {
  const text = calendarText('Calendar – Example', 'en', events.map((one) => ({ ...event, ...one })))
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true)
  const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]])
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}

test('words come back from the file as they were', () => {
  const [found] = read({})
  expect(found).toMatchObject({ summary: event.title, description: event.teaser, sequence: 0 })
  expect(found!.component.getFirstPropertyValue('url')).toBe(event.address)
  expect(found!.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
})

test('a day is a whole day, a span its days, a moment its instant, whatever zone the machine has', () => {
  const dates = (when: string) => read({ when }).map((one) => [one.startDate.toString(), one.endDate.toString(), one.startDate.isDate])
  expect(dates('2026-12-03')).toEqual([['2026-12-03', '2026-12-04', true]])
  expect(dates('2026-12-30/2027-01-02')).toEqual([['2026-12-30', '2027-01-03', true]])
  expect(dates('2026-12-03T10:00[America/Lima]')).toEqual([['2026-12-03T15:00:00Z', '2026-12-03T15:00:00Z', false]])
})

test.each(['', '2026', '2026-12', '2026-12/2027-01', '2026-11-24/', '2026/2027-01-01'])('“%s” names no day, and no calendar is given one', (when) => {
  expect(read({ when })).toEqual([])
})

test('a date that is not the event’s own, such as that of a law, is not put into a calendar', () => {
  expect(read({ dateOf: 'published' }, { dateOf: 'adopted' })).toEqual([])
  expect(read({ dateOf: null })).toHaveLength(1)
})

test('an event keeps its id whatever changes; withdrawn, it is cancelled with a higher number', () => {
  const [before, after] = [read({})[0]!, read({ title: 'Another', changes: 2, isCancelled: true })[0]!]
  expect(after.uid).toBe(before.uid)
  expect(before.uid).toMatch(/^[0-9a-f-]{36}$/)
  expect([before.uid, read({ itemId: '0193a000-0000-7000-8000-00000000000b' })[0]!.uid]).not.toContain(event.itemId)
  expect(after).toMatchObject({ sequence: 2 })
  expect(after.component.getFirstPropertyValue('status')).toBe('CANCELLED')
})

test('the same events are the same bytes, and none is a calendar too', () => {
  expect(calendarText('A', 'en', [event])).toBe(calendarText('A', 'en', [event]))
  expect(read()).toEqual([])
})

async function published(title: string, when: string, from = start, kind: 'event' | 'news' = 'event') {
  const id = await room.item(kind, start)
  const { revisionId } = await room.save(id, 'en', title, start, { when, dateOf: 'happened' })
  await room.publish(id, 'en', revisionId, start, from)
  return id
}

test('the calendar has the nearest of what is to come first and the latest of what is past first, and in its file what was withdrawn is cancelled', async () => {
  await published('Far', '2027-05-01')
  await published('Today', '2026-11-24')
  await published('This month', '2026-11')
  await published('Without an end', '2020-01-01/')
  await published('Past', '2017-03-18')
  await published('Long past', '2010')
  await published('Undated', '')
  await published('No event', '2026-12-01', start, 'news')
  await published('Waiting', '2026-12-24', later(60))
  const withdrawn = await published('Withdrawn', '2026-12-05')
  const removed = await published('Removed', '2026-12-06')
  await room.withdraw(withdrawn, 'en', later(1))
  await act({ db }, (tx) => withdrawText(tx, { itemId: removed, lang: 'en', why: 'For Rosa.', reason: 'removed_for_safety' }, 'operator', later(1)))

  const events = await listEvents(db.read, 'en', today, later(5))
  const titles = (items: { title: string }[]) => items.map((item) => item.title)
  expect(titles(events.upcoming)).toEqual(['Today', 'This month', 'Far', 'Without an end'])
  expect(titles(events.past)).toEqual(['Past', 'Long past'])
  expect(titles(events.undated)).toEqual(['Undated'])
  expect(events.changesAt).toEqual(later(60))
  expect(titles((await listEvents(db.read, 'en', today.add({ days: 1 }), later(5))).past)[0]).toBe('Today')

  const file = await listForCalendar(db.read, 'en', later(5))
  const inFile = file.events.map((one) => `${one.title}${one.isCancelled ? ' cancelled' : ''} ${one.changes}`)
  expect(inFile).toContain('Withdrawn cancelled 1')
  expect(inFile).toContain('Today 0')
  expect(inFile.join()).not.toMatch(/Removed|Waiting|No event|Undated/)
  expect(file.events.find((one) => one.isCancelled)?.teaser).toBe('')
  expect(file.changesAt).toEqual(later(60))
})
