import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { invite } from '#rooms/people/server/invitation-actions.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { markAllRead, markNotice, notify, undoMarkAll } from '#rooms/people/server/notice-actions.ts'
import { countNewNotices, listNotices } from '#rooms/people/server/notice-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { recordRecognition } from '#rooms/people/server/recognition-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { signIn } from '#rooms/people/server/sign-in-actions.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
let count = 0

async function enter(token: string): Promise<Person & { signInName: string }> {
  const { totpSecret } = (await findEntryLink(db.read, hashToken(token)))!
  const signInName = `luz-${++count}`
  const outcome = await act({ db }, (tx) => comeIn(tx, hashToken(token), {
    name: `Luz ${count}`, signInName, lang: 'es', passwordHash: '$argon2id$test', code: codeOf(totpSecret!, now),
    recoveryHashes: [hashRecoveryCode(`code ${count}`)], sharedDevice: false, device: 'Firefox, Linux', pinHash: null,
  }, now))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  return { ...(await findSignedIn(db.read, hashToken(outcome.token), now))!.viewer, signInName }
}
const steward = async () => enter((await act({ db }, (tx) => makeStewardLink(tx, 'operator', now))).token)
const told = async (who: Person) => (await listNotices(db.read, who.id)).map(({ kind }) => kind)
const added = await act({ db }, (tx) => addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
if (!added.added) throw new Error(added.obstacle)
const organisationId = added.id
const invited = async (by: Person) => {
  const link = await act({ db }, (tx) => invite(tx, by, { duty: 'delegate', organisationId, lang: null }, now))
  if (link === 'not-found') throw new Error(link)
  return enter(link.token)
}
const first = await steward()

test('whoever invited is told who came in, and every steward of one whom no steward invited', async () => {
  const hers = await invited(first)
  expect(await listNotices(db.read, first.id)).toMatchObject([{ kind: 'came-in', person: `Luz ${count}`, readAt: null, at: now }])
  const second = await steward()
  expect(await told(first)).toEqual(['steward-came-in', 'came-in'])
  expect([await told(hers), await told(second)], 'nobody is told of herself').toEqual([[], []])
})

test('a kind of device that she never used and a recovery code are told her, a device of hers is not', async () => {
  const who = await invited(first)
  const at = (device: string | null) => act({ db }, (tx) => startSession(tx, who.id, { sharedDevice: false, device }, now))
  await at('Firefox, Linux')
  expect(await told(who)).toEqual([])
  await at('Chrome, Android')
  await at(null)
  await at(null)
  expect((await listNotices(db.read, who.id)).map(({ kind, device }) => [kind, device])).toEqual([['signed-in', null], ['signed-in', 'Chrome, Android']])
  await act({ db }, (tx) => signIn(tx, { signInKey: who.signInName, fittingHash: '$argon2id$test', code: `code ${count}`, sharedDevice: false, device: null }, now))
  expect(await told(who)).toContain('recovery-code-used')
})

test('an act that fails tells nobody', async () => {
  const who = await invited(first)
  await act({ db }, async (tx) => {
    await notify(tx, { kind: 'password-changed', to: [who.id, who.id] }, now)
    throw new Error('refused')
  }).catch(() => {})
  expect(await told(who)).toEqual([])
  await act({ db }, (tx) => notify(tx, { kind: 'password-changed', to: [who.id, who.id] }, now))
  expect(await told(who), 'once').toEqual(['password-changed'])
})

test('whose access ends has no notice left, and the other stewards are told', async () => {
  const third = await steward()
  const leaving = await invited(third)
  await act({ db }, (tx) => notify(tx, { kind: 'password-changed', to: [leaving.id] }, now))
  expect(await act({ db }, (tx) => letGo(tx, third, leaving.id, now))).toBeNull()
  expect(await told(leaving)).toEqual([])
  expect([(await told(first))[0], (await told(third)).includes('access-ended')]).toEqual(['access-ended', false])
})

test('those of an organisation are told that it was recognised', async () => {
  const who = await invited(first)
  expect(await act({ db }, (tx) => recordRecognition(tx, organisationId, { recognisedOn: Temporal.PlainDate.from('2026-11-29'), basis: 'a vote' } as never, 'operator', now))).toBeNull()
  expect(await listNotices(db.read, who.id)).toMatchObject([{ kind: 'recognised', organisationId }])
})

test('what is read is read for her alone; all at once can be undone, and what came since stays new', async () => {
  const [who, other] = [await invited(first), await invited(first)]
  for (const minutes of [0, 1, 2]) await act({ db }, (tx) => notify(tx, { kind: 'codes-changed', to: [who.id, other.id] }, now.add({ minutes })))
  const [newest, , oldest] = await listNotices(db.read, who.id)
  const later = now.add({ minutes: 30 })
  expect(await act({ db }, (tx) => markNotice(tx, other, oldest!.id, true, later))).toBe('not-found')
  expect(await act({ db }, (tx) => markNotice(tx, who, 'nothing', true, later))).toBe('not-found')
  expect(await act({ db }, (tx) => markNotice(tx, who, oldest!.id, true, later))).toBeNull()
  expect(await countNewNotices(db.read, who.id)).toBe(2)
  await act({ db }, (tx) => notify(tx, { kind: 'recovered', to: [who.id] }, now.add({ minutes: 31 })))
  await act({ db }, (tx) => markAllRead(tx, who, newest!.at, now.add({ minutes: 32 })))
  expect([await countNewNotices(db.read, who.id), await countNewNotices(db.read, other.id)]).toEqual([1, 3])
  expect((await listNotices(db.read, who.id))[0]!.kind, 'what is new stands first').toBe('recovered')
  await act({ db }, (tx) => undoMarkAll(tx, who, now.add({ minutes: 32 })))
  expect(await countNewNotices(db.read, who.id)).toBe(3)
})

test('what was read long ago is removed when the next comes, what was not stays', async () => {
  const who = await invited(first)
  for (const kind of ['codes-changed', 'app-changed'] as const) await act({ db }, (tx) => notify(tx, { kind, to: [who.id] }, now))
  await act({ db }, async (tx) => markNotice(tx, who, (await listNotices(tx, who.id)).find(({ kind }) => kind === 'app-changed')!.id, true, now))
  await act({ db }, (tx) => notify(tx, { kind: 'recovered', to: [who.id] }, now.add({ hours: 24 * 90 + 1 })))
  expect(await told(who)).toEqual(['recovered', 'codes-changed'])
})

test('reading leaves no trace in the log of acts', async () => {
  const entries = async () => (await db.read.selectFrom('auditEntry').select('id').execute()).length
  const who = await invited(first)
  await act({ db }, (tx) => notify(tx, { kind: 'recovered', to: [who.id] }, now))
  const before = await entries()
  await act({ db }, (tx) => markAllRead(tx, who, now, now))
  expect(await entries()).toBe(before)
})
