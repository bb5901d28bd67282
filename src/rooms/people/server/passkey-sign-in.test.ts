import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { addPasskey, askForPasskey, endPasskey, renamePasskey } from '#rooms/people/server/passkey-actions.ts'
import { makeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { signInByPasskey } from '#rooms/people/server/passkey-sign-in-actions.ts'
import { listPasskeys } from '#rooms/people/server/passkey-queries.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { type Answering, SoftAuthenticator } from '#rooms/people/server/testing/soft-authenticator.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const place = { origin: 'https://alliance.example', rpId: 'alliance.example' }
let count = 0
const inAct = <T>(does: (tx: Tx) => Promise<T>) => act({ db }, does)

async function person({ hasPassword = true, sharedDevice = false } = {}): Promise<Person> {
  const id = newId()
  const name = `luz-${++count}`
  return inAct(async (tx) => {
    await tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'es', createdAt: now, endedAt: null }).execute()
    await tx.insertInto('personDuty').values({ id: newId(), personId: id, duty: 'steward', organisationId: null, lang: null, since: now, until: null, givenBy: 'operator' }).execute()
    await tx.insertInto('personSecret').values({ personId: id, passwordHash: hasPassword ? '$argon2id$test' : null, totpSecret: hasPassword ? 'AAAA' : null, totpLastStep: null, changedAt: now }).execute()
    const { id: sessionId } = await startSession(tx, id, { sharedDevice, device: null }, now)
    return { is: 'person', id, sessionId, duties: [{ duty: 'steward', organisationId: null, lang: null }] } as const
  })
}
async function challengeToAdd(who: Person, at = now): Promise<string> {
  const asked = await inAct((tx) => askForPasskey(tx, who, at))
  if ('obstacle' in asked) throw new Error(asked.obstacle)
  return asked.challenge
}
async function withPasskey(options = {}) {
  const who = await person(options)
  const device = new SoftAuthenticator()
  const answer = device.make({ challenge: await challengeToAdd(who), ...place })
  expect(await inAct((tx) => addPasskey(tx, who, { answer, place, label: 'laptop' }, now))).toBeNull()
  return { who, device, passkey: (await listPasskeys(db.read, who.id))[0]! }
}
const challengeToSignIn = (at = now) => inAct((tx) => makeChallenge(tx, { purpose: 'sign-in' }, at))
const enter = (answer: string, at = now, where = place) => inAct((tx) => signInByPasskey(tx, answer, where, 'Firefox, Linux', at))
const lastEntry = async () => db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()

test('a passkey that was added lets her in, with a session of her own, and says when', async () => {
  const { who, device } = await withPasskey()
  const later = now.add({ hours: 30 })
  const entered = await enter(device.open({ challenge: await challengeToSignIn(later), ...place }), later)
  expect((await findSignedIn(db.read, hashToken(entered!.token), later))?.viewer.id).toBe(who.id)
  expect((await listPasskeys(db.read, who.id))[0]).toMatchObject({ label: 'laptop', rpId: 'alliance.example', lastUsedAt: later })
  expect(await lastEntry()).toMatchObject({ actor: who.id, act: 'sign-in', detail: { by: 'passkey' } })
})

test('a passkey that counts nothing lets in again and again', async () => {
  const who = await person()
  const device = new SoftAuthenticator({ counts: false })
  const answer = device.make({ challenge: await challengeToAdd(who), ...place })
  expect(await inAct((tx) => addPasskey(tx, who, { answer, place, label: 'phone' }, now))).toBeNull()
  for (let i = 0; i < 2; i++) expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place }))).toBeDefined()
})

const WRONG: [string, Partial<Answering>][] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['the same host by another scheme', { origin: 'http://alliance.example' }],
  ['another host', { rpId: 'evil.example' }],
  ['a person who was not verified', { isVerified: false }],
  ['an answer of another kind', { type: 'webauthn.create' }],
  ['a challenge that was never made', { challenge: 'A'.repeat(43) }],
]
test.each(WRONG)('%s lets nobody in', async (_, changes) => {
  const { device } = await withPasskey()
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place, ...changes }))).toBeUndefined()
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place })), 'and she comes in as before').toBeDefined()
})

