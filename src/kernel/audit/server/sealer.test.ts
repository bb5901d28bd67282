import { afterEach, expect, test } from 'vitest'
import { record } from '#kernel/audit/server/audit.ts'
import { findHead, sealAll, sealEntries, startSealer } from '#kernel/audit/server/sealer.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { openLog } from '#kernel/log/log.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const log = openLog(() => {}, () => now)
const deed = (topic: string) => (tx: Tx) => record(tx, { actor: 'operator', act: 'add-topic', subject: `topic:${topic}` }, now)
const order = async () =>
  (await db.read.selectFrom('auditSeal').innerJoin('auditEntry', 'id', 'entryId').select('subject').orderBy('position').execute())
    .map((row) => row.subject)

const sealers: { stop(): Promise<void> }[] = []
afterEach(() => Promise.all(sealers.splice(0).map((sealer) => sealer.stop())))

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

test('an act that took its number first and committed last gets the next place, and nobody waits for it', async () => {
  const inserted = gate()
  const commit = gate()
  const slow = db.transaction(async (tx) => {
    await deed('slow')(tx)
    inserted.open()
    await commit.passed
  })
  await inserted.passed
  await db.transaction(deed('quick'))
  await sealAll(db)
  expect(await order()).toEqual(['topic:quick'])
  commit.open()
  await slow
  await sealAll(db)
  expect(await order()).toEqual(['topic:quick', 'topic:slow'])
  const rows = await db.read.selectFrom('auditEntry').select(['id', 'subject']).orderBy('id').execute()
  expect(rows.map((row) => row.subject)).toEqual(['topic:slow', 'topic:quick'])
  expect((await verifyChain(db.read)).findings).toEqual([])
})

test('an entry is in the chain within a second of its act', async () => {
  sealers.push(startSealer(db, log))
  await expect.poll(async () => (await verifyChain(db.read)).unsealed).toBe(0n)
  for (let i = 0; i < 3; i++) {
    await db.transaction(deed(`act ${i}`))
    await expect.poll(async () => (await verifyChain(db.read)).unsealed, { timeout: 1000, interval: 20 }).toBe(0n)
  }
})

test('while one process seals, another passes by', async () => {
  await db.transaction(deed('sealed once'))
  const sealing = gate()
  const end = gate()
  const first = db.transaction(async (tx) => {
    expect(await sealEntries(tx)).toBe(1)
    sealing.open()
    await end.passed
  })
  await sealing.passed
  expect(await db.transaction((tx) => sealEntries(tx))).toBeUndefined()
  end.open()
  await first
})

test('many acts and three sealers at once: every act once in one whole chain', async () => {
  sealers.push(startSealer(db, log), startSealer(db, log), startSealer(db, log))
  await Promise.all(Array.from({ length: 200 }, (_, i) => db.transaction(deed(`at once ${i}`))))
  await expect.poll(async () => (await verifyChain(db.read)).unsealed, { timeout: 5000 }).toBe(0n)
  const { sealed, findings } = await verifyChain(db.read)
  expect(findings).toEqual([])
  expect((await findHead(db.read))?.position).toBe(sealed)
})

test('the quick look finds what the whole look finds', async () => {
  await db.transaction(deed('quickly'))
  expect(await db.transaction((tx) => sealEntries(tx, 'recent'))).toBe(1)
})
