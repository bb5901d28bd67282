import { beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { beginKeyChange, changeName, changePassword, changeRecoveryCodes, finishKeyChange } from '#rooms/people/server/own-account-actions.ts'
import { findNewKey } from '#rooms/people/server/own-account-queries.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { proofTyped } from '#rooms/people/server/proving.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { endSession, startSession } from '#rooms/people/server/session-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { findPasswordHash } from '#rooms/people/server/sign-in-queries.ts'
import { signInTyped } from '#rooms/people/server/signing-in.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'

const { db } = await testDatabase()
let now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const waits: number[] = []
const house = { db, clock: () => now, wait: (ms: number) => (waits.push(ms), Promise.resolve()) }
const PASSWORD = 'four words in a row'
const hash = await hashPassword(PASSWORD)
let count = 0
let luz: Standing, elsewhere = ''

const proof = (password: string, code: string, slow = new SlowDown()) => proofTyped(house, slow, luz, { password, code })
const right = async () => proof(PASSWORD, codeOf(luz.key, now))
const isIn = async (token: string) => (await findSignedIn(db.read, hashToken(token), now)) !== undefined
const does = <T>(fn: (tx: Tx) => Promise<T>) => act({ db }, fn)
const signsIn = (password: string, code: string) =>
  signInTyped(house, new SlowDown(), { signInName: luz.signInName, password, code, sharedDevice: false, device: null })

beforeEach(async () => {
  now = now.add({ minutes: 5 })
  luz = await standingPerson(db, `luz-${++count}`, 'steward', null, now, { passwordHash: hash })
  elsewhere = (await does((tx) => startSession(tx, luz.id, { sharedDevice: false, device: null }, now))).token
})

test('she changes how she is called and in which language, and the log holds neither name', async () => {
  await does((tx) => changeName(tx, luz, { name: ' Sol ', lang: 'ht' }, now))
  expect(await db.read.selectFrom('person').select(['name', 'lang', 'signInName']).where('id', '=', luz.id).execute()).toEqual([{ name: 'Sol', lang: 'ht', signInName: luz.signInName }])
  expect(JSON.stringify(await db.read.selectFrom('auditEntry').select(['subject', 'detail']).where('act', '=', 'change-name').execute())).not.toMatch(/Sol|luz/)
})

test('with password and code she changes her password: the old one is dead, her other sessions end, this one stays', async () => {
  const asked = await right()
  expect(await does((tx) => changePassword(tx, luz, asked, '$argon2id$next', now))).toBeNull()
  expect(await findPasswordHash(db.read, luz.signInName)).toBe('$argon2id$next')
  expect([await isIn(luz.token), await isIn(elsewhere)]).toEqual([true, false])
})

test('a wrong password, a wrong code, a code that was used and a session that has ended change nothing', async () => {
  const used = codeOf(luz.key, now)
  const wrong = [await proof('another password', codeOf(luz.key, now)), await proof(PASSWORD, '000000'), await proof(PASSWORD, 'no-such-code')]
  for (const asked of wrong) {
    expect(await does((tx) => changePassword(tx, luz, asked, '$argon2id$next', now))).toBe('not-proven')
    expect(await does((tx) => changeRecoveryCodes(tx, luz, asked, [hashRecoveryCode('new')], now))).toBe('not-proven')
    expect(await does((tx) => beginKeyChange(tx, luz, asked, now))).toBe('not-proven')
  }
  expect(await signsIn(PASSWORD, used), 'and a wrong password uses no code up').toBeDefined()
  const again = await proof(PASSWORD, used)
  expect(await does((tx) => changePassword(tx, luz, again, '$argon2id$next', now))).toBe('not-proven')
  now = now.add({ minutes: 1 })
  const late = await right()
  await does((tx) => endSession(tx, luz, luz.sessionId, now))
  expect(await does((tx) => changePassword(tx, luz, late, '$argon2id$next', now))).toBe('not-proven')
  expect(await findPasswordHash(db.read, luz.signInName)).toBe(hash)
  expect(await isIn(elsewhere)).toBe(true)
})

test('one code is proof once, also when it comes twice at once', async () => {
  const asked = await right()
  expect(await twiceAtOnce(db, (tx) => changePassword(tx, luz, asked, hash, now))).toEqual([null, 'not-proven'])
})

test('wrong answers are slowed as those of sign-in are', async () => {
  const slow = new SlowDown()
  waits.length = 0
  for (let n = 0; n < 6; n++) await proof('another password', '000000', slow)
  expect(waits).toEqual([0, 0, 0, 500, 1000, 2000])
})

test('new recovery codes end the old ones, and a recovery code is proof enough for them', async () => {
  const asked = await proof(PASSWORD, luz.recoveryCode)
  expect(await does((tx) => changeRecoveryCodes(tx, luz, asked, [hashRecoveryCode('fresh')], now))).toBeNull()
  expect(await signsIn(PASSWORD, luz.recoveryCode)).toBeUndefined()
  expect(await signsIn(PASSWORD, 'fresh')).toBeDefined()
})

test('a new key is hers from its first code on; until then the old one lets her in', async () => {
  const asked = await right()
  expect(await does((tx) => beginKeyChange(tx, luz, asked, now))).toBeNull()
  const key = (await findNewKey(db.read, luz.sessionId, now))!
  expect(await does((tx) => finishKeyChange(tx, luz, '12345', null, now))).toBe('wrong-code')
  now = now.add({ minutes: 2 })
  expect(await signsIn(PASSWORD, codeOf(luz.key, now))).toBeDefined()
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), null, now))).toBeNull()
  expect([await isIn(luz.token), await isIn(elsewhere)]).toEqual([true, false])
  expect(await signsIn(PASSWORD, codeOf(key, now)), 'the code that brought it is used up').toBeUndefined()
  now = now.add({ minutes: 2 })
  expect(await signsIn(PASSWORD, codeOf(luz.key, now))).toBeUndefined()
  expect(await signsIn(PASSWORD, codeOf(key, now))).toBeDefined()
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), null, now)), 'once').toBe('no-key')
})

