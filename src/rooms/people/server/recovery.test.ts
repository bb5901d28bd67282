import { beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { MOST_OPEN_REQUESTS } from '#rooms/people/recovery.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { askForRecovery, confirmRecovery, giveRecoveryCode, refuseRecovery } from '#rooms/people/server/recovery-actions.ts'
import { findRequest, listRecoveriesToConfirm } from '#rooms/people/server/recovery-queries.ts'
import { endOfToken, spokenCodeOf } from '#rooms/people/server/recovery-token.ts'
import { ANSWERED_AFTER_MS, askTyped, giveCodeTyped } from '#rooms/people/server/recovering.ts'
import { recoverAccount } from '#rooms/people/server/recovering-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { findPasswordHash } from '#rooms/people/server/sign-in-queries.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'

const { db } = await testDatabase()
const came = Temporal.Instant.from('2026-11-01T10:00:00Z')
let now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const later = (duration: Temporal.DurationLike) => { now = now.add(duration) }
let count = 0

async function organisation(): Promise<string> {
  const added = await act({ db }, (tx) => addOrganisation(tx, `organisation-${++count}`, { texts: { en: { name: 'Organisation', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
  if (!added.added) throw new Error(added.obstacle)
  return added.id
}
const person = (duty: Parameters<typeof standingPerson>[2], organisationId: string | null, since = came) => standingPerson(db, `p-${++count}`, duty, organisationId, since)

const ask = (who: { signInName: string }) => act({ db }, (tx) => askForRecovery(tx, who.signInName, now))
const confirm = (who: Person, her: Person, token: string) => act({ db }, (tx) => confirmRecovery(tx, who, her.id, spokenCodeOf(token), now))
const refuse = (who: Person, her: Person) => act({ db }, (tx) => refuseRecovery(tx, who, her.id, now))
const returning = (key: string) => ({
  passwordHash: '$argon2id$new', code: codeOf(key, now), recoveryHashes: [hashRecoveryCode(`new ${++count}`)], sharedDevice: false, device: null,
})
async function comeBack(token: string) {
  const key = (await findRequest(db.read, hashToken(token)))?.totpSecret ?? 'A'.repeat(32)
  return act({ db }, (tx) => recoverAccount(tx, hashToken(token), returning(key), now))
}
const NOT_CONFIRMED = { recovered: false, obstacle: 'not-confirmed' }
const asksToCome = async (viewer: Person, her: Person) => (await listRecoveriesToConfirm(db.read, viewer, now)).find(({ personId }) => personId === her.id)

let place = '', luz: Standing, ana: Standing, eva: Standing, steward: Standing
beforeEach(async () => {
  later({ minutes: 5 })
  place = await organisation()
  luz = await person('editor', place)
  ana = await person('editor', place)
  eva = await person('observer', place)
  steward = await person('steward', null)
})

test('two colleagues confirm, and she comes back: her old ways in are dead, and the new ones hers', async () => {
  const token = await ask(luz)
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await confirm(ana, luz, token)).toBeNull()
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await confirm(eva, luz, token)).toBeNull()
  const outcome = await comeBack(token)
  if (!outcome.recovered) throw new Error(outcome.obstacle)
  expect((await findSignedIn(db.read, hashToken(outcome.token), now))?.viewer.id).toBe(luz.id)
  expect(await findSignedIn(db.read, hashToken(luz.token), now), 'the old session').toBeUndefined()
  expect(await findPasswordHash(db.read, luz.signInName)).toBe('$argon2id$new')
  expect(await db.read.selectFrom('personSecret').select('totpSecret').where('personId', '=', luz.id).where('totpSecret', '=', luz.key).execute()).toEqual([])
  expect(await db.read.selectFrom('recoveryCode').select('madeAt').where('personId', '=', luz.id).execute()).toEqual([{ madeAt: now }])
  expect(await findRequest(db.read, hashToken(token)), 'the key leaves the request').toMatchObject({ usedAt: now, totpSecret: null })
  expect(await comeBack(token), 'once').toEqual(NOT_CONFIRMED)
  expect(await asksToCome(ana, luz)).toBeUndefined()
})

test('one colleague who confirms twice is one', async () => {
  const token = await ask(luz)
  for (const who of [ana, ana]) await confirm(who, luz, token)
  const both = await twiceAtOnce(db, (tx) => confirmRecovery(tx, ana, luz.id, spokenCodeOf(token), now))
  expect(both).toEqual([null, null])
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
})

test('nobody confirms for herself, nor a colleague of another organisation, nor a steward where colleagues are enough', async () => {
  const token = await ask(luz)
  const stranger = await person('editor', await organisation())
  for (const who of [luz, stranger, steward]) {
    expect(await confirm(who, luz, token)).toBe('not-found')
    expect(await refuse(who, luz)).toBe('not-found')
    expect(await asksToCome(who, luz)).toBeUndefined()
  }
  expect(await act({ db }, (tx) => confirmRecovery(tx, ana, 'no id', spokenCodeOf(token), now))).toBe('not-found')
  await confirm(ana, luz, token)
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
})

test('who lost the duty meanwhile confirms nothing, whatever her session says, and what she confirmed counts no more', async () => {
  const token = await ask(luz)
  await confirm(ana, luz, token)
  await person('editor', place)
  expect(await act({ db }, (tx) => letGo(tx, steward, ana.id, now))).toBeNull()
  expect(await confirm(ana, luz, token)).toBe('not-found')
  await confirm(eva, luz, token)
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
})

test('also when she lost it after two had confirmed', async () => {
  await person('editor', place)
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  await db.transaction((tx) => tx.updateTable('personDuty').set({ until: now }).where('personId', '=', ana.id).execute())
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await asksToCome(ana, luz)).toBeUndefined()
})

test('a duty that was given after she asked confirms nothing', async () => {
  const token = await ask(luz)
  later({ seconds: 1 })
  const made = await person('editor', place, now)
  expect(await confirm(made, luz, token)).toBe('not-found')
  expect(await asksToCome(made, luz)).toBeUndefined()
})

test('where two people can sign in, a steward and a recovery code let her in, and neither alone', async () => {
  const small = await organisation()
  const sol = await person('editor', small)
  await person('editor', small)
  const token = await ask(sol)
  const give = (code: string) => act({ db }, (tx) => giveRecoveryCode(tx, hashToken(token), code, now))
  expect(await confirm(steward, sol, token)).toBeNull()
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await give('no such code')).toBe('wrong-code')
  expect(await give(luz.recoveryCode), 'another’s code').toBe('wrong-code')
  expect(await give(sol.recoveryCode)).toBeNull()
  expect(await give(sol.recoveryCode), 'once').toBe('wrong-code')
  expect(await comeBack(token)).toMatchObject({ recovered: true })

  const codeFirst = await person('editor', await organisation())
  const second = await ask(codeFirst)
  expect(await act({ db }, (tx) => giveRecoveryCode(tx, hashToken(second), codeFirst.recoveryCode, now))).toBeNull()
  expect(await comeBack(second), 'a code alone').toEqual(NOT_CONFIRMED)
  await confirm(steward, codeFirst, second)
  expect(await comeBack(second)).toMatchObject({ recovered: true })
})

test('a steward is let back in by two other stewards, and by no two of an organisation', async () => {
  const her = await person('steward', null)
  await db.transaction((tx) => tx.insertInto('personDuty').values({ id: her.sessionId, personId: her.id, duty: 'editor', organisationId: place, lang: null, since: came, until: null, givenBy: 'operator' }).execute())
  const token = await ask(her)
  expect(await confirm(ana, her, token)).toBe('not-found')
  expect(await confirm(steward, her, token)).toBeNull()
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await confirm(await person('steward', null), her, token)).toBeNull()
  expect(await comeBack(token)).toMatchObject({ recovered: true })
})

test('of two who come back at once by one page exactly one does', async () => {
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  const { totpSecret } = (await findRequest(db.read, hashToken(token)))!
  const [first, second] = await twiceAtOnce(db, (tx) => recoverAccount(tx, hashToken(token), returning(totpSecret!), now))
  expect(first).toMatchObject({ recovered: true })
  expect(second).toEqual(NOT_CONFIRMED)
})

test('a page ends after three days', async () => {
  const token = await ask(luz)
  expect(endOfToken(token)).toEqual(now.add({ hours: 72 }))
  await confirm(ana, luz, token)
  later({ hours: 72 })
  expect(await confirm(eva, luz, token)).toBe('not-found')
  const next = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, next)
  later({ hours: 72 })
  expect(await comeBack(next)).toEqual(NOT_CONFIRMED)
})