test('an answer lets in once, also when it is sent twice at once, and only for five minutes', async () => {
  const { device } = await withPasskey()
  const answer = device.open({ challenge: await challengeToSignIn(), ...place })
  const [first, second] = await twiceAtOnce(db, (tx) => signInByPasskey(tx, answer, place, null, now))
  expect([first, second]).toEqual([expect.objectContaining({ token: expect.any(String) }), undefined])
  expect(await enter(answer)).toBeUndefined()
  const old = device.open({ challenge: await challengeToSignIn(), ...place })
  expect(await enter(old, now.add({ minutes: 5 }))).toBeUndefined()
  const inTime = device.open({ challenge: await challengeToSignIn(), ...place })
  expect(await enter(inTime, now.add({ minutes: 5 }).subtract({ seconds: 1 }))).toBeDefined()
})

test('a challenge is used up by a wrong answer too, and old ones are swept', async () => {
  const { device } = await withPasskey()
  const challenge = await challengeToSignIn()
  expect(await enter(device.open({ challenge, ...place, isVerified: false }))).toBeUndefined()
  expect(await enter(device.open({ challenge, ...place }))).toBeUndefined()
  const later = now.add({ hours: 24 })
  await challengeToSignIn(later)
  const left = await db.read.selectFrom('passkeyChallenge').select('expiresAt').execute()
  expect(left.map(({ expiresAt }) => expiresAt)).toEqual([later.add({ minutes: 5 })])
})

test('a key says that it is another’s, and opens nothing', async () => {
  const hers = await withPasskey()
  const other = new SoftAuthenticator()
  const answer = JSON.parse(other.open({ challenge: await challengeToSignIn(), ...place }))
  answer.id = answer.rawId = hers.device.id.toString('base64url')
  expect(await enter(JSON.stringify(answer))).toBeUndefined()
})

test('a counter that goes back is refused, and the log says whose', async () => {
  const { who, device, passkey } = await withPasskey()
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place, counter: 9 }))).toBeDefined()
  for (const counter of [9, 3, 0]) expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place, counter })), String(counter)).toBeUndefined()
  expect(await lastEntry()).toEqual({ actor: who.id, act: 'refuse-passkey', subject: `passkey:${passkey.id}`, detail: { why: 'counter-went-back' } })
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place, counter: 10 }))).toBeDefined()
})

test('at another of our addresses it opens nothing', async () => {
  const { device } = await withPasskey()
  const onion = { origin: 'http://two.onion', rpId: 'two.onion' }
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...onion }), now, onion)).toBeUndefined()
})

test('nonsense lets nobody in and is no fault', async () => {
  for (const answer of ['', '{', 'null', '[]', '{"response":{"clientDataJSON":"AAAA"}}', '{"response":{"clientDataJSON":5}}']) expect(await enter(answer), answer).toBeUndefined()
})

test('who has left has no passkey', async () => {
  const { who, device } = await withPasskey()
  const steward = await person()
  expect(await inAct((tx) => letGo(tx, steward, who.id, now))).toBeNull()
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place }))).toBeUndefined()
  expect(await db.read.selectFrom('passkey').select('id').where('personId', '=', who.id).execute()).toEqual([])
})

test('a session that began longer ago, and one on a shared device, adds no passkey; an old one ends none', async () => {
  const { who, passkey } = await withPasskey()
  const late = now.add({ minutes: 10 })
  expect(await inAct((tx) => askForPasskey(tx, who, late))).toEqual({ obstacle: 'not-fresh' })
  const answer = new SoftAuthenticator().make({ challenge: await challengeToAdd(who, late.subtract({ minutes: 1 })), ...place })
  expect(await inAct((tx) => addPasskey(tx, who, { answer, place, label: 'x' }, late))).toBe('not-fresh')
  expect(await inAct((tx) => endPasskey(tx, who, passkey.id, late))).toBe('not-fresh')
  const shared = await person({ sharedDevice: true })
  expect(await inAct((tx) => askForPasskey(tx, shared, now))).toEqual({ obstacle: 'shared-device' })
})

