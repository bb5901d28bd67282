import fc from 'fast-check'
import { expect, test } from 'vitest'
import { behindBy, countNotYet, NOT_YET, paragraphsIn, textOfRows, translationRows } from './behind.ts'

const words = (bodyMarkdown: string, title = 'T', teaser = 'B') => ({ title, teaser, bodyMarkdown })
const laid = (basis: string, newest: string, own: string) => translationRows(basis, newest, own).map(({ is, source, own: text }) => [is, source, text])

test('a translation is behind by what changed in the source, came or went, and by its title', () => {
  const [basis, newest] = ['The first one.\n\nThe Alliance fights to end them.\n\nThis goes away.', 'The first one.\n\nThe Alliance fights to end them all.\n\nSomething of 2003 comes.']
  expect(behindBy(words(basis), words(newest, 'U')).map(({ is, what, number }) => [is, what, number])).toEqual([
    ['changed', 'title', null], ['changed', 'paragraph', 2], ['gone', 'paragraph', null], ['new', 'paragraph', 3],
  ])
  expect(behindBy(words('A.'), words('A.', 'T', ''))).toMatchObject([{ is: 'gone', what: 'teaser' }])
})

test('it is behind by nothing exactly where every paragraph is the same', () => {
  const text = fc.array(fc.constantFrom('One two.', 'Three four five.', '', '   ', '- a\n- b', '\u00a0', 'x'), { maxLength: 7 }).chain((parts) => fc.constantFrom('\n\n', '\n \n', '\n\n\n').map((end) => parts.join(end)))
  fc.assert(fc.property(text, text, (a, b) => {
    const isSame = JSON.stringify(paragraphsIn(a)) === JSON.stringify(paragraphsIn(b))
    expect(behindBy(words(a), words(b)).length === 0).toBe(isSame)
    expect(behindBy(words(a), words(a))).toEqual([])
  }))
})

test('each paragraph stands beside what it translates, though the source went on', () => {
  const basis = 'The first one.\n\nThe Alliance fights to end them.\n\nThis goes away.'
  const newest = 'The first one.\n\nSomething of 2003 comes here.\n\nThe Alliance fights to end them all.'
  expect(laid(basis, newest, 'Primero.\n\nLa Alianza.\n\nSe va.')).toEqual([
    ['same', 'The first one.', 'Primero.'], ['new', 'Something of 2003 comes here.', ''], ['changed', 'The Alliance fights to end them all.', 'La Alianza.'], ['gone', '', 'Se va.'],
  ])
  expect(laid('A.\n\nB.', 'A.\n\nB.', 'Uno.\n\nDos.\n\nTres.').at(-1)).toEqual(['beyond', '', 'Tres.'])
  expect(laid('A.\n\nB.', 'A.\n\nB.', '')).toEqual([['same', 'A.', ''], ['same', 'B.', '']])
})

test('what is not translated yet keeps its place until it is', () => {
  const typed = (...texts: string[]) => textOfRows(texts.map((text) => ({ text, isOfSource: true })))
  const half = typed('Uno.', '', 'Tres.', '')
  expect(half).toBe(`Uno.\n\n${NOT_YET}\n\nTres.`)
  expect(countNotYet(half)).toBe(1)
  expect(laid('A.\n\nB.\n\nC.\n\nD.', 'A.\n\nB.\n\nC.\n\nD.', half).map(([, , own]) => own)).toEqual(['Uno.', '', 'Tres.', ''])
  expect(textOfRows([{ text: 'Uno.', isOfSource: true }, { text: '', isOfSource: false }, { text: 'Dos.', isOfSource: true }])).toBe('Uno.\n\nDos.')
  expect(typed('', '')).toBe('')
})

test('whatever is typed beside a source comes back to the same places', () => {
  const paragraph = fc.constantFrom('Uno dos.', 'Tres.', 'Cuatro cinco.', '')
  fc.assert(fc.property(fc.array(paragraph, { minLength: 1, maxLength: 8 }), (texts) => {
    const source = texts.map((_, i) => `Paragraph ${i}.`).join('\n\n')
    const own = textOfRows(texts.map((text) => ({ text, isOfSource: true })))
    expect(translationRows(source, source, own).map((row) => row.own)).toEqual(texts)
  }))
})