test('keys that were made for nothing do not stay', async () => {
  const token = await ask(luz)
  later({ hours: 72 })
  await ask(ana)
  expect(await findRequest(db.read, hashToken(token))).toBeUndefined()
})

test('who has left does not come back by it', async () => {
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  await act({ db }, (tx) => letGo(tx, steward, luz.id, now))
  expect(await findRequest(db.read, hashToken(token)), 'and its key is gone').toBeUndefined()
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await asksToCome(ana, luz)).toBeUndefined()
})

test('a wrong code of the app leaves everything as it was', async () => {
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  const outcome = await act({ db }, (tx) => recoverAccount(tx, hashToken(token), { ...returning(luz.key), code: '12345' }, now))
  expect(outcome).toEqual({ recovered: false, obstacle: 'wrong-code' })
  expect(await findSignedIn(db.read, hashToken(luz.token), luzSeen())).toBeDefined()
  expect(await comeBack(token)).toMatchObject({ recovered: true })
})
/** A moment at which her first session still lives. */
const luzSeen = () => came.add({ hours: 1 })

test('after five wrong codes a colleague confirms only what is asked later, and hinders nobody else', async () => {
  const token = await ask(luz)
  const wrong = String((Number(spokenCodeOf(token)) + 1) % 1_000_000).padStart(6, '0')
  for (let n = 0; n < 5; n++) expect(await act({ db }, (tx) => confirmRecovery(tx, ana, luz.id, wrong, now))).toBe('wrong-code')
  expect(await confirm(ana, luz, token)).toBe('too-many-wrong-codes')
  expect(await confirm(eva, luz, token), 'another colleague').toBeNull()
  later({ seconds: 1 })
  const next = await ask(luz)
  expect(await confirm(ana, luz, token), 'the older one stays dead for her').toBe('wrong-code')
  expect(await confirm(ana, luz, next)).toBeNull()
})

