// An import of another program's export is killed wherever it may be, and run again: it ends where one that was never killed ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { CORPUS_KINDS, type CorpusKind, TEXTS, writeCorpus } from './import-corpora.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

interface Place { kind: CorpusKind; table: string; after: number }

const TABLES = ['item', 'item_slug', 'revision', 'revision_blob', 'publication', 'imported_text', 'redirect', 'audit_entry', 'blob', 'picture', 'picture_rendition']
const TEN: Place[] = [
  { kind: 'wordpress', table: 'item', after: 0 }, { kind: 'wordpress', table: 'picture_rendition', after: 0 }, { kind: 'wordpress', table: 'redirect', after: 2 },
  { kind: 'feed', table: 'imported_text', after: 1 }, { kind: 'feed', table: 'publication', after: 2 },
  { kind: 'ghost', table: 'revision_blob', after: 1 }, { kind: 'ghost', table: 'item_slug', after: 2 },
  { kind: 'docx', table: 'picture', after: 0 }, { kind: 'docx', table: 'revision', after: 1 },
  { kind: 'markdown', table: 'audit_entry', after: 2 },
]
/** In the long run every kind is killed at every table, at its beginning and in its midst. */
const PLACES = inject('isLong') ? CORPUS_KINDS.flatMap((kind) => TABLES.flatMap((table) => [0, 2].map((after) => ({ kind, table, after })))) : TEN

const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'altavoz-killed-imports-'))
const uploads = join(folder, 'uploads')
let killed: RunningHouse, whole: RunningHouse
let beside: HouseDatabase
beforeAll(async () => {
  [killed, whole] = await Promise.all([runHouse({}, ['--bare']), runHouse({}, ['--bare'])])
  beside = await openHouseDatabase(killed.dataDir)
}, 120_000)
afterAll(async () => {
  await beside?.close()
  await Promise.all([killed?.end(), whole?.end()])
  rmSync(folder, { recursive: true })
})

const wordsFor = (house: RunningHouse, paths: string[]) => ['import', ...paths, '--publish', '--lang', 'en', '--uploads', uploads, '--topics', join(house.dataDir, 'topics.yaml')]

function startImport(path: string): { child: ChildProcess; printed(): string; over: Promise<unknown> } {
  const child = spawn('bin/altavoz', wordsFor(killed, [path]), { env: { PATH: process.env.PATH ?? '', DATA_DIR: killed.dataDir } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { printed += bytes })
  return { child, printed: () => printed, over: new Promise((done) => child.once('close', done)) }
}

const oks = (printed: string) => [...printed.matchAll(/^ok \S+ (\S+)/gm)].map(([, address]) => address!)
const isTrueOf = async (query: string) => (await sql<{ yes: boolean }>`select (${sql.raw(query)}) as yes`.execute(beside.db.read as never)).rows[0]!.yes
const WAITS = `exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~* '^\\s*insert into')`
const LEFT = `exists (select from pg_stat_activity where datname = current_database() and (state like 'idle in transaction%' or wait_event_type = 'Lock'))`

/** Holds the import still where it first writes to a table once so many texts are in, and kills it there. */
async function killAt({ table, after }: Place, path: string): Promise<string[]> {
  const { child, printed, over } = startImport(path)
  let isOver = false
  void over.then(() => { isOver = true })
  const until = (is: () => boolean | Promise<boolean>) => expect.poll(async () => isOver || is(), { timeout: 60_000, interval: 5 }).toBe(true)
  await until(() => oks(printed()).length >= after)
  await beside.db.transaction(async (tx) => {
    // Nobody else can write to this table until we are done; reading goes on.
    await sql`lock table ${sql.id(table)} in exclusive mode`.execute(tx)
    await until(() => isTrueOf(WAITS))
    child.kill('SIGKILL')
    await over
  })
  await expect.poll(() => isTrueOf(LEFT), { timeout: 10_000 }).toBe(false)
  if (!inject('isLong')) expect(oks(printed()).length, `the kill came too late:\n${printed()}`).toBeLessThan(TEXTS)
  return oks(printed())
}

/** Every row of every table, without what chance, the clock and their order give. */
async function rowsOf(house: RunningHouse): Promise<Record<string, string[]>> {
  const { db, close } = await openHouseDatabase(house.dataDir)
  try {
    const found: Record<string, string[]> = {}
    for (const table of [...TABLES, 'withdrawal', 'site', 'topic']) {
      const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(table)} t`.execute(db.read as never)
      found[table] = rows.map(({ row }) => row.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+\+00:00|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
        // The hash of a revision is over the id of its picture too.
        .replace(table === 'revision' || table === 'audit_entry' ? /"hash": "\w{64}"/ : /^$/, '').replace(table === 'audit_entry' ? /"id": \d+, / : /^$/, '')).sort()
    }
    return found
  } finally {
    await close()
  }
}

const filesOf = (house: RunningHouse) => readdirSync(join(house.dataDir, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}/.test(name)).sort()

/** The bytes of a page, without the name of the house, ids that chance gave, and moments. */
async function pageAt({ origin }: RunningHouse, address: string): Promise<string> {
  const answer = await fetch(origin + address, { redirect: 'manual' })
  const text = (await answer.text()).replaceAll(origin, '').replaceAll(encodeURIComponent(origin), '').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, 'TIME')
  return `${answer.status} ${answer.headers.get('location')} ${text}`
}

test(`${PLACES.length} imports that were killed and run again end as one that never was: rows, files and public bytes`, async () => {
  const paths: string[] = []
  const published: string[] = []
  for (const [i, place] of PLACES.entries()) {
    const path = await writeCorpus(place.kind, `site${String(i + 10)}`, join(folder, 'exports'), uploads)
    paths.push(path)
    const acknowledged = await killAt(place, path)
    const again = startImport(path)
    await again.over
    const where = `${place.kind} killed at ${place.table} after ${place.after} texts:\n${again.printed()}`
    expect(oks(again.printed()), where).toHaveLength(TEXTS)
    // What had come before the kill is told as taken over.
    for (const address of acknowledged) expect(again.printed(), where).toContain(`${address} (nothing changed)`)
    published.push(...oks(again.printed()))
  }
  await whole.altavoz(...wordsFor(whole, paths))
  const [rows, expected] = [await rowsOf(killed), await rowsOf(whole)]
  for (const table of Object.keys(expected)) expect(rows[table], table).toEqual(expected[table])
  expect(filesOf(killed)).toEqual(filesOf(whole))
  expect(new Set(published).size).toBe(PLACES.length * TEXTS)
  for (const address of [...published, '/en/media', '/2019/01/text-1/', '/site14-text-1']) {
    const [page, whatItShouldBe] = await Promise.all([pageAt(killed, address), pageAt(whole, address)])
    expect(page === whatItShouldBe, address).toBe(true)
  }
  expect(await killed.altavoz('audit', 'verify')).not.toMatch(/changed|removed|added|reordered/i)
}, 60_000 + PLACES.length * 30_000)
