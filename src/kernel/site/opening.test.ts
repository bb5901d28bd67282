import { expect, test } from 'vitest'
import { isComplete, stillMissing } from '#kernel/site/opening.ts'
import { FIXED_PAGES, type Site } from '#kernel/site/site.ts'

const site: Site = { names: {}, languages: ['es', 'en'], defaultLanguage: 'es', zone: 'UTC', colour: null, contact: {}, menu: [], source: null, identity: '0', openedAt: null }
const name = (text: string) => ({ name: text, shortName: text })
const pages = FIXED_PAGES.flatMap((key) => ['es', 'en'].map((lang) => ({ key, lang, isStarter: false })))

test('a new house lacks its name, its contact and its pages', () => {
  const missing = stillMissing(site, [{ key: 'about', lang: 'es', isStarter: true }])
  expect(missing).toMatchObject({ name: true, namesIn: [], contact: true, starterPages: [{ key: 'about', lang: 'es' }] })
  expect(missing.absentPages).toHaveLength(5)
})

test('the program’s own name is no name of an alliance; a language without one of its own is named', () => {
  expect(stillMissing({ ...site, names: { es: name('Altavoz') } }, pages).name).toBe(true)
  expect(stillMissing({ ...site, names: { es: name('Alianza') } }, pages)).toMatchObject({ name: false, namesIn: ['en'] })
})

test('a house that has all of it lacks nothing', () => {
  const whole = { ...site, names: { es: name('Alianza'), en: name('Alliance') }, contact: { email: 'contact@example.org' } }
  expect(isComplete(stillMissing(whole, pages))).toBe(true)
  for (const lacking of [{ ...whole, contact: {} }, { ...whole, names: { es: name('Alianza') } }, { ...whole, languages: ['es', 'en', 'ht'] }]) expect(isComplete(stillMissing(lacking, pages))).toBe(false)
})
