import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { newId } from '#kernel/id/id.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { listNotices } from '#rooms/people/server/notice-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { endAllSessions, endSession, endSessionsOf, noteSeen, noteTab } from '#rooms/people/server/session-actions.ts'
import { findSignedIn, listSessions } from '#rooms/people/server/session-queries.ts'
import { signIn } from '#rooms/people/server/sign-in-actions.ts'
import { findPasswordHash } from '#rooms/people/server/sign-in-queries.ts'
import { signInTyped } from '#rooms/people/server/signing-in.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'

const { db } = await testDatabase()
let now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const waits: number[] = []
const house = { db, clock: () => now, wait: (ms: number) => (waits.push(ms), Promise.resolve()) }
const PASSWORD = 'four words in a row'
const RECOVERY = ['aaaa-3333-tttt-7777', 'aaaa-3333-tttt-9999', 'aaaa-3333-tttt-4444']
let slow = new SlowDown()
let secret = ''

async function person(signInName: string) {
  const { token } = await act({ db }, (tx) => makeStewardLink(tx, 'operator', now))
  const key = (await findEntryLink(db.read, hashToken(token)))!.totpSecret!
  const who = {
    name: 'Luz', signInName, lang: 'es', passwordHash: await hashPassword(PASSWORD), code: codeOf(key, now),
    recoveryHashes: RECOVERY.map(hashRecoveryCode), sharedDevice: false, device: null, pinHash: null,
  }
  const outcome = await act({ db }, (tx) => comeIn(tx, hashToken(token), who, now))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  return { key, token: outcome.token }
}
const later = (duration: Temporal.DurationLike) => { now = now.add(duration) }
const attempt = (code: string, changes: object = {}) =>
  signInTyped(house, slow, { signInName: 'luz', password: PASSWORD, code, sharedDevice: false, device: 'Firefox, Linux', ...changes })
const comesInTwice = async (code: string) => {
  const asked = { signInKey: 'luz', fittingHash: await findPasswordHash(db.read, 'luz'), code, sharedDevice: false, device: null }
  return (await twiceAtOnce(db, (tx) => signIn(tx, asked, now))).map((outcome) => outcome !== undefined)
}
const viewerOf = async (token: string) => (await findSignedIn(db.read, hashToken(token), now))?.viewer

beforeAll(async () => {
  secret = (await person('Luz')).key
  await person('other')
})

test('name, password and code let her in, whatever case or accent she types the name with', async () => {
  later({ minutes: 2 })
  expect(await viewerOf((await attempt(codeOf(secret, now), { signInName: ' LÚZ ' }))!)).toMatchObject({ is: 'person' })
})

test('a code lets in once, also when it comes twice at the same time', async () => {
  later({ minutes: 2 })
  const code = codeOf(secret, now)
  expect(await comesInTwice(code)).toEqual([true, false])
  expect(await attempt(code)).toBeUndefined()
})

test('a recovery code lets in once, in place of the one-time code', async () => {
  expect(await attempt(RECOVERY[0]!.toUpperCase())).toBeDefined()
  expect(await attempt(RECOVERY[0]!)).toBeUndefined()
  expect(await comesInTwice(RECOVERY[1]!)).toEqual([true, false])
})

test('a wrong password uses no code up', async () => {
  later({ minutes: 2 })
  expect(await attempt(codeOf(secret, now), { password: 'another password' })).toBeUndefined()
  expect(await attempt(RECOVERY[2]!, { password: 'another password' })).toBeUndefined()
  expect(await attempt(RECOVERY[2]!)).toBeDefined()
  expect(await attempt(codeOf(secret, now))).toBeDefined()
})

test('an unknown name, a wrong password and a wrong code take the same time', async () => {
  later({ minutes: 2 })
  const ways = { 'unknown name': { signInName: 'nobody' }, 'wrong password': { password: 'another password' }, 'wrong code': {} }
  const times = Object.keys(ways).map(() => [] as number[])
  // In turn, so that a busy moment of the machine falls on all of them.
  for (let i = 0; i < 20; i++) {
    for (const [n, changes] of Object.values(ways).entries()) {
      slow = new SlowDown()
      const began = performance.now()
      expect(await attempt('000000', changes)).toBeUndefined()
      times[n]!.push(performance.now() - began)
    }
  }
  // What else runs on the machine only adds to a time: the least of them is what the way itself takes.
  const least = times.map((one) => Math.min(...one))
  expect(Math.max(...least) / Math.min(...least), least.join(' ms, ')).toBeLessThan(2)
})

test('guesses are slowed, for names that nobody has in the same way, and never shut her out', async () => {
  slow = new SlowDown()
  const waitsFor = async (signInName: string) => {
    waits.length = 0
    for (let i = 0; i < 8; i++) await attempt('000000', { signInName, password: 'x' })
    return [...waits]
  }
  const slowed = await waitsFor('luz')
  expect(slowed).toEqual([0, 0, 0, 500, 1000, 2000, 4000, 5000])
  expect(await waitsFor('nobody')).toEqual(slowed)
  later({ minutes: 2 })
  expect(await attempt(codeOf(secret, now))).toBeDefined()
})

