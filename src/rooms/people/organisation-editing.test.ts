import { expect, test } from 'vitest'
import { canonicalWords, editingReach, mayListOrganisations, wordsWithin } from './organisation-editing.ts'
import { DUTIES } from './person.ts'

const viewer = (duty: string, organisationId: string | null, lang: string | null = null) => ({ duties: [{ duty, organisationId, lang }] })

test.each(DUTIES.flatMap((duty) => [['a', null], ['a', 'es'], ['b', null], ['b', 'es']].map(([organisation, lang]) => ({ duty, organisation: organisation!, lang: lang! }))))(
  '$duty in $organisation, language $lang, changes of organisation a what that duty opens and no more', ({ duty, organisation, lang }) => {
    const reach = editingReach(viewer(duty, duty === 'steward' ? null : organisation, lang), 'a')
    if (duty === 'steward') expect(reach).toBe('all')
    else if (organisation === 'a' && (duty === 'editor' || duty === 'delegate')) expect(reach).toEqual(lang === null ? 'all' : [lang])
    else expect(reach).toBeNull()
  })

test('two languages open both, and who has no duty nothing, not even the list', () => {
  const both = { duties: [...viewer('editor', 'a', 'es').duties, ...viewer('editor', 'a', 'pt').duties, ...viewer('translator', 'a', 'fr').duties] }
  expect(editingReach(both, 'a')).toEqual(['es', 'pt'])
  expect([editingReach({ duties: [] }, 'a'), mayListOrganisations({ duties: [] }), mayListOrganisations(both)]).toEqual([null, false, true])
})

const text = (name: string) => ({ name, shortName: null, about: '' })
const standing = { texts: { es: text('A'), pt: text('B') }, places: ['UY'], fields: ['hiv' as const], links: ['https://a.example/'] }

test('who changes one language leaves the others, the places and the links as they are', () => {
  const written = { texts: { es: text('Nueva'), pt: text('Nova'), fr: text('Neuve') }, places: ['AR'], fields: [], links: [] }
  expect(wordsWithin(['es'], written, standing)).toEqual({ ...standing, texts: { es: text('Nueva'), pt: text('B') } })
  expect(wordsWithin('all', written, standing)).toEqual(written)
})

test('words are the same in whatever order they came, and other when one of them is', () => {
  const turned = { texts: { pt: text('B'), es: text('A') }, places: ['UY'], fields: ['hiv' as const], links: ['https://a.example/'] }
  expect(canonicalWords(turned)).toBe(canonicalWords(standing))
  for (const other of [{ ...standing, places: [] }, { ...standing, fields: [] }, { ...standing, links: [] }, { ...standing, texts: { es: text('A') } }]) {
    expect(canonicalWords(other)).not.toBe(canonicalWords(standing))
  }
})
