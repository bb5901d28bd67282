import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSetting, SETTING_HELP } from '#kernel/site/setting.ts'

const findZone = (zone: string) => (zone === 'America/Bogota' ? zone : undefined)
const read = (key: string, value: string) => readSetting(key, value, findZone)

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
  ['menu', 'x'], ['opened_at', 'now'], ['', ''], ['constructor', 'x'],
])('%s %j is refused in one sentence or two', (key, value) => {
  const answer = read(key, value)
  if (answer.isGood) throw new Error('taken')
  expect(answer.reason).toMatch(/^[^\n]{10,400}\.$/)
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
