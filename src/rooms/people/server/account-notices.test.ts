// What happens to somebody's account and duties is told her, and whoever must act on it; the notices of everybody are compared.
import { beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { NoticeKind } from '#rooms/people/notice.ts'
import { endDuty, giveDuty } from '#rooms/people/server/duty-actions.ts'
import { findPerson } from '#rooms/people/server/duty-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { beginKeyChange, changePassword, changeRecoveryCodes, finishKeyChange } from '#rooms/people/server/own-account-actions.ts'
import { findNewKey } from '#rooms/people/server/own-account-queries.ts'
import { addPasskey, askForPasskey, endPasskey } from '#rooms/people/server/passkey-actions.ts'
import { listPasskeys } from '#rooms/people/server/passkey-queries.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { proofTyped } from '#rooms/people/server/proving.ts'
import { askForRecovery, confirmRecovery, refuseRecovery } from '#rooms/people/server/recovery-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { findRequest } from '#rooms/people/server/recovery-queries.ts'
import { spokenCodeOf } from '#rooms/people/server/recovery-token.ts'
import { recoverAccount } from '#rooms/people/server/recovering-actions.ts'
import { endSession } from '#rooms/people/server/session-actions.ts'
import { SoftAuthenticator } from '#rooms/people/server/testing/soft-authenticator.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'

const { db } = await testDatabase()
const came = Temporal.Instant.from('2026-11-01T10:00:00Z')
let now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const PASSWORD = 'four words in a row'
const passwordHash = await hashPassword(PASSWORD)
const house = { db, clock: () => now, wait: () => Promise.resolve() }
let count = 0
const does = <T>(fn: (tx: Tx) => Promise<T>) => act({ db }, fn)
const forgetAll = () => does((tx) => tx.deleteFrom('deskNotice').execute())

let place = '', luz: Standing, ana: Standing, eva: Standing, steward: Standing
beforeEach(async () => {
  now = now.add({ minutes: 5 })
  const named = ++count
  const added = await does((tx) => addOrganisation(tx, `organisation-${named}`, { texts: { en: { name: 'Organisation', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
  if (!added.added) throw new Error(added.obstacle)
  place = added.id
  const person = (name: string, duty: 'editor' | 'steward', since = came) => standingPerson(db, `${name}-${named}`, duty, duty === 'steward' ? null : place, since, { passwordHash })
  // Luz signs in now: of sessions as old as the others' nothing is left.
  ;[luz, ana, eva, steward] = [await person('luz', 'editor', now), await person('ana', 'editor'), await person('eva', 'editor'), await person('steward', 'steward')]
  await forgetAll()
})
const proof = async (who = luz) => {
  now = now.add({ minutes: 1 })
  return proofTyped(house, new SlowDown(), who, { password: PASSWORD, code: codeOf(who.key, now) })
}
/** Everything that anybody was told: who, of what and about which row. */
async function told() {
  const names = new Map([luz, ana, eva, steward].map((one) => [one.id, one.signInName.split('-')[0]!]))
  const rows = await db.read.selectFrom('deskNotice').select(['personId', 'kind', 'subject']).orderBy('id').execute()
  return rows.map(({ personId, kind, subject }) => [names.get(personId) ?? 'another', kind, subject] as const).sort()
}
const onlyHer = (...kinds: NoticeKind[]) => kinds.map((kind) => ['luz', kind, null])

test('she alone is told that her password, her recovery codes and her app were changed, and of no try that failed', async () => {
  const dead = await proof()
  await does((tx) => changePassword(tx, luz, dead, passwordHash, now))
  expect(await told()).toEqual(onlyHer('password-changed'))
  expect(await does((tx) => changePassword(tx, luz, dead, passwordHash, now))).toBe('not-proven')
  expect(await does((tx) => changeRecoveryCodes(tx, luz, dead, [], now))).toBe('not-proven')
  expect(await told()).toEqual(onlyHer('password-changed'))
  const forCodes = await proof()
  await does((tx) => changeRecoveryCodes(tx, luz, forCodes, [hashRecoveryCode('new')], now))
  const forKey = await proof()
  await does((tx) => beginKeyChange(tx, luz, forKey, now))
  expect(await told(), 'a key that has shown no code is not hers yet').toEqual(onlyHer('codes-changed', 'password-changed'))
  const key = (await findNewKey(db.read, luz.sessionId, now))!
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), null, now))).toBeNull()
  expect(await told()).toEqual(onlyHer('app-changed', 'codes-changed', 'password-changed'))
})

test('she alone is told of a passkey that was added and of one that was ended', async () => {
  const where = { origin: 'https://alliance.example', rpId: 'alliance.example' }
  const asked = await does((tx) => askForPasskey(tx, luz, now))
  if ('obstacle' in asked) throw new Error(asked.obstacle)
  const answer = new SoftAuthenticator().make({ challenge: asked.challenge, ...where })
  expect(await does((tx) => addPasskey(tx, luz, { answer, place: where, label: 'laptop' }, now))).toBeNull()
  expect(await does((tx) => addPasskey(tx, luz, { answer, place: where, label: 'laptop' }, now))).toBe('refused')
  expect(await told()).toEqual(onlyHer('passkey-added'))
  const [passkey] = await listPasskeys(db.read, luz.id)
  expect(await does((tx) => endPasskey(tx, luz, passkey!.id, now))).toBeNull()
  expect(await told()).toEqual(onlyHer('passkey-added', 'passkey-removed'))
})

test('who got a duty or lost one is told which, and nobody is told of what she did herself', async () => {
  const duty = { duty: 'translator' as const, organisationId: place, lang: 'es' }
  for (const who of [luz, steward]) {
    expect(await does((tx) => giveDuty(tx, steward, who.id, duty, now))).toBeNull()
    expect(await does((tx) => giveDuty(tx, steward, who.id, duty, now))).toBe('already-held')
  }
  const dutyOf = async (who: Person) => (await findPerson(db.read, who.id))!.duties.find((one) => one.duty === 'translator')!.id
  expect(await told()).toEqual([['luz', 'duty-given', await dutyOf(luz)]])
  for (const who of [luz, steward]) {
    const id = await dutyOf(who)
    expect(await does((tx) => endDuty(tx, steward, who.id, id, now))).toBeNull()
  }
  expect(await told()).toEqual([['luz', 'duty-ended', await dutyOf(luz)], ['luz', 'duty-given', await dutyOf(luz)]])
})

const ask = () => does((tx) => askForRecovery(tx, luz.signInName, now))

test('who can confirm is told once that she asks, and herself where she is signed in', async () => {
  const asked = [['ana', 'recovery-asked', luz.id], ['eva', 'recovery-asked', luz.id], ['luz', 'recovery-asked-as-you', null]]
  await ask()
  await ask()
  expect(await told(), 'the steward cannot confirm, so she is told nothing').toEqual(asked)
  await does((tx) => refuseRecovery(tx, ana, luz.id, now))
  await does((tx) => endSession(tx, luz, luz.sessionId, now))
  await ask()
  expect(await told(), 'asked anew').toEqual([...asked, ...asked.slice(0, 2)].sort())
})

test('a steward is told where only she can confirm', async () => {
  const alone = await standingPerson(db, `sol-${count}`, 'steward', null, came)
  await does((tx) => askForRecovery(tx, alone.signInName, now))
  expect((await told()).every(([name, kind, subject]) => !['luz', 'ana', 'eva'].includes(name) && kind === 'recovery-asked' && subject === alone.id)).toBe(true)
  expect((await told()).filter(([name]) => name === 'steward')).toHaveLength(1)
})

test('a name that nobody has tells nobody', async () => {
  await does((tx) => askForRecovery(tx, 'nobody-of-this-name', now))
  expect(await told()).toEqual([])
})

test('she is told that colleagues let her back in', async () => {
  const token = await ask()
  for (const who of [ana, eva]) expect(await does((tx) => confirmRecovery(tx, who, luz.id, spokenCodeOf(token), now))).toBeNull()
  await forgetAll()
  const key = (await findRequest(db.read, hashToken(token)))!.totpSecret!
  expect(await does((tx) => recoverAccount(tx, hashToken(token), { passwordHash, code: codeOf(key, now), recoveryHashes: [hashRecoveryCode('back')], sharedDevice: false, device: null }, now))).toMatchObject({ recovered: true })
  expect(await told()).toEqual(onlyHer('recovered'))
})
