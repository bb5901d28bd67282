import { expect, test } from 'vitest'
import { anchorOf, notUsedIn, termsIn, termSetData } from './glossary.ts'
import { UI_LANGS } from './language.ts'

const all = UI_LANGS.map((lang) => ({ lang, nots: notUsedIn(lang), terms: termsIn(lang, UI_LANGS) }))
const texts = all.flatMap(({ lang, nots, terms }) => [
  ...nots.flatMap((one) => [one.not, one.say, ...(one.why === undefined ? [] : [one.why])]), ...terms.flatMap((one) => [one.term, one.meaning]),
].map((text) => ({ lang, text })))

test('each term is explained in every language, with its name in the other four', () => {
  const ids = termsIn('en').map(({ id }) => id).sort()
  for (const { lang, terms } of all) {
    expect(terms.map(({ id }) => id).sort(), lang).toEqual(ids)
    for (const term of terms) expect(term.others.map((other) => other.lang), `${lang} ${term.id}`).toEqual(UI_LANGS.filter((one) => one !== lang))
  }
  expect(ids.length).toBeGreaterThan(20)
})

test('no text is empty, and none is English in another language', () => {
  expect(texts.filter(({ text }) => text.trim() === '' || text !== text.trim())).toEqual([])
  const english = new Set(texts.filter(({ lang, text }) => lang === 'en' && text.length > 20).map(({ text }) => text))
  expect(texts.filter(({ lang, text }) => lang !== 'en' && english.has(text))).toEqual([])
})

test('terms stand in the alphabetical order of their language', () => {
  const order = (lang: string) => termsIn(lang).map(({ term }) => term)
  expect(order('fr').indexOf('dépistage obligatoire')).toBe(order('fr').indexOf('descente de police') - 1)
  expect(order('en').slice(0, 3)).toEqual(['ally', 'client', 'client criminalisation'])
})

test('an entry has one anchor, the same in every language, and no two share one', () => {
  for (const { nots, terms } of all) {
    const anchors = [...nots.map(({ id }) => `not-${anchorOf(id)}`), ...terms.map(({ id }) => anchorOf(id))]
    expect(new Set(anchors).size).toBe(anchors.length)
    expect(anchors.filter((anchor) => !/^[a-z-]+$/.test(anchor))).toEqual([])
  }
})

test('what no native speaker confirmed is marked in Creole', () => {
  const ht = termsIn('ht').filter((one) => one.unconfirmed).map(({ id }) => id)
  expect(ht).toContain('decriminalisation')
  expect(ht).not.toContain('sex_work')
})

test('typography is that of each language', () => {
  expect(texts.filter(({ text }) => /['"]| {2}|\.\.\.|!/.test(text))).toEqual([])
  expect(texts.filter(({ lang, text }) => lang === 'fr' && /[^\u202f][;?]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»/.test(text))).toEqual([])
  expect(texts.filter(({ lang, text }) => lang !== 'fr' && /\s[;?:]/.test(text))).toEqual([])
  expect(texts.filter(({ lang, text }) => lang === 'ht' && /[éêçùûîïâëœ“”’]/i.test(text))).toEqual([])
})

test('as data it is a set of defined terms, each with its own address', () => {
  const data = termSetData(termsIn('es'), 'Palabras', 'es', 'https://example.org/es/words') as { hasDefinedTerm: object[] }
  expect(data).toMatchObject({ '@type': 'DefinedTermSet', inLanguage: 'es' })
  expect(data.hasDefinedTerm).toContainEqual({
    '@type': 'DefinedTerm', '@id': 'https://example.org/es/words#sex-work', name: 'trabajo sexual',
    description: 'La venta consentida de servicios sexuales entre personas adultas.',
  })
})
