import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { direction, fallbacksOf, isUiLang, languageName, negotiate, ownName, uiLangOf, UI_LANGS } from './language.ts'
import { intlLocale } from './locale.ts'
import { collator, formatNumber, listOf } from './numbers.ts'
import { plural } from './plural.ts'

const THIN = '\u202f'

test('Intl has data for the four locales that we ask for, and is never asked for ht', () => {
  for (const lang of ['en', 'es', 'pt', 'fr']) {
    const locale = intlLocale(lang) ?? ''
    const services: { supportedLocalesOf(locales: string[]): string[] }[] = [
      Intl.DateTimeFormat, Intl.NumberFormat, Intl.DisplayNames, Intl.Collator, Intl.ListFormat,
    ]
    for (const service of services) {
      expect(service.supportedLocalesOf([locale]), lang).toEqual([locale])
    }
  }
  expect(intlLocale('ht')).toBeUndefined()
  expect(intlLocale('not a tag')).toBeUndefined()
})

test('the switcher shows each language in its own name', () => {
  expect(UI_LANGS.map(ownName)).toEqual(['English', 'Español', 'Português', 'Français', 'Kreyòl ayisyen'])
})

test('each language is named in every other, without a silent fallback', () => {
  expect(UI_LANGS.map((lang) => languageName('ht', lang))).toEqual(['Haitian Creole', 'criollo haitiano', 'crioulo haitiano', 'créole haïtien', 'kreyòl ayisyen'])
  expect(UI_LANGS.map((lang) => languageName(lang, 'ht'))).toEqual(['angle', 'panyòl', 'pòtigè', 'franse', 'kreyòl ayisyen'])
  expect(UI_LANGS.map((lang) => languageName(lang, 'fr'))).toEqual(['anglais', 'espagnol', 'portugais', 'français', 'créole haïtien'])
  expect(languageName('ja', 'ht')).toBe('japonais')
  expect(languageName('no such tag', 'en')).toBe('no such tag')
})

test('Arabic and Hebrew run from the right, ours from the left', () => {
  expect(['ar', 'he', 'fa', 'ur', 'ckb'].map(direction)).toEqual(Array(5).fill('rtl'))
  expect([...UI_LANGS, 'gn', 'qu', '???'].map(direction)).toEqual(Array(8).fill('ltr'))
})

test('what to offer instead begins with the nearest language and leaves none out', () => {
  expect(fallbacksOf('ht')[0]).toBe('fr')
  expect(fallbacksOf('es-ar')).toEqual(['es', 'en', 'pt', 'fr', 'ht'])
  for (const lang of UI_LANGS) expect([lang, ...fallbacksOf(lang)].sort()).toEqual([...UI_LANGS].sort())
})

test('every tag has an interface language', () => {
  fc.assert(fc.property(fc.string(), (tag) => isUiLang(uiLangOf(tag))))
  expect(['constructor', '__proto__', 'toString'].map(uiLangOf)).toEqual(['en', 'en', 'en'])
  expect(languageName('constructor', 'ht')).toBe('constructor')
  expect(['es-ar', 'pt-BR', 'gn', 'de', ''].map(uiLangOf)).toEqual(['es', 'pt', 'es', 'en', 'en'])
})

describe('negotiate', () => {
  test.each([
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['fr-HT, ht;q=0.9', 'fr'],
    ['ht', 'ht'],
    ['de, pt-BR;q=0.7, en;q=0.2', 'pt'],
    ['en;q=0.1, fr;q=0.8', 'fr'],
    ['ja', 'es'],
    ['*', 'es'],
    ['es;q=0, *', 'en'],
    ['', 'es'],
    [null, 'es'],
    ['en;q=nonsense', 'es'],
  ])('%s reads %s', (header, lang) => {
    expect(negotiate(header, [...UI_LANGS], 'es')).toBe(lang)
  })
  test('a general range finds a dialect', () => {
    expect(negotiate('es', ['en', 'es-ar'], 'en')).toBe('es-ar')
  })
  test('any header gets a language that the site has', () => {
    fc.assert(fc.property(fc.string({ maxLength: 3000 }), (header) => UI_LANGS.some((lang) => lang === negotiate(header, [...UI_LANGS], 'es'))))
  })
})

describe('numbers', () => {
  test('are grouped as each reader expects', () => {
    expect(UI_LANGS.map((lang) => formatNumber(12_408, lang))).toEqual(['12,408', `12${THIN}408`, '12.408', `12${THIN}408`, `12${THIN}408`])
    expect([999, 1234, 9999].map((n) => formatNumber(n, 'es'))).toEqual(['999', '1234', '9999'])
    expect(formatNumber(1_234_567, 'es')).toBe(`1${THIN}234${THIN}567`)
    expect(formatNumber(2.99, 'es', 2)).toBe('2,99')
    expect(formatNumber(2.99, 'ht', 2)).toBe('2,99')
    expect(formatNumber(2.99, 'en')).toBe('3')
  })
  test('zero is one in Portuguese and French; Creole has no plural', () => {
    expect(UI_LANGS.map((lang) => plural(lang, 0))).toEqual(['other', 'other', 'one', 'one', 'other'])
    expect(UI_LANGS.map((lang) => plural(lang, 1))).toEqual(['one', 'one', 'one', 'one', 'other'])
    expect(plural('es', '1000000')).toBe('many')
  })
})

test('lists end in each language’s and', () => {
  expect(UI_LANGS.map((lang) => listOf(['A', 'B', 'C'], lang))).toEqual(['A, B and C', 'A, B y C', 'A, B e C', 'A, B et C', 'A, B ak C'])
  expect(listOf(['Chile', 'Italia'], 'es')).toBe('Chile e Italia')
  expect([[], ['A'], ['A', 'B']].map((items) => listOf(items, 'ht'))).toEqual(['', 'A', 'A ak B'])
})

test('names are sorted with their accents, Creole as French', () => {
  for (const lang of UI_LANGS) expect(['Zile', 'Ékwatè', 'Ayiti'].sort(collator(lang).compare), lang).toEqual(['Ayiti', 'Ékwatè', 'Zile'])
})
