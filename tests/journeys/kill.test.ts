// The power goes off in the middle: kill -9 of the import or of the database, and nothing acknowledged is lost or half there.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const KILLS = Number(process.env.KILLS ?? 5)
const FILES = 500

let house: RunningHouse
const folder = mkdtempSync(join(tmpdir(), 'five-hundred-'))
beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  for (let n = 0; n < FILES; n++) {
    writePressPage(`page-${n}`, { title: `Page number ${n} of five hundred`, paragraphs: [`This is the first paragraph of page ${n}, made for a test of power cuts.`, `This is the last paragraph of page ${n}.`] }, folder)
  }
}, 120_000)
afterAll(() => house?.end())

const postmaster = () => Number(readFileSync(join(house.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Runs the import of the whole folder and kills `victim` after a while. Answers with the acknowledged addresses. */
async function importAndKill(victim: 'import' | 'database' | 'server', afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, ['build/altavoz.js', 'import', folder, '--publish'], { env: { PATH: process.env.PATH ?? '', DATA_DIR: house.dataDir, PORT: new URL(house.origin).port } })
  let printed = ''
  const started = new Promise<void>((first) => child.stdout.on('data', (bytes) => {
    printed += bytes
    if (printed.includes('ok ')) first()
  }))
  // Closed, not only ended: the last lines that it printed are promises too.
  const over = new Promise<void>((done) => child.once('close', () => done()))
  await Promise.race([started, over])
  await new Promise((later) => setTimeout(later, afterMs))
  if (victim === 'import') child.kill('SIGKILL')
  else if (victim === 'server') await house.kill()
  else process.kill(postmaster(), 'SIGKILL')
  await Promise.race([over, new Promise((late) => setTimeout(late, 15_000))])
  child.kill('SIGKILL')
  if (victim === 'server') await house.startAgain()
  return [...printed.matchAll(/^ok \S+ (\/\S+)/gm)].map((m) => m[1] ?? '')
}

async function publicTexts(): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (let page = 1; ; page++) {
    const answer = await fetch(`${house.origin}/en/media?page=${page}`)
    if (answer.status !== 200) break
    const found = [...(await answer.text()).matchAll(/href="(\/en\/media\/page-number-[a-z0-9-]+)"/g)].map((m) => m[1] ?? '')
    if (found.length === 0) break
    for (const path of found) if (!texts.has(path)) texts.set(path, '')
  }
  return texts
}

async function untilUp() {
  for (let i = 0; i < 150; i++) {
    if ((await fetch(`${house.origin}/readyz`).catch(() => undefined))?.status === 200) return
    await new Promise((soon) => setTimeout(soon, 200))
  }
  throw new Error(`the house did not come back:\n${house.printed().slice(-2000)}`)
}

/** Items of which only a part was written: a row without its address, its words, its publication or its entries in the record. */
async function listHalves(): Promise<string[]> {
  const beside = await openHouseDatabase(house.dataDir)
  try {
    const { rows } = await sql<{ id: string }>`select i.id from item i
      where not exists (select from item_slug s where s.item_id = i.id and s.is_current)
        or not exists (select from revision r join publication p on p.revision_id = r.id where r.item_id = i.id)
        or (select count(*) from audit_entry a where a.subject = 'item:' || i.id) <> 3`.execute(beside.db.read as never)
    return rows.map(({ id }) => id)
  } finally {
    await beside.close()
  }
}

test(`${KILLS} kills during an import of ${FILES} items: no acknowledged item is lost, none is half there`, async () => {
  const acknowledged = new Set<string>()
  const victims = ['import', 'database', 'server'] as const
  for (let n = 0; n < KILLS; n++) {
    for (const path of await importAndKill(victims[n % 3] ?? 'import', 150 + ((n * 97) % 700))) acknowledged.add(path)
    await untilUp()
    // Before anything is imported again: another import would bring back what was lost.
    for (const path of acknowledged) expect((await fetch(house.origin + path)).status, `${path} was acknowledged and is lost after kill ${n + 1}`).toBe(200)
    expect(await listHalves(), `half there after kill ${n + 1}`).toEqual([])
  }
  expect(acknowledged.size).toBeGreaterThan(0)
  const last = await house.altavoz('import', folder, '--publish')
  expect(last).not.toMatch(/error/i)
  const listed = await publicTexts()
  expect(listed.size).toBe(FILES)
  for (const path of listed.keys()) {
    const html = await (await fetch(house.origin + path)).text()
    const n = /page-number-(\d+)/.exec(path)?.[1]
    expect(html, path).toContain(`first paragraph of page ${n},`)
    expect(html, path).toContain(`last paragraph of page ${n}.`)
  }
  expect(await listHalves()).toEqual([])
  expect(await house.altavoz('audit', 'verify')).not.toMatch(/changed|removed|added|reordered/i)
}, 60_000 + KILLS * 30_000)
