// Everything goes out while the house serves, and comes back into a new one: every public page is the same, byte for byte.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withSmallDisk } from '#kernel/testing/small-disk.ts'
import { everythingPublic } from './everything-public.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'altavoz-journey-export-'))
const out = join(folder, 'export')
let [old, young]: (RunningHouse | undefined)[] = []
/** Both say that they are this address, so that what they print can be compared. */
const ORIGIN = 'https://alliance.example'
beforeAll(async () => {
  old = await runHouse({ ORIGIN })
  const house = old
  const pdf = join(folder, 'informe.pdf')
  writeFileSync(pdf, '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
  const page = (name: string, title: string) => writePressPage(name, { title, paragraphs: [`This text is called ${title}, and was made for a test of exports.`] })
  await house.altavoz('site', 'set', 'name.en', 'Alliance of “examples” # 1')
  await house.altavoz('import', page('one', '--- : # "A title" that harms'), '--publish')
  await house.altavoz('file', '/en/media/a-title-that-harms', pdf, '--title', 'The report: all', '--publish')
  await house.altavoz('correct', '/en/media/a-title-that-harms', '--note', 'It said: 2.')
  await house.altavoz('import', page('gone', 'A text that went'), '--publish')
  await house.altavoz('withdraw', '/en/media/a-text-that-went', '--why', 'It was wrong.')
  await house.altavoz('import', page('draft', 'A text that waits'))
  await house.altavoz('organisation', 'add', 'Organización A', '--lang', 'es')
  await house.altavoz('organisation', 'agreed', 'organizacion-a')
  await house.altavoz('open')
}, 170_000)
afterAll(async () => {
  await old?.end()
  await young?.end()
  rmSync(folder, { recursive: true })
})

/** Where to begin: lists, feeds, and what went or waits. */
const ADDRESSES = ['/en/', '/es/media', '/en/media', '/sitemap.xml', '/news-sitemap.xml', '/robots.txt', '/en/media/feed.atom', '/es/media/feed.rss', '/en/media/feed.json', '/api/v1/items', '/en/media/a-text-that-went', '/en/media/a-text-that-waits',
    '/en/corrections', '/en/calendar.ics', '/en/press', '/es/organisations', '/.well-known/security.txt', '/en/media?q=exports']

test('exported while it serves and taken back into a new house, every public page is the same, byte for byte; again, nothing changes', async () => {
  expect(await old!.altavoz('export', out)).toMatch(/^ok: \d+ items, \d+ texts, 1 organisations, \d+ pages in .*\n {2}note: It holds drafts/m)
  const before = await everythingPublic(old!, ADDRESSES)
  expect([...before.keys()].filter((path) => path.startsWith('/blob/')).length).toBeGreaterThan(0)
  expect(before.get('/en/media/a-text-that-went')).toMatch(/^410 /)
  young = await runHouse({ ORIGIN })
  const said = await young.altavoz('import', out)
  expect(said).toContain('the site is as it was')
  expect(said).not.toContain('left out')
  const after = await everythingPublic(young, ADDRESSES)
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
  for (const [path, text] of before) expect(after.get(path) === text, path).toBe(true)
  const again = await young.altavoz('import', out)
  expect(again.split('\n').filter((line) => line.startsWith('ok') && !line.endsWith('(nothing changed)'))).toEqual([])
  expect(await young.altavoz('audit', 'verify')).not.toMatch(/changed|missing/)
  await expect(young.altavoz('export', out)).rejects.toThrow('is not empty')
}, 170_000)

test('killed in its midst it is no export: nothing is taken from it, nothing written over it, and another folder takes a whole one', async () => {
  const cut = join(folder, 'killed')
  const child = spawn('bin/altavoz', ['export', cut], { env: { PATH: process.env.PATH ?? '', DATA_DIR: old!.dataDir, ORIGIN }, stdio: 'ignore', detached: true })
  const over = once(child, 'exit')
  const written = () => (existsSync(cut) ? readdirSync(cut, { recursive: true }).length : 0)
  await expect.poll(written, { timeout: 30_000, interval: 2 }).toBeGreaterThan(10)
  process.kill(-child.pid!, 'SIGKILL')
  await over
  expect(existsSync(join(cut, 'altavoz-export.json')), 'the kill came too late').toBe(false)
  const left = written()
  await expect(young!.altavoz('import', cut)).rejects.toThrow('was not finished')
  await expect(old!.altavoz('export', cut)).rejects.toThrow(/holds an export that was cut off\. Remove the folder/)
  expect(written()).toBe(left)
  expect(await old!.altavoz('export', join(folder, 'whole'))).toMatch(/^ok: /m)
}, 90_000)

test.runIf(process.getuid?.() === 0)('a disk that is full ends export and backup with what to do, and leaves nothing of them', async ({ skip }) => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  await withSmallDisk(disk, '256k', skip, async () => {
    for (const line of [['export', join(disk, 'out')], ['backup', join(disk, 'a.backup')]]) {
      await expect(old!.altavoz(...line), line[0]).rejects.toThrow(/disk .*full/i)
      expect(readdirSync(disk), line[0]).toEqual([])
    }
  })
}, 60_000)

test('a text goes onto a letterhead, and an export that was cut off is told from a whole one', async () => {
  await young!.altavoz('docx', '/en/media/a-title-that-harms', join(folder, 'letter.docx'))
  expect(existsSync(join(folder, 'letter.docx'))).toBe(true)
  rmSync(join(out, 'altavoz-export.json'))
  writeFileSync(join(out, 'UNFINISHED'), '')
  await expect(young!.altavoz('import', out)).rejects.toThrow('was not finished')
}, 60_000)
