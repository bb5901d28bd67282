import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { comeIn, type PasskeyNewcomer } from '#rooms/people/server/coming-in-actions.ts'
import { keepLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { makeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { signInByPasskey } from '#rooms/people/server/passkey-sign-in-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { SoftAuthenticator } from '#rooms/people/server/testing/soft-authenticator.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const place = { origin: 'https://alliance.example', rpId: 'alliance.example' }
let count = 0

const link = () => act({ db }, (tx) =>
  keepLink(tx, { kind: 'steward', duty: 'steward', organisationId: null, lang: null, createdBy: 'operator', createdAt: now, expiresAt: now.add({ hours: 24 }) }))
const challengeOf = (entryLinkId: string) => act({ db }, (tx) => makeChallenge(tx, { purpose: 'come-in', entryLinkId }, now))
const newcomer = (answer: string): PasskeyNewcomer => ({
  name: 'Luz', signInName: `luz-${++count}`, lang: 'es', recoveryHashes: [hashRecoveryCode(`code ${count}`)], sharedDevice: false, device: 'Firefox, Linux', pinHash: null,
  passkey: { answer, place, label: 'Firefox, Linux' },
})
const enter = (token: string, answer: string, at = now) => act({ db }, (tx) => comeIn(tx, hashToken(token), newcomer(answer), at))

test('she comes in by a passkey, without password or app, with recovery codes, and by it again', async () => {
  const { id, token } = await link()
  const device = new SoftAuthenticator()
  const answer = device.make({ challenge: await challengeOf(id), ...place })
  const entered = await enter(token, answer)
  if (!entered.cameIn) throw new Error(entered.obstacle)
  const { personId } = entered
  expect(await db.read.selectFrom('personSecret').selectAll().where('personId', '=', personId).executeTakeFirst()).toMatchObject({ passwordHash: null, totpSecret: null })
  expect(await db.read.selectFrom('recoveryCode').select('usedAt').where('personId', '=', personId).execute()).toEqual([{ usedAt: null }])
  expect(await findEntryLink(db.read, hashToken(token))).toMatchObject({ usedAt: now, totpSecret: null })
  const challenge = await act({ db }, (tx) => makeChallenge(tx, { purpose: 'sign-in' }, now))
  expect(await act({ db }, (tx) => signInByPasskey(tx, device.open({ challenge, ...place }), place, null, now))).toBeDefined()
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'act']).where('actor', '=', personId).execute()
  expect(entries.map((entry) => entry.act)).toEqual(['come-in', 'add-passkey', 'sign-in'])
})

test('another link’s challenge, an old one, a false origin and a person who was not verified let nobody in and leave the link', async () => {
  const [mine, other] = [await link(), await link()]
  const make = async (changes: object, of = mine.id) => new SoftAuthenticator().make({ challenge: await challengeOf(of), ...place, ...changes })
  const refused = { cameIn: false, obstacle: 'passkey-refused' }
  expect(await enter(mine.token, await make({}, other.id))).toEqual(refused)
  expect(await enter(mine.token, await make({}), now.add({ minutes: 5 }))).toEqual(refused)
  for (const changes of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { isVerified: false }, { type: 'webauthn.get' }]) expect(await enter(mine.token, await make(changes))).toEqual(refused)
  expect(await enter(mine.token, '')).toEqual(refused)
  expect(await enter(mine.token, await make({}))).toMatchObject({ cameIn: true })
})
