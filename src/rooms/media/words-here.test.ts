import { expect, test } from 'vitest'
import { wordsHere } from './words-here.ts'

const terms = (text: string, from = 'en', to = 'es') => wordsHere(text, from, to).map(({ term, other }) => `${term} = ${other}`)

test('terms of the glossary that a text uses stand there with their word in the other language', () => {
  expect(terms('Sex workers of the region met.')).toContainEqual(expect.stringMatching(/^sex worker = /))
  for (const text of ['LAS TRABAJADORAS SEXUALES de la región.', 'Trabajadoras y trabajadores sexuales se reunieron.']) expect(terms(text, 'es', 'en'), text).toContainEqual(expect.stringMatching(/= sex worker$/))
  expect(terms('Contra a criminalização da clientela.', 'pt', 'es')).toContainEqual('criminalização da clientela = criminalización de la clientela')
})

test('a text without one has none, and a word that only begins alike is none', () => {
  expect(terms('The bridge was painted green.')).toEqual([])
  expect(terms('')).toEqual([])
  // A long text takes no time.
  expect(wordsHere('sexuales '.repeat(25_000), 'es', 'pt').length).toBeLessThan(5)
})
