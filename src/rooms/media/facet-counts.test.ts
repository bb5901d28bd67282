import { expect, test } from 'vitest'
import { countRegions, countYears } from '#rooms/media/facet-counts.ts'
import { standingOf } from '#rooms/media/standing.ts'
import { extractOf, lexemesOf, plainText } from '#rooms/media/extract.ts'
import { spellingsOf, termsOf } from '#rooms/media/search-terms.ts'

test('a place counts what names it, what contains it and what is in it; most named first', () => {
  expect(countRegions([[['UY'], 2], [['419'], 1], [['NZ', 'UY'], 1], [[], 5]])).toEqual([['UY', 4], ['419', 4], ['NZ', 1]])
})

test('the place that is asked for is counted by what lies in it, also where no text names it by itself', () => {
  expect(countRegions([[['UY'], 2], [['NZ'], 1]], '419')).toEqual([['UY', 2], ['NZ', 1], ['419', 2]])
  expect(countRegions([[['UY'], 2]], '419')).toEqual([['UY', 2], ['419', 2]])
  expect(countRegions([[['UY'], 2]], 'NZ')).toEqual([['UY', 2]])
})

test('a span counts in each year that it touches, an open date from its first year on', () => {
  expect(countYears([[2013, 2014, 1], [2014, 2014, 2], [2012, 9999, 1], [null, null, 3]])).toEqual([['2014', 4], ['2012', 1], ['', 3]])
})

test('a text that does not name the place is about more, about a part of it, or about neither', () => {
  expect(standingOf('UY', [{ place: 'UY' }, { place: '419' }])).toBeUndefined()
  expect(standingOf('UY', [{ place: 'NZ' }, { place: '419' }])).toEqual({ about: 'wider', place: '419' })
  expect(standingOf('419', [{ place: 'UY' }])).toEqual({ about: 'part', place: 'UY' })
  expect(standingOf('NZ', [{ place: 'UY' }])).toBeUndefined()
})

test('words, phrases in any quotation marks, and a last word that may be unfinished', () => {
  expect(termsOf('Ley 17.515 “carné sanitario” poli')).toEqual([
    { text: 'ley', isPhrase: false, isPrefix: false }, { text: '17.515', isPhrase: false, isPrefix: false },
    { text: 'carné sanitario', isPhrase: true, isPrefix: false }, { text: 'poli', isPhrase: false, isPrefix: true },
  ])
  expect(termsOf('« droits humains »')).toEqual([{ text: 'droits humains', isPhrase: true, isPrefix: false }])
  expect(termsOf('<>\'":*&|!')).toEqual([])
  expect(spellingsOf('pt', 'prostituicoes')).toEqual(['prostituicoes', 'prostituições', 'prostituição'])
})

test('an extract is plain text around the first word that was found', () => {
  const text = plainText('<h2 id="a">One &amp; two</h2><p id="p1">La <em>prosti</em>tución<sup><a href="#n">1</a></sup> &lt;b&gt; fin <a class="pn" href="#p1">1</a></p>')
  expect(text).toBe('One & two La prostitución <b> fin')
  const pieces = extractOf(text, lexemesOf("'prostitu' | !'two'"))
  expect(pieces?.filter((piece) => piece.isHit)).toEqual([{ text: 'prostitución', isHit: true }])
  expect(pieces?.map((piece) => piece.text).join('')).toBe(text)
  const long = extractOf(`${'before '.repeat(50)}here ${'after '.repeat(90)}`, [{ stem: 'here', isPrefix: false }])
  expect(long?.map((piece) => piece.text).join('').length).toBeLessThan(260)
  expect(extractOf('nothing', [{ stem: 'else', isPrefix: false }])).toBeUndefined()
})
