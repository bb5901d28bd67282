import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownMenu } from '#kernel/site/menu.ts'
import { readSetting, SETTING_HELP } from '#kernel/site/setting.ts'

const findZone = (zone: string) => (zone === 'America/Bogota' ? zone : undefined)
const places = { all: ['home', 'media', 'about'], first: ['media', 'about'] }
const read = (key: string, value: string) => readSetting(key, value, { findZone, places })

test.each([
  ['name.es', '  Alianza por los Derechos  ', { key: 'name', lang: 'es', value: 'Alianza por los Derechos' }],
  ['short_name.ht', 'Alyans', { key: 'shortName', lang: 'ht', value: 'Alyans' }],
  ['languages', 'ES, en en', { key: 'languages', value: ['es', 'en'] }],
  ['default_language', 'FR', { key: 'defaultLanguage', value: 'fr' }],
  ['zone', 'America/Bogota', { key: 'zone', value: 'America/Bogota' }],
  ['colour', '#C8141E', { key: 'colour', value: '#c8141e' }],
  ['colour', '', { key: 'colour', value: '' }],
  ['contact.email', 'contacto@correo.example.org', { key: 'email', value: 'contacto@correo.example.org' }],
  ['contact.email', '', { key: 'email', value: '' }],
  ['menu', ' About, MEDIA ', { key: 'menu', value: ['about', 'media'] }],
  ['menu', '', { key: 'menu', value: [] }],
  ['source', 'https://git.example.org/altavoz', { key: 'source', value: 'https://git.example.org/altavoz' }],
  ['source', 'HTTP://example.onion', { key: 'source', value: 'http://example.onion/' }],
  ['source', '', { key: 'source', value: '' }],
])('%s %j is good', (key, value, change) => {
  expect(read(key, value)).toEqual({ isGood: true, change })
})

test.each([
  ['name.es', ''], ['name.es', 'a'.repeat(201)], ['short_name.es', 'a'.repeat(41)], ['name', 'Alianza'], ['name.', 'Alianza'],
  ['name.xx', 'Alianza'], ['name.es', 'two\nlines'], ['name.es', 'turned \u202e around'], ['name.es.mx', 'Alianza'],
  ['languages', ''], ['languages', 'es,klingon'], ['languages', '../es'],
  ['default_language', ''], ['default_language', 'de'],
  ['zone', 'Bogota'], ['zone', '-05:00'], ['zone', ''],
  ['colour', 'red'], ['colour', '#c81'], ['colour', '#c8141e;}'],
  ['contact.email', 'contacto'], ['contact.email', 'a@b'], ['contact.email', 'a b@c.org'], ['contact.email', 'a@c.org?bcc=x@y.org'],
  ['contact.email', '"><script>@c.org'], ['contact.email', `${'a'.repeat(250)}@c.org`],
  ['menu', 'law'], ['menu', 'media,media'], ['menu', ','], ['menu', '["media"]'], ['menu', 'constructor'],
  ['source', 'git.example.org'], ['source', 'javascript:alert(1)'], ['source', 'data:text/html,x'], ['source', 'ftp://example.org/a'],
  ['source', '//example.org'], ['source', 'https://'], ['source', 'https:///example.org'], ['source', 'https:example.org'], ['source', 'https://me:secret@example.org/'],
  ['source', 'https://exam ple.org'], ['source', 'https://example.org\\a'], ['source', `https://example.org/${'a'.repeat(200)}`],
  ['opened_at', 'now'], ['', ''], ['constructor', 'x'],
])('%s %j is refused in one sentence or two', (key, value) => {
  const answer = read(key, value)
  if (answer.isGood) throw new Error('taken')
  expect(answer.reason).toMatch(/^[^\n]{10,400}\.$/)
})

test('a menu that is refused is told what may stand there', () => {
  for (const wrong of ['law', 'media,law', 'media,media', ', ,']) {
    expect(read('menu', wrong)).toEqual({ isGood: false, reason: expect.stringContaining('The menu can lead to home, media, about.') })
  }
})

test('the menu shows what was chosen and this program has, else what it begins with', () => {
  const shown = (...menu: string[]) => shownMenu({ menu }, places)
  expect(shown()).toEqual(['media', 'about'])
  expect(shown('about', 'home')).toEqual(['about', 'home'])
  expect(shown('law', 'about')).toEqual(['about'])
  expect(shown('law')).toEqual(['media', 'about'])
})

test('every setting that help names exists', () => {
  for (const line of SETTING_HELP) {
    const answer = read(line.split(' ')[0]!.replace('LANG', 'es'), '\n')
    expect(answer.isGood ? '' : answer.reason).not.toContain('There is no setting')
  }
})

test('whatever is typed is either good or refused', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, value) => void read(key, value)))
})
