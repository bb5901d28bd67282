// kill.test.ts kills at moments that chance picks. Here the import is held still where it would hurt most, and then killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onServer } from '#kernel/testing/database-server.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const TABLES = ['item', 'item_slug', 'revision', 'publication', 'audit_entry'] as const

let house: RunningHouse, beside: HouseDatabase
beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  beside = await openHouseDatabase(house.dataDir)
}, 120_000)
afterAll(async () => {
  await beside?.close()
  await house?.end()
})

function startImport(name: string, title: string): { child: ChildProcess; printed(): string; over: Promise<unknown> } {
  const file = writePressPage(name, { title, paragraphs: ['This page is held still in the middle of its import, and then its import is killed.'] })
  const child = spawn(process.execPath, ['build/altavoz.js', 'import', file, '--publish'], { env: { PATH: process.env.PATH ?? '', DATA_DIR: house.dataDir } })
  let printed = ''
  child.stdout.on('data', (bytes) => { printed += bytes })
  return { child, printed: () => printed, over: new Promise((done) => child.once('close', done)) }
}

async function ask<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await query.execute(beside.db.read as never)).rows
}
/** What is written of items and in the record of acts: a half of an item would change it. */
async function countRows() {
  const counts = await Promise.all(TABLES.map((table) => ask(sql<{ n: string }>`select count(*)::text as n from ${sql.id(table)}`)))
  return counts.map((rows, i) => `${TABLES[i]} ${rows[0]!.n}`)
}

test.each(TABLES)('an import that is killed while it writes its %s leaves nothing of its item, and can be done again', async (table) => {
  const title = `Killed at ${table.replace('_', ' ')}`
  const path = `/en/media/${title.toLowerCase().replaceAll(' ', '-')}`
  const before = await countRows()
  const importing = await beside.db.transaction(async (tx) => {
    // Nobody else can write to this table until we are done; reading goes on.
    await sql`lock table ${sql.id(table)} in exclusive mode`.execute(tx)
    const started = startImport(table, title)
    await expect.poll(async () => (await ask(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query ~* 'insert into'`))[0]!.n,
      { timeout: 20_000, interval: 20 }).toBeGreaterThan(0)
    started.child.kill('SIGKILL')
    await started.over
    return started
  })
  expect(importing.printed()).not.toContain('ok ')
  // Its backend notices that nobody is there any more, and takes back what it had begun.
  await expect.poll(async () => (await ask(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%' or wait_event_type = 'Lock'`))[0]!.n, { timeout: 10_000 }).toBe(0)
  expect(await countRows()).toEqual(before)
  expect((await fetch(house.origin + path)).status).toBe(404)
  const again = startImport(table, title)
  await again.over
  expect(again.printed()).toMatch(/^ok .*\(new, published\)$/m)
  expect((await fetch(house.origin + path)).status).toBe(200)
})

test('ok is not said before the commit has come back', async () => {
  // A commit that waits for a second server: it hangs at its very end, for as long as we like.
  const waitFor = async (standby: string) => {
    await onServer(beside.url, `alter system set synchronous_standby_names = '${standby}'`)
    await onServer(beside.url, 'select pg_reload_conf()')
  }
  const others = (await ask(sql<{ pid: number }>`select pid from pg_stat_activity`)).map(({ pid }) => pid)
  await waitFor('nobody')
  const importing = startImport('hangs', 'Held at its commit')
  try {
    await expect.poll(async () => (await ask(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where wait_event = 'SyncRep' and pid <> all(${others}) and query ~* 'commit'`))[0]!.n, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0)
    await new Promise((later) => setTimeout(later, 500))
    expect(importing.printed()).not.toContain('ok ')
    expect((await fetch(`${house.origin}/en/media/held-at-its-commit`)).status).toBe(404)
  } finally {
    await waitFor('')
  }
  await importing.over
  expect(importing.printed()).toMatch(/^ok .*\(new, published\)$/m)
  expect((await fetch(`${house.origin}/en/media/held-at-its-commit`)).status).toBe(200)
})
