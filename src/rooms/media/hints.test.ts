import { expect, test } from 'vitest'
import { hintsOf } from '#rooms/media/hints.ts'

const said = (bodyMarkdown: string, lang = 'es', more: { title?: string; teaser?: string } = {}, names: string[] = []) =>
  hintsOf({ title: 'Título', teaser: 'Bajada.', bodyMarkdown, ...more }, lang, names)

test('a long title and a long teaser are told with what fits, counted as people see letters', () => {
  expect(said('Texto.', 'es', { title: 'é'.normalize('NFD').repeat(66), teaser: 'x'.repeat(161) })).toEqual([
    { is: 'long-title', letters: 66, best: 65 }, { is: 'long-teaser', letters: 161, best: 160 },
  ])
  expect(said('Texto.', 'es', { title: 'é'.normalize('NFD').repeat(65), teaser: 'x'.repeat(160) })).toEqual([])
})

test('words that the house does not use are told with what is said instead, also in the plural and in capitals', () => {
  expect(said('Las Prostitutas fueron detenidas.')).toMatchObject([{ is: 'not-used', found: 'Prostitutas', id: 'prostitute' }])
  expect(said('Many commercial sex workers were there.', 'en')).toMatchObject([{ is: 'not-used', id: 'commercial' }])
  expect(said('La travailleuse du sexe commerciale.', 'fr')).toMatchObject([{ is: 'not-used', id: 'commercial' }])
})

test('within quotations, titles, addresses and names of organisations they stand', () => {
  for (const text of ['Dijo: “las prostitutas”.', '> las prostitutas', 'La *Ley de prostitución* sigue.', 'Ver [la ley](https://example.org/prostitución).', 'Ver https://example.org/prostitución', 'Dijo «prostitución».']) {
    expect(said(text), text).toEqual([])
  }
  expect(said('La Red Sin Prostitución habló.', 'es', {}, ['Red Sin Prostitución'])).toEqual([])
})

test('a word is not found within another', () => {
  expect(said('Cleanliness and uncleanness.', 'en').filter(({ is }) => is === 'not-used')).toEqual([])
})

test('spellings that screen readers stumble over are told', () => {
  expect(said('Todxs y tod@s, amig(a)s, niñas/os, las y los.').map((hint) => 'found' in hint && hint.found)).toEqual(['Todxs', 'tod@s', 'amig(a)s'])
  expect(said('Les travailleur·ses.', 'fr')).toMatchObject([{ is: 'unspoken', found: 'travailleur·ses' }])
  expect(said('Escribe a prensa@example.org.')).toEqual([])
})

test('a picture within the Markdown is told: it will not be shown', () => {
  expect(said('![](foto.jpg)').map(({ is }) => is)).toContain('picture-in-text')
})

test('a hostile text does not hold anybody up', () => {
  const from = performance.now()
  for (const part of ['“', '*', '_', '(', '<', '`', 'a@', '· ', '![', '](', 'x/']) said(part.repeat(200_000 / part.length))
  expect(performance.now() - from).toBeLessThan(4000)
})
