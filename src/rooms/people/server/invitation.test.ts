import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { Invited } from '#rooms/people/invitation.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { invite, revokeInvitation } from '#rooms/people/server/invitation-actions.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { listMembers, listOpenLinks } from '#rooms/people/server/member-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { findPasswordHash } from '#rooms/people/server/sign-in-queries.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
let count = 0

/** Somebody who comes in by a link, with what her session knows of her. */
async function enter(token: string, at = now): Promise<Person & { token: string }> {
  const { totpSecret } = (await findEntryLink(db.read, hashToken(token)))!
  const outcome = await act({ db }, (tx) => comeIn(tx, hashToken(token), {
    name: 'Luz', signInName: `luz-${++count}`, lang: 'es', passwordHash: '$argon2id$test', code: codeOf(totpSecret!, at),
    recoveryHashes: [hashRecoveryCode(`code ${count}`)], sharedDevice: false, device: null, pinHash: null,
  }, at))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  return { ...(await findSignedIn(db.read, hashToken(outcome.token), at))!.viewer, token: outcome.token }
}
const steward = async () => enter((await act({ db }, (tx) => makeStewardLink(tx, 'operator', now))).token)
const made = async (who: Person, to: Invited) => {
  const link = await act({ db }, (tx) => invite(tx, who, to, now))
  if (link === 'not-found') throw new Error(link)
  return link
}
const added = await act({ db }, (tx) => addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
if (!added.added) throw new Error(added.obstacle)
const organisationId = added.id
const translator: Invited = { duty: 'translator', organisationId, lang: 'ht' }
const first = await steward()

test('who is invited comes in to exactly that duty, within seven days', async () => {
  const { token } = await made(first, translator)
  expect((await enter(token, now.add({ hours: 7 * 24 - 1 }))).duties).toEqual([{ duty: 'translator', organisationId, lang: 'ht' }])
  const late = await made(first, translator)
  await expect(enter(late.token, now.add({ hours: 7 * 24 }))).rejects.toThrow('dead-link')
})

test('only a steward invites, revokes and ends access, also when her session still says that she is one', async () => {
  const editor = await enter((await made(first, { duty: 'editor', organisationId, lang: null })).token)
  const former = await steward()
  expect(await act({ db }, (tx) => letGo(tx, first, former.id, now))).toBeNull()
  const { id } = await made(first, translator)
  for (const who of [editor, former]) {
    expect(await act({ db }, (tx) => invite(tx, who, translator, now))).toBe('not-found')
    expect(await act({ db }, (tx) => revokeInvitation(tx, who, id, now))).toBe('not-found')
    expect(await act({ db }, (tx) => letGo(tx, who, first.id, now))).toBe('not-found')
  }
  expect((await listOpenLinks(db.read, now)).map((link) => link.id)).toContain(id)
})

test('nobody is invited to an organisation that is not there', async () => {
  for (const missing of ['019aca11-0000-7000-8000-000000000009', 'no id', '']) {
    expect(await act({ db }, (tx) => invite(tx, first, { ...translator, organisationId: missing }, now)), missing).toBe('not-found')
  }
})

test('a cancelled invitation lets nobody in, and is cancelled once', async () => {
  const { id, token } = await made(first, translator)
  expect(await act({ db }, (tx) => revokeInvitation(tx, first, id, now))).toBeNull()
  await expect(enter(token)).rejects.toThrow()
  expect(await act({ db }, (tx) => revokeInvitation(tx, first, id, now))).toBe('not-found')
  expect((await listOpenLinks(db.read, now)).map((link) => link.id)).not.toContain(id)
})

test('who leaves is out on every device, keeps no secret here, and her name is never another’s', async () => {
  const leaving = await enter((await made(first, translator)).token)
  const name = (await listMembers(db.read, now)).find((one) => one.id === leaving.id)!.signInName
  expect(await act({ db }, (tx) => letGo(tx, first, leaving.id, now))).toBeNull()
  expect(await findSignedIn(db.read, hashToken(leaving.token), now)).toBeUndefined()
  expect(await findPasswordHash(db.read, name)).toBeUndefined()
  for (const table of ['personSecret', 'recoveryCode'] as const) {
    expect(await db.read.selectFrom(table).select('personId').where('personId', '=', leaving.id).execute(), table).toEqual([])
  }
  expect((await listMembers(db.read, now)).map((one) => one.id)).not.toContain(leaving.id)
  expect(await db.read.selectFrom('person').select('endedAt').where('signInName', '=', name).execute()).toEqual([{ endedAt: now }])
  expect(await act({ db }, (tx) => letGo(tx, first, leaving.id, now)), 'once').toBe('not-found')
})

test('links that she made and nobody used go with her', async () => {
  const second = await steward()
  const { token } = await made(second, translator)
  expect(await act({ db }, (tx) => letGo(tx, first, second.id, now))).toBeNull()
  await expect(enter(token)).rejects.toThrow()
})

test('the last steward cannot go, and two who let each other go at once leave one behind', async () => {
  expect(await act({ db }, (tx) => letGo(tx, first, first.id, now))).toBe('last-steward')
  const second = await steward()
  let turn = 0
  const outcomes = await twiceAtOnce(db, (tx) => (turn++ === 0 ? letGo(tx, first, second.id, now) : letGo(tx, second, first.id, now)))
  expect(outcomes).toEqual([null, 'not-found'])
  expect((await findSignedIn(db.read, hashToken(first.token), now))?.viewer.id).toBe(first.id)
})

test('each act leaves its entry, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'detail', 'actor', 'subject']).execute()
  for (const one of ['make-entry-link', 'revoke-entry-link', 'let-go']) expect(entries.map(({ act: done }) => done)).toContain(one)
  expect(JSON.stringify(entries)).not.toMatch(/luz|argon/i)
})
