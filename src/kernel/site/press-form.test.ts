import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UI_LANGS, languageName } from '#kernel/language/language.ts'
import { findZone } from '#kernel/when/zone.ts'
import type { PressContact } from './press-contact.ts'
import { type PressTyped, readPressForm, SPOKEN_LANGUAGES, typedContact } from './press-form.ts'

const contact: PressContact = {
  channel: '+51 1 555 0100', who: { es: 'Guardia de prensa', pt: 'Plantão de imprensa' }, languages: ['es', 'qu'],
  hours: { days: [1, 2, 5], from: '09:00', to: '24:00', zone: 'America/Lima' },
}
const read = (over: Partial<PressTyped>) => readPressForm({ ...typedContact(contact, 'UTC'), ...over }, findZone)
const problems = (over: Partial<PressTyped>) => { const outcome = read(over); return 'problems' in outcome ? outcome.problems : [] }

test('what a form is drawn from is read as the same contact', () => {
  expect(read({})).toEqual({ contact })
  expect(readPressForm({ ...typedContact(undefined, 'UTC'), channel: 'press@example.org', who: { es: 'Prensa', en: '  ' } }, findZone))
    .toEqual({ contact: { channel: 'press@example.org', who: { es: 'Prensa' }, languages: [], hours: null } })
})

test('hours are read as people write them', () => {
  for (const [from, to] of [['9', '24:00'], ['9:00', '24'], ['9h', '24h00'], ['09.00', '24:00']]) expect(read({ from: from!, to: to! }), from).toEqual({ contact })
})

test('everything that cannot stand is said at once, each at its question', () => {
  expect(problems({ channel: '555 0100', who: { es: 'a\nb', pt: '' }, days: [], from: '25:00', to: '', zone: 'Lima' })).toEqual(['channel', 'who.es', 'days', 'from', 'to', 'zone'])
  expect(problems({ who: { es: ' ', pt: '' } })).toEqual(['who'])
  expect(problems({ who: { es: 'x\u202ey' } }), 'a direction mark would turn the line around').toEqual(['who.es'])
  expect(problems({ from: '19:00', to: '09:00' })).toEqual(['to'])
  expect(problems({ days: [], from: '', to: '', zone: 'nowhere' }), 'no hours are said').toEqual([])
  expect(problems({ days: ['8'], from: '9', to: '10' })).toEqual(['days'])
})

test('whatever is typed is a contact that the form would be drawn from again, or has a problem', () => {
  const text = fc.string({ unit: 'binary', maxLength: 130 })
  fc.assert(fc.property(fc.record({ channel: fc.oneof(text, fc.constant('a@b.org')), who: fc.dictionary(fc.oneof(text, fc.constant('es')), text), languages: fc.array(text), days: fc.array(text), from: text, to: text, zone: text }), (typed) => {
    const outcome = readPressForm(typed, findZone)
    if ('contact' in outcome) expect(readPressForm(typedContact(outcome.contact, 'UTC'), findZone)).toEqual(outcome)
    else expect(outcome.problems.length).toBeGreaterThan(0)
  }))
})

test('each language that may be ticked has a name in every language of ours', () => {
  for (const lang of UI_LANGS) for (const spoken of SPOKEN_LANGUAGES) expect(languageName(spoken, lang), `${spoken} in ${lang}`).toMatch(/\p{L}{4,}/u)
})
