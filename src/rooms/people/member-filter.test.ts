import { expect, test } from 'vitest'
import { isAskedFor } from './member-filter.ts'

const maria = { name: 'María Núñez', signInName: 'mari', duties: [{ duty: 'editor' as const, organisationId: 'a' }, { duty: 'delegate' as const, organisationId: 'b' }] }

test.each([
  ['nothing', {}, true], ['a part of her name, without its accents', { q: ' nunez ' }, true], ['her name to sign in', { q: 'MARI' }, true],
  ['another name', { q: 'luz' }, false], ['her organisation', { organisation: 'a' }, true], ['another one', { organisation: 'c' }, false],
  ['her duty', { duty: 'delegate' }, true], ['a duty that she has elsewhere', { organisation: 'a', duty: 'delegate' }, false],
  ['her duty there', { organisation: 'a', duty: 'editor' }, true], ['her duty under another name', { q: 'luz', duty: 'editor' }, false],
] as const)('who asks for %s', (_, asked, isFound) => {
  expect(isAskedFor(maria, { q: '', organisation: '', duty: '', ...asked })).toBe(isFound)
})
