import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findZone } from '#kernel/when/zone.ts'
import { hrefOf, isRow, reachesSame, readChannel, readHours, shownChannel, writeHours } from './press-contact.ts'

const hours = (text: string) => readHours(text, findZone)

test.each([
  ['+51 1 555 0100', '+51 1 555 0100', 'tel:+5115550100'], [' +1 (809) 555-0100 ', '+1 (809) 555-0100', 'tel:+18095550100'],
  ['wa.me/5115550100', 'https://wa.me/5115550100', 'https://wa.me/5115550100'], ['Signal.me/#eu/aB', 'https://signal.me/#eu/aB', 'https://signal.me/#eu/aB'],
  ['press@example.org', 'press@example.org', 'mailto:press@example.org'], ['https://signal.example/#abc', 'https://signal.example/#abc', 'https://signal.example/#abc'],
])('%s is a channel, and a link leads there', (typed, kept, href) => {
  expect(readChannel(typed)).toBe(kept)
  expect(hrefOf(kept)).toBe(href)
})

test.each(['', '555 0100', '+51', '+51 1 555 0100 ext 3', 'press@example', 'a@b.org?bcc=x@y.org', 'javascript:alert(1)', 'http://example.org', 'https://me:secret@example.org', 'https://a b.org', '+1;ext=<script>'])(
  '“%s” is no channel', (typed) => expect(readChannel(typed)).toBeUndefined())

test('whatever is typed is a channel or none, and no link but these comes of it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => {
    const channel = readChannel(typed)
    if (channel !== undefined) expect(hrefOf(channel)).toMatch(/^(tel:\+\d+$|mailto:[^\s<>"'&?]+$|https:\/\/)/)
  }))
})

test('hours are days, a clock and the zone that it stands in', () => {
  expect(hours('mon-fri 09:00-19:00 america/lima')).toEqual({ days: [1, 2, 3, 4, 5], from: '09:00', to: '19:00', zone: 'America/Lima' })
  expect(hours('Sat,mon 10:00-24:00 UTC')).toEqual({ days: [1, 6], from: '10:00', to: '24:00', zone: 'UTC' })
  expect(writeHours(hours('mon-wed 09:00-19:00 America/Lima')!)).toBe('mon,tue,wed 09:00-19:00 America/Lima')
})

test.each(['', 'mon-fri', 'mon-fri 09:00-19:00', 'mon-fri 9-19 UTC', 'mon-fri 19:00-09:00 UTC', 'fri-mon 09:00-19:00 UTC', 'day 09:00-19:00 UTC', 'mon- 09:00-19:00 UTC', 'mon-fri 09:00-25:00 UTC', 'mon-fri 09:00-19:00 -05:00'])(
  '“%s” are no hours', (typed) => expect(hours(typed)).toBeUndefined())

test('a number written with other blanks and an address with other capitals reach the same; a page with other capitals does not', () => {
  expect(reachesSame('+51 1 555 0100', '+51 (1) 5550100')).toBe(true)
  expect(reachesSame('Press@example.org', 'press@example.org')).toBe(true)
  expect(reachesSame('https://signal.me/#eu/aB', 'https://signal.me/#eu/AB')).toBe(false)
  expect(reachesSame('+51 1 555 0100', '+51 1 555 0101')).toBe(false)
})

test('days that follow each other are told by their first and last', () => {
  expect([isRow([1, 2, 3]), isRow([1, 3, 4]), isRow([1, 2])]).toEqual([true, false, false])
  expect(shownChannel('https://example.org/press/')).toBe('example.org/press')
})
