import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameIn, obstacleToOrganisation, type OrganisationWords, sortedByName } from '#rooms/people/organisation.ts'

const good: OrganisationWords = {
  texts: { es: { name: 'Organización A', shortName: 'A', about: 'Acompaña a sus integrantes.' } },
  places: ['UY', '419'], fields: ['sex_work', 'labour_rights'], links: ['https://example.org/a'],
}

test('an organisation as it should be meets no obstacle', () => {
  expect(obstacleToOrganisation(good)).toBeNull()
})

test('a mistake is refused with its reason', () => {
  const text = good.texts.es!
  expect(obstacleToOrganisation({ ...good, texts: {} })).toBe('no-name')
  expect(obstacleToOrganisation({ ...good, texts: { es: { ...text, name: ' ' } } })).toBe('no-name')
  expect(obstacleToOrganisation({ ...good, texts: { ES_mx: text } })).toBe('malformed-language')
  expect(obstacleToOrganisation({ ...good, texts: { es: { ...text, about: 'ñ'.repeat(401) } } })).toBe('about-too-long')
  expect(obstacleToOrganisation({ ...good, places: ['XX'] })).toBe('unknown-place')
  expect(obstacleToOrganisation({ ...good, fields: ['rescue' as never] })).toBe('unknown-field')
})

test('no link of a member can run a script or hide whom it leads to', () => {
  for (const link of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'example.org', '//example.org', '',
    'https://bank.example@evil.example/', ' javascript:alert(1)', 'java\nscript:alert(1)']) {
    expect(obstacleToOrganisation({ ...good, links: [link] }), link).toBe('malformed-link')
  }
  fc.assert(fc.property(fc.string(), (link) => {
    if (obstacleToOrganisation({ ...good, links: [link] }) === null) expect(new URL(link).protocol).toMatch(/^https?:$/)
  }))
})

test('a name that is lacking in a language is given in the nearest one, and says which', () => {
  const texts = { fr: { name: 'Association B', shortName: null, about: '' }, en: { name: 'Association B (en)', shortName: null, about: '' } }
  expect(nameIn(texts, 'fr', [])).toEqual({ text: 'Association B', lang: 'fr' })
  expect(nameIn(texts, 'ht', ['fr', 'en'])).toEqual({ text: 'Association B', lang: 'fr' })
  expect(nameIn(texts, 'pt', ['es'])).toEqual({ text: 'Association B (en)', lang: 'en' })
})

test('names stand in the order of the reader’s language, each under the name that is shown', () => {
  const named = (lang: string, name: string) => ({ texts: { [lang]: { name, shortName: null, about: '' } } })
  const shown = [named('es', 'Ñandutí'), named('es', 'Zurda'), named('fr', 'Écoute'), named('es', 'nosotras'), named('es', 'Entre')]
  const names = (lang: string) => sortedByName(shown, lang).map(({ texts }) => nameIn(texts, lang).text)
  expect(names('es')).toEqual(['Écoute', 'Entre', 'nosotras', 'Ñandutí', 'Zurda'])
  expect(names('fr')).toEqual(['Écoute', 'Entre', 'Ñandutí', 'nosotras', 'Zurda'])
})
