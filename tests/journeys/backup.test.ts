// Backed up while readers read and an import writes, wiped, restored: every public page is the same, byte for byte.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everythingPublic } from './everything-public.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

let house: RunningHouse
const folder = mkdtempSync(join(tmpdir(), 'altavoz-backup-'))
beforeAll(async () => {
  house = await runHouse()
  const pdf = join(folder, 'informe.pdf')
  writeFileSync(pdf, '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
  await house.altavoz('import', writePressPage('one', { title: 'A text with a file', paragraphs: ['This text was made for a test of backups, and for nothing else.'] }), '--publish')
  await house.altavoz('file', '/en/media/a-text-with-a-file', pdf, '--title', 'The report', '--publish')
  await house.altavoz('import', writePressPage('gone', { title: 'A text that went', paragraphs: ['This text was made for a test of backups, and was withdrawn.'] }), '--publish')
  await house.altavoz('withdraw', '/en/media/a-text-that-went', '--why', 'It was wrong.')
}, 120_000)
afterAll(async () => {
  await house?.end()
  rmSync(folder, { recursive: true })
})

/** Where to begin: lists, feeds, and what went. */
const ADDRESSES = ['/en/', '/es/media', '/en/media', '/sitemap.xml', '/robots.txt', '/en/media/feed.atom', '/api/v1/items', '/en/media/a-text-that-went', '/en/corrections', '/en/calendar.ics']

test('a backup that is made under load is whole, and only its owner reads it', async () => {
  const pages = Array.from({ length: 40 }, (_, n) => writePressPage(`load-${n}`, { title: `A text of the load ${n}`, paragraphs: [`This text is number ${n} of those that come while a backup is made.`] }))
  const load = house.altavoz('import', ...pages, '--publish')
  const file = join(folder, 'under-load.backup')
  expect(await house.altavoz('backup', file)).toMatch(/^ok: \d+ rows in \d+ tables, [1-9]\d* files/m)
  await load
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(await house.altavoz('backup', 'verify', file)).toMatch(/^ok: \d+ rows/m)
  await expect(house.altavoz('backup', file)).rejects.toThrow(/already|is there/)
})

test('sealed on the server and dated, it is tried where the key is, and doctor tells of it', async () => {
  const key = await generateX25519Identity()
  const keyFile = join(folder, 'altavoz.key')
  writeFileSync(keyFile, `${key}\n`)
  expect(await house.altavoz('doctor')).toMatch(/^good  backup +the last was made less than an hour ago/m)
  expect(await house.altavoz('backup', '--to', folder, '--keep-daily', '7', '--seal-to', await identityToRecipient(key))).toMatch(/, sealed$/m)
  const name = readdirSync(folder).find((one) => /^altavoz-\d{4}-\d{2}-\d{2}T\d{4}Z\.backup\.age$/.test(one))!
  await expect(house.altavoz('backup', 'verify', join(folder, name))).rejects.toThrow(/is sealed. Name the file with its secret key: --identity KEYFILE/)
  expect(await house.altavoz('backup', 'verify', join(folder, name), '--identity', keyFile)).toMatch(/^ok: \d+ rows[^]*a backup of [^]* by Altavoz 0\.1\.0/m)
})

test('wiped and restored, every public page is the same, byte for byte; a place that is in use is refused', async () => {
  const before = await everythingPublic(house, ADDRESSES)
  expect([...before.keys()].filter((path) => path.startsWith('/blob/')).length).toBeGreaterThan(0)
  expect(before.get('/en/media/a-text-that-went')).toMatch(/^410 /)
  const file = join(folder, 'quiet.backup')
  await house.altavoz('backup', file)
  await expect(house.altavoz('restore', file)).rejects.toThrow(/Stop it first|not empty/)
  await house.end()
  expect(existsSync(house.dataDir)).toBe(false)
  expect(await house.altavoz('restore', file)).toMatch(/^ok: \d+ rows/m)
  await house.startAgain()
  const after = await everythingPublic(house, ADDRESSES)
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
  for (const [path, said] of before) expect(after.get(path) === said, path).toBe(true)
  expect(await house.altavoz('audit', 'verify')).not.toMatch(/changed|missing/)
  await expect(house.altavoz('restore', file)).rejects.toThrow(/Stop it first|not empty/)
}, 170_000)
