import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { Turns } from '#rooms/people/pin.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { choosePin } from '#rooms/people/server/pin-actions.ts'
import { findPinHash, lockPinHash } from '#rooms/people/server/pin-queries.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { pinTyped } from '#rooms/people/server/pinning.ts'
import { proofTyped } from '#rooms/people/server/proving.ts'
import { standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { replaceWaysIn } from '#rooms/people/server/ways-in-actions.ts'
import { LONGEST_WAIT_MS, SlowDown } from '#rooms/people/slow-down.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const PASSWORD = 'four words in a row'
const passwordHash = await hashPassword(PASSWORD)
const pinHash = await hashPassword('902514')
let count = 0
const somebody = (duty: 'steward' | 'delegate' = 'steward') => standingPerson(db, `luz-${++count}`, duty, null, now, { passwordHash })
const keeps = (id: string) => findPinHash(db.read, id)

test('with password and code she chooses her digits, others later, and is told; without them nothing changes', async () => {
  const luz = await somebody()
  const house = { db, clock: () => now, wait: () => Promise.resolve() }
  const proof = (password: string) => proofTyped(house, new SlowDown(), luz, { password, code: codeOf(luz.key, now) })
  const [wrong, right] = [await proof('another'), await proof(PASSWORD)]
  expect([await act({ db }, (tx) => choosePin(tx, luz, wrong, pinHash, now)), await keeps(luz.id)]).toEqual(['not-proven', undefined])
  expect([await act({ db }, (tx) => choosePin(tx, luz, right, pinHash, now)), await keeps(luz.id)]).toEqual([null, pinHash])
  expect(await act({ db }, (tx) => choosePin(tx, luz, right, 'x', now)), 'a code opens once').toBe('not-proven')
  expect((await db.read.selectFrom('deskNotice').select('kind').where('personId', '=', luz.id).execute()).map(({ kind }) => kind)).toEqual(['pin-changed'])
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).where('act', '=', 'choose-pin').execute()
  expect(entries).toMatchObject([{ actor: luz.id, subject: `person:${luz.id}` }])
  expect(JSON.stringify(entries)).not.toMatch(/902514|argon2/)
})

test('wrong digits wait longer each time and never lock; a hundred at once have one answer after the other', async () => {
  const luz = await somebody()
  await act({ db }, (tx) => writePin(tx, luz.id, pinHash, now))
  const waits: number[] = []
  let [running, most] = [0, 0]
  const house = { db, clock: () => now, wait: async (ms: number) => {
    waits.push(ms)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 1))
    running--
  } }
  const [turns, slow] = [new Turns(), new SlowDown()]
  const guess = (pin: string) => pinTyped(house, turns, slow, luz.id, pin)
  for (let n = 1; n <= 9; n++) expect(await guess(String(100000 + n)), `guess ${n}`).toBe(n === 6 ? 'guessed-at' : undefined)
  expect(waits).toEqual([0, 0, 0, 500, 1000, 2000, 4000, LONGEST_WAIT_MS, LONGEST_WAIT_MS])
  const rush = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(String(200000 + n))))
  expect([rush.filter((one) => one === undefined).length, rush.filter((one) => one === 'too-many').length, most]).toEqual([4, 96, 1])
  expect(await guess('902514'), 'after all that she still answers').toBe(pinHash)
  expect(await guess('902514')).toBe(pinHash)
  expect(waits.at(-1)).toBe(0)
})

test('she is told once that somebody guesses, also of guesses that follow each other without a breath', async () => {
  const luz = await somebody()
  await act({ db }, (tx) => writePin(tx, luz.id, pinHash, now))
  const house = { db, clock: () => now, wait: () => Promise.resolve() }
  const [turns, slow] = [new Turns(), new SlowDown()]
  const said: (string | undefined)[] = []
  let sent = 0
  const one = async (): Promise<void> => {
    if (sent++ < 12) { said.push(await pinTyped(house, turns, slow, luz.id, String(300000 + sent))); await one() }
  }
  await Promise.all([one(), one(), one()])
  expect([said.length, said.filter((answer) => answer === 'guessed-at').length]).toEqual([12, 1])
})

test('who has chosen none answers by none', async () => {
  const luz = await somebody()
  const house = { db, clock: () => now, wait: () => Promise.resolve() }
  expect(await pinTyped(house, new Turns(), new SlowDown(), luz.id, '902514')).toBeUndefined()
  expect(await act({ db }, (tx) => lockPinHash(tx, luz.id))).toBeUndefined()
})

test('who comes back by another way, or leaves, keeps no digits that somebody else may know', async () => {
  const [steward, luz, sol] = [await somebody(), await somebody(), await somebody()]
  for (const { id } of [luz, sol]) await act({ db }, (tx) => writePin(tx, id, pinHash, now))
  await act({ db }, (tx) => replaceWaysIn(tx, luz.id, { passwordHash, totpSecret: 'x', totpLastStep: 1 }, [Buffer.from('x')], now))
  expect(await act({ db }, (tx) => letGo(tx, steward, sol.id, now))).toBeNull()
  expect([await keeps(luz.id), await keeps(sol.id)]).toEqual([undefined, undefined])
})
