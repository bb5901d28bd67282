// From the database that comes with the program to Debian's PostgreSQL 15, and back: nobody is held by an engine.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import { backUp } from '#kernel/backup/server/backup.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { contentsOf, emptyPlace, look } from '#kernel/testing/backup-place.ts'
import { startSecondEngine } from '#kernel/testing/second-engine.ts'

const PROGRAMS = '/usr/lib/postgresql/15/bin'
const folder = mkdtempSync(join(tmpdir(), 'altavoz-round-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = Temporal.Instant.from('2026-11-29T02:00:00Z')

const versionOf = (url: string) => look(url, async (client) => (await client.query<{ it: string }>(`select current_setting('server_version') as it`)).rows[0]!.it)

async function headOfChain(url: string) {
  const db = await openDatabases({ url })
  const { head, findings } = await verifyChain(db.read).finally(() => db.close())
  return { head, findings }
}

async function filesOf(blobFolder: string): Promise<Record<string, string>> {
  const names = readdirSync(blobFolder, { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name)).sort()
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await readFile(join(blobFolder, name))).toString('base64')] as const)))
}

test('from one engine to the other and back, every row, every file and the chain of acts are the same', async ({ skip }) => {
  if (!existsSync(join(PROGRAMS, 'postgres'))) {
    console.log(`skipped: no PostgreSQL in ${PROGRAMS} (Debian: apt-get install postgresql-15)`)
    skip()
  }
  if ((await versionOf(inject('databaseUrl'))).startsWith('15.')) {
    console.log('skipped: this run is on PostgreSQL 15 itself; the round begins at the one that comes with the program')
    skip()
  }
  const second = await startSecondEngine(PROGRAMS)
  try {
    const [newest] = readdirSync('tests/fixtures').filter((name) => name.endsWith('.backup')).sort().reverse()
    const [start, there, back] = [await emptyPlace(folder), await emptyPlace(folder, second.url), await emptyPlace(folder)]
    await restore(start, join('tests/fixtures', newest!))
    const way = [['out', start, there], ['home', there, back]] as const
    const manifests = []
    for (const [name, from, to] of way) {
      const file = join(folder, `${name}.backup`)
      manifests.push((await backUp({ ...from, now, program: '0.1.0' }, file)).manifest)
      await restore(to, file)
    }
    expect(await versionOf(there.url)).toMatch(/^15\./)
    const before = await contentsOf(start.url)
    expect(Object.keys(before).length).toBeGreaterThan(20)
    expect(Object.keys(await filesOf(start.blobFolder)).length).toBeGreaterThan(3)
    for (const place of [there, back]) {
      expect(await contentsOf(place.url)).toEqual(before)
      expect(await headOfChain(place.url)).toEqual(await headOfChain(start.url))
      expect(await filesOf(place.blobFolder)).toEqual(await filesOf(start.blobFolder))
    }
    expect((await headOfChain(start.url)).findings).toEqual([])
    expect(manifests[1]!.tables).toEqual(manifests[0]!.tables)
    expect(await versionOf(back.url)).toMatch(/^18\./)
    for (const place of [start, back]) await place.drop()
  } finally {
    await second.stop()
  }
})
