import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { writeHead } from '#kernel/audit/chain.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { sealAll } from '#kernel/audit/server/sealer.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T12:00:00.123456Z')
const LENGTH = 12

/** What somebody does who may write to the database and knows its rules. */
const tamper = (...statements: string[]) =>
  db.transaction(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
  })
const entryAt = (position: number) => `(select entry_id from audit_seal where position = ${position})`
const found = async () => (await verifyChain(db.read)).findings.map(({ what, position }) => `${what} ${position}`)

beforeEach(async () => {
  await tamper('truncate audit_entry, audit_seal restart identity')
  await db.transaction(async (tx) => {
    for (let n = 1; n <= LENGTH; n++) {
      await record(tx, { actor: 'operator', act: 'name-topic', subject: `topic:${n}`, detail: { n, nested: { b: [n], a: 'ñ' } } }, now)
    }
  })
  await sealAll(db)
})

test('an untouched chain is whole, and its head is known', async () => {
  const { sealed, unsealed, head, findings } = await verifyChain(db.read)
  expect({ sealed, unsealed, findings }).toEqual({ sealed: 12n, unsealed: 0n, findings: [] })
  expect(writeHead(head!)).toMatch(/^12:[0-9a-f]{64}$/)
})

test.each([
  ['actor', `actor = 'system'`], ['time', `at = at + interval '1 microsecond'`], ['act', `act = 'other'`],
  ['subject', `subject = 'thing:99'`], ['detail', `detail = detail || '{"n": 99}'`],
])('an entry whose %s was changed is found', async (_, change) => {
  await tamper(`update audit_entry set ${change} where id = ${entryAt(5)}`)
  expect(await found()).toEqual(['changed 5'])
})

test('a change hidden by a new hash of its own is found by the entry after it', async () => {
  await tamper(`update audit_seal set hash = repeat('a', 64) where position = 5`)
  expect(await found()).toEqual(['changed 5', 'changed 6'])
})

test('an entry that was removed is found, with its seal and without', async () => {
  await tamper(`delete from audit_entry where id = ${entryAt(5)}`)
  expect(await found()).toEqual(['removed 5'])
  await tamper(`delete from audit_seal where position = 5`)
  expect(await found()).toEqual(['removed 5'])
})

test('an entry removed with the gap closed behind it is found', async () => {
  await tamper(
    `delete from audit_seal where position = 5`,
    `update audit_seal set position = -position where position > 5`,
    `update audit_seal set position = -position - 1 where position < 0`,
  )
  expect(await found()).toHaveLength(1)
})

test('the first entries removed are found', async () => {
  await tamper(`delete from audit_entry where id in (${entryAt(1)}, ${entryAt(2)})`, `delete from audit_seal where position < 3`)
  expect(await found()).toEqual(['removed 1', 'removed 2'])
})

test('an entry put between others is found, even with a hash that fits the one before', async () => {
  const { linkHash } = await import('#kernel/audit/chain.ts')
  const before = await db.read.selectFrom('auditSeal').select('hash').where('position', '=', 5n).executeTakeFirstOrThrow()
  await tamper(
    `update audit_seal set position = -position where position > 5`,
    `update audit_seal set position = -position + 1 where position < 0`,
    `insert into audit_entry (at, actor, act, subject) values ('${now}', 'operator', 'forged', 'thing:0')`,
  )
  const forged = await db.read.selectFrom('auditEntry').selectAll().where('act', '=', 'forged').executeTakeFirstOrThrow()
  await db.transaction((tx) =>
    tx.insertInto('auditSeal').values({ entryId: forged.id, position: 6n, hash: linkHash(before.hash, forged) }).execute())
  expect(await found()).toEqual(['added 6'])
})

test('two entries that changed places are found', async () => {
  await tamper(
    `update audit_seal set position = -5 where position = 5`,
    `update audit_seal set position = 5 where position = 9`,
    `update audit_seal set position = 9 where position = -5`,
  )
  expect(await found()).toEqual(expect.arrayContaining(['reordered 5', 'reordered 9']))
})

test('a chain cut short is found by whoever noted its head', async () => {
  const { head } = await verifyChain(db.read)
  const cut = [`delete from audit_seal where position > 10`, `delete from audit_entry where id > 10`]
  await tamper(...cut)
  expect((await verifyChain(db.read)).findings).toEqual([])
  expect((await verifyChain(db.read, head)).findings).toEqual([{ what: 'cut-short', position: 12n }])
})

test('a chain written anew from its middle is found by whoever noted its head', async () => {
  const { head } = await verifyChain(db.read)
  await tamper(`update audit_entry set act = 'other' where id = 6`, `delete from audit_seal where position > 5`)
  await sealAll(db)
  expect((await verifyChain(db.read)).findings).toEqual([])
  expect((await verifyChain(db.read, head)).findings).toEqual([{ what: 'cut-short', position: 12n }])
})

test('an act that failed leaves no entry', async () => {
  const failing = async (tx: Tx) => {
    await record(tx, { actor: 'operator', act: 'name-topic', subject: 'topic:1' }, now)
    throw new Error('failed')
  }
  await expect(db.transaction(failing)).rejects.toThrow('failed')
  expect((await verifyChain(db.read)).unsealed).toBe(0n)
})
