// What the press page hands to journalists is held to the data that it is written from.
import { expect, test } from 'vitest'
import { UI_LANGS } from '#kernel/language/language.ts'
import { factsFor } from '#rooms/media/facts.ts'
import { laws, runInBoth, sayingsOf, works } from './data.ts'
import { NOT_USED } from './starter-rules.ts'

const facts = UI_LANGS.flatMap(factsFor)

test('there are five to eight facts, the same in every language', () => {
  const ids = factsFor('en').map(({ id }) => id)
  expect(ids.length).toBeGreaterThanOrEqual(5)
  expect(ids.length).toBeLessThanOrEqual(8)
  expect(new Set(ids).size).toBe(ids.length)
  for (const lang of UI_LANGS) expect(factsFor(lang).map(({ id }) => id)).toEqual(ids)
  expect(factsFor('gn').map(({ lang }) => lang)).toEqual(ids.map(() => 'es'))
})

test.each(factsFor('en'))('$id is of the data: source, confidence and year are what they say', ({ id, source, confidence, asOf }) => {
  const { title, publisher, year, url } = source
  const law = laws.find((one) => one.id === id)
  if (law) {
    expect(law.sources).toContainEqual({ title, publisher, year, url })
    return expect([law.confidence, law.as_of]).toEqual([confidence, asOf])
  }
  const work = works.find((one) => one.id === id)
  expect(work).toMatchObject({ title, publisher, URL: url, language: source.lang, custom: { confidence } })
  expect(work?.issued['date-parts']?.[0]?.[0]).toBe(year)
  expect(asOf).toBeLessThanOrEqual(year!)
})

test.each(factsFor('en'))('$id is told in words of its own', ({ id, statement, doubt }) => {
  for (const said of sayingsOf(id)!) expect(runInBoth(`${statement} ${doubt}`, said, 7)).toBeUndefined()
})

test('each says what is not certain, in its own language and in no word that is not used', () => {
  const seen = new Map<string, string>()
  for (const { id, lang, statement, doubt } of facts) {
    expect(statement.length, `${id} ${lang}`).toBeLessThanOrEqual(220)
    expect(doubt, `${id} ${lang}`).toMatch(/^.{30,}\.$/)
    for (const word of [...NOT_USED.all!, ...NOT_USED[lang]!]) expect(`${statement} ${doubt}`.match(word)?.[0], `${id} ${lang} says ${word}`).toBeUndefined()
    for (const text of [statement, doubt]) {
      expect(seen.get(text) ?? lang, `${id}: “${text}”`).toBe(lang)
      seen.set(text, lang)
    }
    if (lang === 'fr') expect(`${statement} ${doubt}`).not.toMatch(/[^\u202f][;?!%]|[^\u00a0]:/)
  }
})
