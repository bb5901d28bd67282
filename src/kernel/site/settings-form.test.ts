import { expect, test } from 'vitest'
import { obstaclesToPage, readPageForm } from '#kernel/site/page-form.ts'
import { inOrder, readSettings, writtenSettings } from '#kernel/site/settings-form.ts'
import type { Site } from '#kernel/site/site.ts'

const places = { all: ['home', 'media', 'about'], first: ['media', 'about'] }
const known = { findZone: (zone: string) => (zone === 'UTC' ? zone : undefined), places }
const site: Site = {
  names: { es: { name: 'Alianza', shortName: 'A' } }, languages: ['es', 'en'], defaultLanguage: 'es', zone: 'UTC', colour: null, contact: {}, menu: [], source: null,
  identity: '0', openedAt: null,
}

test('a form says what the site says, and typed as it was drawn it changes nothing', () => {
  const drawn = writtenSettings(site, places)
  expect(drawn).toMatchObject({ 'name.es': 'Alianza', 'name.en': '', languages: 'es,en', menu: 'media,about', colour: '' })
  expect(readSettings(drawn, drawn, known)).toEqual({ changes: [], problems: [] })
})

test('each value that cannot stand is named, and the good ones are read', () => {
  const drawn = writtenSettings(site, places)
  const typed = { ...drawn, 'name.es': '', zone: 'Bogota', colour: '#C8141E', 'contact.email': 'a@b', source: 'javascript:alert(1)', menu: 'home' }
  expect(readSettings(typed, drawn, known)).toEqual({
    changes: [{ key: 'menu', change: { key: 'menu', value: ['home'] } }, { key: 'colour', change: { key: 'colour', value: '#c8141e' } }],
    problems: ['name.es', 'zone', 'contact.email', 'source'],
  })
})

test('numbers give an order; what has none, or no number, has no place', () => {
  const placed = (a: string, b: string, c: string) => inOrder([{ key: 'a', place: a }, { key: 'b', place: b }, { key: 'c', place: c }])
  expect([placed('3', '1', '2'), placed('1', '1', ''), placed('', '', ''), placed('10', '2', '-1')]).toEqual(['b,c,a', 'a,b', '', 'b,a'])
})

test('a page needs a title in one plain line and a text that has an end', () => {
  expect(readPageForm('  Quiénes somos ', ' Uno.\r\n\r\nDos.\r\n')).toEqual({ title: 'Quiénes somos', bodyMarkdown: 'Uno.\n\nDos.' })
  const wrong = (title: string, bodyMarkdown: string) => obstaclesToPage({ title, bodyMarkdown })
  expect([wrong('A', 'b'), wrong('', ''), wrong('turned \u202e around', 'b'), wrong('a'.repeat(201), 'b'.repeat(100_001))]).toEqual([[], ['title', 'body'], ['title'], ['title', 'body']])
})
