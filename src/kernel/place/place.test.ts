import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UI_LANGS } from '#kernel/language/language.ts'
import { intlLocale, ourNames } from '#kernel/language/locale.ts'
import { childrenOf, contains, isPlace, parentsOf, placeCodes, placeName } from './place.ts'

const codes = placeCodes()
const territories = codes.filter((code) => /^[A-Z]{2}$/.test(code))
const anyPlace = fc.constantFrom(...codes)

describe('the tree', () => {
  test('has the territories of ISO 3166-1, the regions of M49 and the subdivisions of ISO 3166-2', () => {
    expect(territories).toHaveLength(250) // the 249 of ISO 3166-1, and Kosovo
    const m49 = '001 002 003 005 009 011 013 014 015 017 018 019 021 029 030 034 035 039 053 054 057 061 142 143 145 150 151 154 155 202 419'
    expect(codes.filter((code) => /^\d{3}$/.test(code)).sort()).toEqual(m49.split(' '))
    expect(codes.length).toBeGreaterThan(5000)
    expect(codes.filter((code) => !/^(\d{3}|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/.test(code))).toEqual([])
  })
  test('419 is the Caribbean, Central America and South America', () => {
    expect(childrenOf('419')).toEqual(['005', '013', '029'])
    for (const code of ['HT', 'JM', 'MX', 'BR', 'GF', 'GP', 'PR', 'FK']) expect(contains('419', code), code).toBe(true)
    for (const code of ['US', 'CA', 'FR', 'NZ', '021']) expect(contains('419', code), code).toBe(false)
  })
  test('a territory is a place of its own: French Guiana is not in France', () => {
    expect(parentsOf('GF')).toEqual(['005', '419', '019', '001'])
    expect(['FR-GF', 'FR-973', 'US-PR', 'NL-AW', 'NL-BQ1'].filter(isPlace)).toEqual([])
    expect(childrenOf('FR').filter((code) => /97/.test(code))).toEqual([])
  })
  test('a state of Mexico lies in Mexico, Central America, the Americas and the world', () => {
    expect(parentsOf('MX-CHH')).toEqual(['MX', '013', '419', '003', '019', '001'])
  })
  test('every place lies in the world, and in nothing that lies in it', () => {
    for (const code of codes.filter((one) => one !== '001')) {
      expect(parentsOf(code).at(-1), code).toBe('001')
      expect(parentsOf(code).some((parent) => parent === code || parentsOf(parent).includes(code)), code).toBe(false)
    }
  })
  test('containment goes from part to whole to wider whole, and every child lies in its parent', () => {
    fc.assert(fc.property(anyPlace, (code) => parentsOf(code).every((parent) => contains(parent, code) && !contains(code, parent))))
    fc.assert(fc.property(anyPlace, (code) => parentsOf(code).every((parent) => parentsOf(parent).every((wider) => contains(wider, code)))))
    fc.assert(fc.property(anyPlace, (code) => childrenOf(code).every((child) => contains(code, child))))
  })
  test('what is no place is none', () => {
    expect(['', 'XX', 'mx', 'MX-XXX', '000', '999', 'EU', 'constructor', 419, null].filter(isPlace)).toEqual([])
    fc.assert(fc.property(fc.string(), (text) => !isPlace(text) || codes.includes(text)))
  })
})

describe('names', () => {
  test('419 has the Caribbean in it in every language', () => {
    expect(UI_LANGS.map((lang) => placeName('419', lang))).toEqual([
      { text: 'Latin America and the Caribbean', lang: 'en' },
      { text: 'Latinoamérica y el Caribe', lang: 'es' },
      { text: 'América Latina e Caribe', lang: 'pt' },
      { text: 'Amérique latine et Caraïbes', lang: 'fr' },
      { text: 'Amerik Latin ak Karayib', lang: 'ht' },
    ])
  })
  test.each(['en', 'es', 'pt', 'fr'] as const)('every country and region has a name in %s, from CLDR or from us', (lang) => {
    const names = new Intl.DisplayNames(intlLocale(lang) ?? '', { type: 'region', fallback: 'none' })
    for (const code of codes.filter((one) => !one.includes('-'))) {
      const expected = ourNames(lang)?.regions[code] ?? names.of(code)
      expect(placeName(code, lang), code).toEqual({ text: expected, lang })
      expect(expected?.length, code).toBeGreaterThan(1)
    }
  })
  test('Haitian Creole has its own names for the whole region; elsewhere French, and says so', () => {
    const region = ['001', '019', '419', ...['005', '013', '029'].flatMap((part) => [part, ...childrenOf(part)])]
    const uninhabited = ['BV', 'GS']
    const lacking = region.filter((code) => placeName(code, 'ht').lang !== 'ht')
    expect(lacking).toEqual(uninhabited)
    expect(placeName('JP', 'ht')).toEqual({ text: 'Japon', lang: 'fr' })
    for (const code of codes.filter((one) => !one.includes('-'))) {
      const { text, lang } = placeName(code, 'ht')
      expect(lang === 'ht' ? ourNames('ht')?.regions[code] : placeName(code, 'fr').text, code).toBe(text)
    }
  })
  test('a subdivision without a translated name comes in English, and says so', () => {
    expect(placeName('MX-CHH', 'es')).toEqual({ text: 'Chihuahua', lang: 'es' })
    expect(placeName('AR-C', 'pt')).toEqual({ text: 'Cidade Autônoma de Buenos Aires', lang: 'pt' })
    expect(placeName('HT-OU', 'ht')).toEqual({ text: 'Lwès', lang: 'ht' })
    expect(placeName('US-CA', 'ht')).toEqual({ text: 'California', lang: 'en' })
    for (const code of codes.filter((one) => one.includes('-'))) expect(placeName(code, 'en').text, code).not.toBe(code)
  })
  test('every name that we say otherwise is of a place that exists', () => {
    for (const lang of UI_LANGS) {
      const { regions, subdivisions } = ourNames(lang) ?? { regions: {}, subdivisions: {} }
      expect([...Object.keys(regions), ...Object.keys(subdivisions)].filter((code) => !isPlace(code)), lang).toEqual([])
    }
  })
})
