import { expect, test } from 'vitest'
import { invitedBy } from '#rooms/people/invitation.ts'

const LANGUAGES = ['en', 'es', 'ht']
const organisation = '019aca11-0000-7000-8000-000000000001'
const invited = (duty: string, more: { organisation?: string; lang?: string } = {}) => invitedBy({ duty, organisation: '', lang: '', ...more }, LANGUAGES)

test.each([
  ['steward', {}, { duty: 'steward', organisationId: null, lang: null }],
  ['steward', { organisation, lang: 'es' }, { duty: 'steward', organisationId: null, lang: null }],
  ['delegate', { organisation }, { duty: 'delegate', organisationId: organisation, lang: null }],
  ['editor', { organisation }, { duty: 'editor', organisationId: organisation, lang: null }],
  ['translator', { organisation, lang: 'ht' }, { duty: 'translator', organisationId: organisation, lang: 'ht' }],
  ['delegate', {}, 'no-organisation'],
  ['delegate', { organisation, lang: 'es' }, 'no-language-of-duty'],
  ['translator', { organisation, lang: 'xx' }, 'no-language-of-duty'],
  ['', { organisation }, 'no-duty'],
  ['queen', { organisation }, 'no-duty'],
])('an invitation to %s with %j is %j', (duty, more, expected) => {
  expect(invited(duty, more)).toEqual(expected)
})