test('a challenge serves only who asked for it, and only its purpose', async () => {
  const [who, other] = [await person(), await person()]
  const add = (whose: Person, challenge: string) => inAct((tx) => addPasskey(tx, whose, { answer: new SoftAuthenticator().make({ challenge, ...place }), place, label: 'x' }, now))
  expect(await add(other, await challengeToAdd(who))).toBe('refused')
  expect(await add(who, await challengeToSignIn())).toBe('refused')
  expect(await add(who, await challengeToAdd(who))).toBeNull()
  const { device } = await withPasskey()
  expect(await enter(device.open({ challenge: await challengeToAdd(who), ...place }))).toBeUndefined()
})

test('a passkey that is here already is not added again, to nobody', async () => {
  const { device } = await withPasskey()
  const other = await person()
  const answer = device.make({ challenge: await challengeToAdd(other), ...place })
  expect(await inAct((tx) => addPasskey(tx, other, { answer, place, label: 'x' }, now))).toBe('refused')
})

test('what the maker swears of a device is neither read nor kept', async () => {
  const who = await person()
  const forged = { fmt: 'packed', attStmt: new Map<string, unknown>([['alg', -7], ['sig', new Uint8Array(8)], ['x5c', [new Uint8Array(8)]]]) }
  const answer = new SoftAuthenticator().make({ challenge: await challengeToAdd(who), ...place }, forged)
  expect(await inAct((tx) => addPasskey(tx, who, { answer, place, label: 'x' }, now))).toBeNull()
  const row = await db.read.selectFrom('passkey').selectAll().where('personId', '=', who.id).executeTakeFirstOrThrow()
  expect(Object.keys(row).sort()).toEqual(['credentialId', 'endedAt', 'id', 'label', 'lastUsedAt', 'madeAt', 'personId', 'publicKey', 'rpId', 'signCount', 'transports'])
  expect(row.transports).toEqual(['internal'])
  expect(row.publicKey.includes(Buffer.alloc(16, 7)), 'nor its model').toBe(false)
})

test('the last way in stays, also when two are ended at once, and another’s cannot be touched', async () => {
  const { who, passkey } = await withPasskey({ hasPassword: false })
  expect(await inAct((tx) => endPasskey(tx, who, passkey.id, now))).toBe('last-way')
  const second = new SoftAuthenticator().make({ challenge: await challengeToAdd(who), ...place })
  await inAct((tx) => addPasskey(tx, who, { answer: second, place, label: 'phone' }, now))
  const [one, two] = (await listPasskeys(db.read, who.id)).map(({ id }) => id)
  const turns = [one!, two!]
  expect(await twiceAtOnce(db, (tx) => endPasskey(tx, who, turns.shift()!, now))).toEqual([null, 'last-way'])
  const other = await person()
  const left = (await listPasskeys(db.read, who.id))[0]!.id
  expect(await inAct((tx) => endPasskey(tx, other, left, now))).toBe('not-found')
  expect(await inAct((tx) => renamePasskey(tx, other, left, 'mine', now))).toBe('not-found')
  expect(await inAct((tx) => renamePasskey(tx, who, left, ' blue phone ', now))).toBeNull()
  expect((await listPasskeys(db.read, who.id))[0]!.label).toBe('blue phone')
})

test('one that was ended opens nothing', async () => {
  const { who, device, passkey } = await withPasskey()
  expect(await inAct((tx) => endPasskey(tx, who, passkey.id, now))).toBeNull()
  expect(await enter(device.open({ challenge: await challengeToSignIn(), ...place }))).toBeUndefined()
})
