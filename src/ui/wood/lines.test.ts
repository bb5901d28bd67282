import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf, woodLines } from '#ui/wood/lines.ts'

test('the table gives the widths that a browser measured', () => {
  const measured = { 'Launch of the': 4.71, 'Alliance for': 4.02, 'ante la Comisión': 5.8, 'kreyòl ayisyen': 4.99 }
  for (const [line, width] of Object.entries(measured)) expect(Math.abs((widthOf(line) ?? 0) - width)).toBeLessThan(0.02)
})

test('a title is broken into lines of nearly equal width, and no word is lost', () => {
  const lines = woodLines('Launch of the Alliance for Sex Workers Rights') ?? []
  expect(lines.map((l) => l.text).join(' ')).toBe('Launch of the Alliance for Sex Workers Rights')
  expect(lines.map((l) => l.text)).toEqual(['Launch of the', 'Alliance for', 'Sex Workers Rights'])
})

test('a title where every word is a capital is still broken', () => {
  expect((woodLines('The Prostitution Reform Act Of New Zealand Five Years On') ?? []).length).toBeGreaterThan(1)
})

test('any title keeps its words in order, in at most five lines', () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[A-Za-zÀ-ÿ]{1,14}$/), { minLength: 1, maxLength: 24 }), (words) => {
    const lines = woodLines(words.join(' '))
    return !lines || (lines.length <= 5 && lines.map((l) => l.text).join(' ') === words.join(' ') && lines.every((l) => Number(l.width) > 0))
  }))
})

test('letters that the font lacks make it a plain heading', () => {
  expect(woodLines('المركز الإعلامي')).toBeUndefined()
  expect(woodLines('')).toBeUndefined()
})