test('a session ends after twelve idle hours, on a shared device after ten idle minutes, and lives on while she is here', async () => {
  slow = new SlowDown()
  later({ minutes: 2 })
  const own = (await attempt(codeOf(secret, now)))!
  later({ minutes: 2 })
  const shared = (await attempt(codeOf(secret, now), { sharedDevice: true }))!
  later({ minutes: 9 })
  const { sessionId } = (await viewerOf(shared))!
  await act({ db }, (tx) => noteSeen(tx, sessionId, now))
  later({ minutes: 9 })
  expect(await viewerOf(shared)).toBeDefined()
  later({ minutes: 1 })
  expect(await viewerOf(shared)).toBeUndefined()
  expect(await viewerOf(own)).toBeDefined()
  later({ hours: 12 })
  expect(await viewerOf(own)).toBeUndefined()
})

test('a shared device’s session ends half a minute after its tab closed, unless a page opens in it; another never by a tab', async () => {
  slow = new SlowDown()
  const at = (second: number) => Temporal.Instant.fromEpochMilliseconds(1_790_000_000_000 + second * 1000)
  const says = async (token: string, is: 'open' | 'closed', second: number) => {
    const { sessionId } = (await viewerOf(token))!
    await act({ db }, (tx) => noteTab(tx, sessionId, { is, at: at(second) }, now))
  }
  later({ minutes: 2 })
  const own = (await attempt(codeOf(secret, now)))!
  later({ minutes: 2 })
  const shared = (await attempt(codeOf(secret, now), { sharedDevice: true }))!
  await says(own, 'closed', 1)
  await says(shared, 'open', 1)
  await says(shared, 'closed', 2)
  await says(shared, 'open', 3)
  await says(shared, 'closed', 2)
  later({ seconds: 30 })
  expect(await viewerOf(shared), 'what it said first came last').toBeDefined()
  await says(shared, 'closed', 4)
  later({ seconds: 29 })
  expect(await viewerOf(shared)).toBeDefined()
  later({ seconds: 1 })
  expect(await viewerOf(shared)).toBeUndefined()
  expect(await viewerOf(own)).toBeDefined()
  later({ hours: 12 })
})

test('each sign-in has its own token, and she ends her sessions and nobody else’s', async () => {
  later({ minutes: 2 })
  const one = (await attempt(codeOf(secret, now)))!
  later({ minutes: 2 })
  const two = (await attempt(codeOf(secret, now)))!
  expect(one).not.toBe(two)
  const { token: elsewhere } = await person('third')
  const stranger = (await viewerOf(elsewhere))!
  const [first, second] = [(await viewerOf(one))!, (await viewerOf(two))!]
  expect(await act({ db }, (tx) => endSession(tx, second, stranger.sessionId, now))).toBe('not-found')
  expect(await act({ db }, (tx) => endSession(tx, second, 'no id', now))).toBe('not-found')
  expect(await act({ db }, (tx) => endSession(tx, second, first.sessionId, now))).toBeNull()
  expect(await viewerOf(one)).toBeUndefined()
  expect((await listSessions(db.read, second.id, now)).map(({ id }) => id)).toEqual([second.sessionId])
  await act({ db }, (tx) => endAllSessions(tx, second, now))
  expect(await viewerOf(two)).toBeUndefined()
  expect(await viewerOf(elsewhere)).toBeDefined()
})

test('a steward signs somebody out everywhere, who is told and comes in again; nobody else does', async () => {
  const viewer = await standingPerson(db, 'ana', 'steward', null, now)
  const house = await act({ db }, (tx) => addOrganisation(tx, 'house-a', { texts: { en: { name: 'House A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
  if (!house.added) throw new Error(house.obstacle)
  const [hers, other] = [await standingPerson(db, 'eva', 'editor', house.id, now), await standingPerson(db, 'ida', 'editor', house.id, now)]
  const out = (who: Person, id: string) => act({ db }, (tx) => endSessionsOf(tx, who, id, now))
  expect(await out(other, hers.id)).toBe('not-found')
  expect(await out(viewer, newId())).toBe('not-found')
  expect(await out(viewer, 'no id')).toBe('not-found')
  expect(await viewerOf(hers.token), 'nothing happened yet').toBeDefined()
  expect(await out(viewer, hers.id)).toBeNull()
  expect(await viewerOf(hers.token)).toBeUndefined()
  expect(await viewerOf(other.token), 'nobody else').toBeDefined()
  expect((await listNotices(db.read, hers.id)).map(({ kind }) => kind)).toEqual(['signed-out'])
  expect(await db.read.selectFrom('auditEntry').select(['actor', 'subject']).where('act', '=', 'end-all-sessions').where('actor', '=', viewer.id).execute()).toEqual([{ actor: viewer.id, subject: `person:${hers.id}` }])
})

test('what a form adds to name, password and code lets nobody in (mass assignment)', async () => {
  slow = new SlowDown()
  later({ minutes: 2 })
  const kept = await findPasswordHash(db.read, 'luz')
  const added = { signInKey: 'luz', fittingHash: kept, passwordHash: kept, personId: 'luz', duty: 'steward' }
  expect(await attempt(codeOf(secret, now), { signInName: 'luz', password: 'not hers', ...added })).toBeUndefined()
  expect(await attempt(codeOf(secret, now), { signInName: 'nobody', ...added })).toBeUndefined()
})

test('who has left comes in no more, by no door', async () => {
  later({ minutes: 2 })
  const token = (await attempt(codeOf(secret, now)))!
  await db.transaction((tx) => tx.updateTable('person').set({ endedAt: now }).where('signInKey', '=', 'luz').execute())
  expect(await viewerOf(token)).toBeUndefined()
  later({ minutes: 2 })
  expect(await attempt(codeOf(secret, now))).toBeUndefined()
})
