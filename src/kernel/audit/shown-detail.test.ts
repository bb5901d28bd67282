import { expect, test } from 'vitest'
import { ACTS } from '#kernel/audit/acts.ts'
import { shownDetail } from '#kernel/audit/shown-detail.ts'

const ID = '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31'
const FIELDS = ['lang', 'duty', 'key', 'choice', 'from', 'into', 'organisationId', 'speaksFor', 'entryLinkId', 'proposalId']
/** What must not be read, under names that acts use, and under names that they do not. */
const HOSTILE = ['203.0.113.7', '2001:db8::7', 'ana@example.org', 'A secret sentence.', '/desk/in/Zm9vYmFy', '<script>alert(1)</script>', `${ID} `, '', 7, null, true, { lang: 'es' }, ['es']]

test.each(ACTS)('%s shows nothing of what has another form than its act gives it', (act) => {
  for (const value of HOSTILE) expect(shownDetail(act, Object.fromEntries(FIELDS.map((field) => [field, value]))), String(value)).toEqual({})
})

test.each(ACTS)('%s shows no field that is in no list', (act) => {
  const unseen = { address: '203.0.113.7', ip: 'es', token: ID, hash: 'es', value: 'es', note: 'es', mail: 'es', reason: 'es', agrees: true, revisionId: ID, dutyId: ID, codes: 10, why: 'es', outcome: 'es', by: 'passkey' }
  expect(shownDetail(act, unseen)).toEqual({})
})

test('what is in the list is shown, of an act that is known', () => {
  expect(shownDetail('give-duty', { duty: 'editor', organisationId: ID, lang: 'ht', dutyId: ID })).toEqual({ duty: 'editor', organisationId: ID, lang: 'ht' })
  expect(shownDetail('publish-revision', { lang: 'es', revisionId: ID, from: '2026-11-24T05:00:00Z' })).toEqual({ lang: 'es', from: Temporal.Instant.from('2026-11-24T05:00:00Z') })
  expect(shownDetail('set-site', { key: 'colour', value: '#c8141e' })).toEqual({ key: 'colour' })
  expect(shownDetail('sign-in', { lang: 'es', duty: 'editor' })).toEqual({})
  expect(shownDetail('an-older-act', { lang: 'es' })).toEqual({})
  expect(shownDetail('toString', { lang: 'es' })).toEqual({})
})