test('a new key is shown to the session that asked for it, for fifteen minutes, and to no other', async () => {
  const other = (await findSignedIn(db.read, hashToken(elsewhere), now))!.viewer
  const asked = await right()
  await does((tx) => beginKeyChange(tx, luz, asked, now))
  expect(await findNewKey(db.read, other.sessionId, now)).toBeUndefined()
  const key = (await findNewKey(db.read, luz.sessionId, now))!
  expect(await does((tx) => finishKeyChange(tx, other, codeOf(key, now), null, now))).toBe('no-key')
  now = now.add({ minutes: 15 })
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), null, now))).toBe('no-key')
})

test('who has no password gets one with her first key, when she came in just now', async () => {
  await db.transaction((tx) => tx.updateTable('personSecret').set({ passwordHash: null, totpSecret: null, totpLastStep: null }).where('personId', '=', luz.id).execute())
  const nothing = await proof('', '')
  expect(await does((tx) => changePassword(tx, luz, nothing, '$argon2id$next', now))).toBe('no-password')
  expect(await does((tx) => beginKeyChange(tx, luz, nothing, now))).toBeNull()
  const key = (await findNewKey(db.read, luz.sessionId, now))!
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), null, now))).toBe('no-password')
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), hash, now))).toBeNull()
  now = now.add({ minutes: 2 })
  expect(await signsIn(PASSWORD, codeOf(key, now))).toBeDefined()
})

test('and not when her session is older than ten minutes', async () => {
  await db.transaction((tx) => tx.deleteFrom('personSecret').where('personId', '=', luz.id).execute())
  now = now.add({ minutes: 10 })
  const nothing = await proof('', '')
  expect(await does((tx) => beginKeyChange(tx, luz, nothing, now))).toBe('not-proven')
  expect(await does((tx) => changeRecoveryCodes(tx, luz, nothing, [hashRecoveryCode('x')], now))).toBe('not-proven')
})

test('whoever has a password keeps it when the key changes', async () => {
  const asked = await right()
  await does((tx) => beginKeyChange(tx, luz, asked, now))
  const key = (await findNewKey(db.read, luz.sessionId, now))!
  expect(await does((tx) => finishKeyChange(tx, luz, codeOf(key, now), '$argon2id$planted', now))).toBeNull()
  expect(await findPasswordHash(db.read, luz.signInName)).toBe(hash)
})

test('each act leaves its entry, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).execute()
  for (const one of ['change-name', 'change-password', 'make-recovery-codes', 'begin-key-change', 'change-key']) expect(entries.map((entry) => entry.act)).toContain(one)
  expect(JSON.stringify(entries)).not.toMatch(/luz|argon|code-of/)
})
