import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { comeIn, type Newcomer } from '#rooms/people/server/coming-in-actions.ts'
import { keepLink, makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { stewardLinkLines } from '#rooms/people/server/entry-link-lines.ts'
import { findEntryLink, isWithoutPeople } from '#rooms/people/server/entry-link-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
let count = 0

const added = await act({ db }, (tx) => addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
if (!added.added) throw new Error(added.obstacle)
const organisationId = added.id

async function link(at = now) {
  const { id, token } = await act({ db }, (tx) => makeStewardLink(tx, 'operator', at))
  const secret = (await findEntryLink(db.read, hashToken(token)))!.totpSecret!
  return { id, token, secret }
}
const newcomer = (code: string, changes: Partial<Newcomer> = {}): Newcomer => ({
  name: 'Luz', signInName: `luz-${++count}`, lang: 'es', passwordHash: '$argon2id$test', code,
  recoveryHashes: [hashRecoveryCode(`code ${count}`)], sharedDevice: false, device: 'Firefox, Linux', pinHash: null, ...changes,
})
const enter = (token: string, who: Newcomer, at = now) => act({ db }, (tx) => comeIn(tx, hashToken(token), who, at))

test('a house in which nobody ever was says so until its first link is made', async () => {
  expect(await isWithoutPeople(db.read)).toBe(true)
  await link()
  expect(await isWithoutPeople(db.read)).toBe(false)
})

test('a link lets one person in, as a steward, with her secrets and a session, and is used up', async () => {
  const { token, secret } = await link()
  const outcome = await enter(token, newcomer(codeOf(secret, now)))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  const signedIn = await findSignedIn(db.read, hashToken(outcome.token), now)
  expect(signedIn).toMatchObject({ lang: 'es', viewer: { id: outcome.personId, duties: [{ duty: 'steward', organisationId: null, lang: null }] } })
  expect(await enter(token, newcomer(codeOf(secret, now)))).toEqual({ cameIn: false, obstacle: 'dead-link' })
  expect(await findEntryLink(db.read, hashToken(token)), 'the key leaves the link').toMatchObject({ usedAt: now, totpSecret: null })
})

test('only its hash is kept, and the key of the session too', async () => {
  const { token, secret } = await link()
  const outcome = await enter(token, newcomer(codeOf(secret, now)))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  const rows = JSON.stringify([
    await db.read.selectFrom('entryLink').selectAll().execute(), await db.read.selectFrom('session').selectAll().execute(),
    await db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).execute(),
  ])
  for (const kept of [token, outcome.token]) expect(rows).not.toContain(kept)
})

test('a link ends after 24 hours, and when a new one is made', async () => {
  const old = await link()
  const late = now.add({ hours: 24 })
  expect(await enter(old.token, newcomer(codeOf(old.secret, late)), late)).toEqual({ cameIn: false, obstacle: 'dead-link' })
  const next = await link()
  expect(await enter(old.token, newcomer(codeOf(old.secret, now)))).toEqual({ cameIn: false, obstacle: 'dead-link' })
  const intime = late.subtract({ seconds: 1 })
  expect(await enter(next.token, newcomer(codeOf(next.secret, intime)), intime)).toMatchObject({ cameIn: true })
})

test('of two who come at once with one link exactly one comes in', async () => {
  const { token, secret } = await link()
  const [first, second] = await twiceAtOnce(db, (tx) => comeIn(tx, hashToken(token), newcomer(codeOf(secret, now)), now))
  expect(first).toMatchObject({ cameIn: true })
  expect(second).toEqual({ cameIn: false, obstacle: 'dead-link' })
})

test('a wrong code and a name that is taken leave the link as it was, and nobody behind', async () => {
  const people = () => db.read.selectFrom('person').select('id').execute()
  const { token, secret } = await link()
  const before = await people()
  const right = codeOf(secret, now)
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
  expect(await enter(token, newcomer(wrong))).toEqual({ cameIn: false, obstacle: 'wrong-code' })
  const other = await db.read.selectFrom('person').select('signInName').executeTakeFirstOrThrow()
  expect(await enter(token, newcomer(right, { signInName: other.signInName.toUpperCase().replace('U', 'Ú') }))).toEqual({ cameIn: false, obstacle: 'name-taken' })
  expect(await people()).toEqual(before)
  expect(await enter(token, newcomer(right))).toMatchObject({ cameIn: true })
})

test('a delegate’s six digits are kept as she comes in, once, as a hash; who is none keeps none, and who fails leaves none', async () => {
  const keep = (duty: 'delegate' | 'editor') => act({ db }, (tx) => keepLink(tx, { kind: 'invitation', duty, organisationId, lang: null, createdBy: 'operator', createdAt: now, expiresAt: now.add({ hours: 24 }) }))
  const secretOf = async (token: string) => (await findEntryLink(db.read, hashToken(token)))!.totpSecret!
  const pins = () => db.read.selectFrom('personPin').select(['personId', 'hash', 'chosenAt']).execute()
  const pinHash = '$argon2id$digits'
  const { token } = await keep('delegate')
  const code = codeOf(await secretOf(token), now)
  expect(await enter(token, newcomer('x', { pinHash }))).toMatchObject({ cameIn: false })
  expect(await pins(), 'nobody came in').toEqual([])
  const delegate = await enter(token, newcomer(code, { pinHash }))
  if (!delegate.cameIn) throw new Error(delegate.obstacle)
  expect(await pins()).toEqual([{ personId: delegate.personId, hash: pinHash, chosenAt: now }])
  const entry = await db.read.selectFrom('auditEntry').select(['actor', 'detail']).where('act', '=', 'choose-pin').execute()
  expect(entry.map(({ actor }) => actor)).toEqual([delegate.personId])
  expect(JSON.stringify(entry)).not.toContain('argon')

  const others = [await keep('editor'), await keep('delegate')] as const
  expect(await enter(others[0].token, newcomer(codeOf(await secretOf(others[0].token), now), { pinHash }))).toMatchObject({ cameIn: true })
  expect(await enter(others[1].token, newcomer(codeOf(await secretOf(others[1].token), now))), 'for later').toMatchObject({ cameIn: true })
  expect(await pins()).toHaveLength(1)
})

test('each act leaves its entry, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).execute()
  expect(new Set(entries.map(({ act }) => act))).toEqual(new Set(['make-entry-link', 'give-duty', 'come-in', 'choose-pin', 'add-organisation']))
  expect(JSON.stringify(entries)).not.toMatch(/luz|argon|Firefox/i)
})

test('the operator reads the link with the canonical origin, and how to reach localhost from elsewhere', () => {
  expect(stewardLinkLines('https://alliance.example', 'abc')).toEqual([expect.any(String), 'https://alliance.example/desk/in/abc'])
  expect(stewardLinkLines('http://localhost:3000', 'abc')).toEqual([
    expect.any(String), 'http://localhost:3000/desk/in/abc', expect.any(String), 'ssh -L 3000:localhost:3000 you@your-server',
  ])
})
