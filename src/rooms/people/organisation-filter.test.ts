import { expect, test } from 'vitest'
import { isAskedForOrganisation } from './organisation-filter.ts'

const one = {
  texts: { es: { name: 'Organización A', shortName: 'OA', about: '' }, ht: { name: 'Òganizasyon A', shortName: null, about: '' } }, fields: ['hiv' as const],
  agreedToBeShownAt: Temporal.Instant.from('2026-11-29T10:00:00Z'), recognition: null,
}

test.each([
  ['nothing', {}, true], ['a part of its name without accents', { q: 'organizacion' }, true], ['its name in another language', { q: 'OGANIZASYON' }, true],
  ['its short name', { q: 'oa' }, true], ['another name', { q: 'B' }, false], ['its field', { field: 'hiv' }, true], ['another field', { field: 'migration' }, false],
  ['those that are shown', { standing: 'shown' }, true], ['those that are not', { standing: 'not-shown' }, false], ['those that are recognised', { standing: 'led' }, false],
  ['what is no standing', { standing: 'x' }, true],
] as const)('who asks for %s', (_, asked, isFound) => {
  expect(isAskedForOrganisation(one, { q: '', field: '', standing: '', ...asked })).toBe(isFound)
})