test('a colleague who refuses ends it, also what two had confirmed, and stewards find that in the log', async () => {
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  expect(await refuse(eva, luz)).toBeNull()
  expect(await comeBack(token)).toEqual(NOT_CONFIRMED)
  expect(await refuse(eva, luz), 'once').toBe('not-found')
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'detail']).where('act', '=', 'refuse-recovery').where('subject', '=', `person:${luz.id}`).execute()
  expect(entries).toEqual([{ actor: eva.id, detail: { requests: 1 } }])
})

test('who asks in her name again and again neither floods her colleagues nor ends what one of them confirmed', async () => {
  const token = await ask(luz)
  await confirm(ana, luz, token)
  const pushedOut = await ask(luz)
  for (let n = 0; n < MOST_OPEN_REQUESTS; n++) await ask(luz)
  expect((await listRecoveriesToConfirm(db.read, eva, now)).filter(({ personId }) => personId === luz.id)).toHaveLength(1)
  const kept = await db.read.selectFrom('recoveryRequest').select('spokenCode').where('personId', '=', luz.id).execute()
  expect(kept).toHaveLength(MOST_OPEN_REQUESTS)
  expect(await findRequest(db.read, hashToken(pushedOut))).toBeUndefined()
  expect(await confirm(eva, luz, token)).toBeNull()
  expect(await comeBack(token)).toMatchObject({ recovered: true })
  expect(await db.read.selectFrom('recoveryRequest').select('usedAt').where('personId', '=', luz.id).execute(), 'and all others are over').toEqual([{ usedAt: now }])
  const asked = await db.read.selectFrom('auditEntry').select('id').where('act', '=', 'ask-recovery').where('subject', '=', `person:${luz.id}`).execute()
  expect(asked, 'one entry, however many asked').toHaveLength(1)
})

test('a name that nobody has is answered as late, and nothing of it is kept', async () => {
  const waits: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const house = { db, clock: () => now, wait: (ms: number) => (waits.push(ms), ms === ANSWERED_AFTER_MS ? promise : Promise.resolve()) }
  const rows = async () => (await db.read.selectFrom('recoveryRequest').select('id').execute()).length
  const before = await rows()
  let answered = 0
  const asked = [luz.signInName, 'nobody-has-this'].map((name) => askTyped(house, new SlowDown(), name).then((token) => (answered++, token)))
  const given = giveCodeTyped(house, new SlowDown(), 'no-token', 'no-code').then(() => answered++)
  await new Promise((done) => { setTimeout(done, 300) })
  expect(answered, 'nobody is answered before the time').toBe(0)
  resolve()
  const [token, nobodys] = await Promise.all(asked)
  await given
  expect(waits.filter((ms) => ms === ANSWERED_AFTER_MS)).toHaveLength(3)
  expect(await rows()).toBe(before + 1)
  expect([nobodys!.length, endOfToken(nobodys!)]).toEqual([token!.length, endOfToken(token!)])
  expect(spokenCodeOf(nobodys!)).toMatch(/^\d{6}$/)
})

test('only the hash of a page’s address is kept, and the log holds ids alone', async () => {
  const token = await ask(luz)
  for (const who of [ana, eva]) await confirm(who, luz, token)
  await comeBack(token)
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).execute()
  expect(new Set(entries.map((entry) => entry.act))).toEqual(new Set([...new Set(entries.map((entry) => entry.act)), 'ask-recovery', 'confirm-recovery', 'recover']))
  expect(JSON.stringify(entries)).not.toMatch(/p-\d|Name of|argon|code-of/)
  expect(JSON.stringify(entries)).not.toContain(spokenCodeOf(token))
  expect(JSON.stringify([entries, await db.read.selectFrom('recoveryRequest').selectAll().execute()])).not.toContain(token)
})
