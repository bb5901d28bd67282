import { expect, test } from 'vitest'
import { UI_LANGS } from '#kernel/language/language.ts'
import { placeCodes } from '#kernel/place/place.ts'
import { placesAsTyped, placesTyped } from './places-typed.ts'

test('places are typed by their names in one’s own language, without minding accents, or by codes', () => {
  expect(placesTyped('Uruguay\r\n  mexico \n\nMX-CHH\nLatinoamérica y el Caribe\n419', 'es')).toEqual({ places: ['UY', 'MX', 'MX-CHH', '419'], unknown: [], unclear: [] })
  expect(placesTyped('Ayiti', 'ht').places).toEqual(['HT'])
})

test('what names no place and what names several is told, and nothing is guessed', () => {
  expect(placesTyped('Eldorado de nadie\nUruguay', 'es')).toEqual({ places: ['UY'], unknown: ['Eldorado de nadie'], unclear: [] })
  const { places, unclear } = placesTyped('Amazonas', 'es')
  expect(places).toEqual([])
  expect(unclear[0]!.codes.length).toBeGreaterThan(1)
})

test.each(UI_LANGS)('every place as it is put into the field is read as that very place (%s)', (lang) => {
  expect(placesTyped(placesAsTyped(placeCodes(), lang), lang)).toEqual({ places: placeCodes(), unknown: [], unclear: [] })
})
