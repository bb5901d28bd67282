// The import as an operator runs it: with real files, a real database and real pictures.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { keepFiles, findFiles } from '#rooms/media/server/incoming-files.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-import-run-'))
afterAll(() => rmSync(folder, { recursive: true }))
const blobs = await openBlobs(db, join(folder, 'blobs'))
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const said: string[] = []
const house = { db, blobs, dataDir: folder, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse
const topics = join(folder, 'topics.yaml')

async function run(words: string[], options: Record<string, unknown> = {}) {
  said.length = 0
  now = now.add({ minutes: 1 })
  return { code: (await importCommand.run(house, words, { topics, ...options })) ?? 0, said: [...said] }
}
const write = (name: string, text: string) => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const page = (title: string, more = '') => `---\ntitle: ${title}\ndate: 2019-05-04\n${more}---\n\nThe words of it, and of nothing else.\n`
const item = async (lang: string, slug: string) => {
  const answer = (await findPublishedItem(db.read, lang, slug, now.add({ minutes: 1 })))?.answer
  return answer?.found === 'item' ? answer.item : undefined
}

beforeAll(() => act({ db }, async (tx) => {
  await foundSite(tx, { zone: 'America/Bogota' }, now)
}))

test('a folder of Markdown comes in, each in its language, and the second run changes nothing', async () => {
  write('blog/a-note.md', page('A note', 'lang: en\n'))
  write('blog/una-nota.es.md', page('Una nota'))
  write('blog/bad.md', '---\ntitle: [\n---\nText.')
  const first = await run([join(folder, 'blog')], { publish: true })
  expect(first.code).toBe(1)
  const heads = first.said.filter((line) => /^(ok|left out)/.test(line)).map((line) => line.replace(folder, '').replace(/[0-9a-f-]{36} /, ''))
  expect(heads).toEqual([
    'ok /en/media/a-note (new, published)', expect.stringMatching(/^left out \/blog\/bad\.md: its front matter/),
    'ok /es/media/una-nota (new, published)',
  ])
  expect(await item('es', 'una-nota')).toMatchObject({ title: 'Una nota', when: '2019-05-04' })
  const again = await run([join(folder, 'blog')], { publish: true })
  expect(again.said.filter((line) => line.startsWith('ok'))).toEqual([expect.stringContaining('(nothing changed)'), expect.stringContaining('(nothing changed)')])
})

test('the report is a file that only its owner reads', async () => {
  const { said: lines } = await run([write('reported.md', page('Reported'))])
  const file = /^the report: (.+)$/.exec(lines.at(-1)!)![1]!
  expect(readFileSync(file, 'utf8')).toContain('/en/media/reported (new)')
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('a dry run says what would happen and changes nothing', async () => {
  const before = readdirSync(folder).sort()
  const path = write('rehearsed.md', page('Rehearsed', 'aliases: [/old/rehearsed]\n'))
  const { said: lines } = await run([path], { publish: true, dryRun: true })
  expect(lines[0]).toBe(`would import ${path}: “Rehearsed” /en/media/rehearsed (new, published)`)
  expect(await item('en', 'rehearsed')).toBeUndefined()
  expect(await db.read.selectFrom('redirect').selectAll().where('address', '=', '/old/rehearsed').execute()).toEqual([])
  expect(readdirSync(folder).sort()).toEqual([...before, 'rehearsed.md'].sort())
})

test('the first run writes which topic each tag stands for; filled in, the second run files by it', async () => {
  const path = write('tagged.md', page('Tagged', 'tags: [Salud sexual, hiv]\n'))
  const first = await run([path], { publish: true })
  expect(first.said.join('\n')).toContain(`2 categories and tags stand in ${topics}; 1 of them have no topic`)
  expect(readFileSync(topics, 'utf8')).toMatch(/^Salud sexual: ""$/m)
  expect((await item('en', 'tagged'))!.topics.map(({ key }) => key)).toEqual(['hiv'])
  writeFileSync(topics, readFileSync(topics, 'utf8').replace('Salud sexual: ""', 'Salud sexual: human-rights'))
  expect((await run([path], { publish: true })).said[0]).toContain('(a new revision, published)')
  expect((await item('en', 'tagged'))!.topics.map(({ key }) => key).sort()).toEqual(['hiv', 'human-rights'])
  writeFileSync(topics, 'Salud sexual: no-such-topic')
  await expect(run([path])).rejects.toThrow('there is no such topic')
  rmSync(topics)
})

test('press pages of one text are its languages, in one item', async () => {
  const press = (title: string, words: string) => `Example network\n\nPress\n\n${title}\n\n${words.slice(0, 30)}...\n\n${words}\n\nwhen\n\n7 May 2022\n\nregion\n\nUruguay\n\nExample network`
  const files = [
    write('one.txt', press('A demand of the network', 'The network asks that the states listen to those who work.')),
    write('two.txt', press('Una exigencia de la red', 'La red pide que los Estados escuchen a las personas que trabajan.')),
  ]
  const { said: lines, code } = await run(files, { sameItem: true, publish: true })
  expect(code).toBe(0)
  expect((await item('es', 'una-exigencia-de-la-red'))!.languages.map(({ lang }) => lang).sort()).toEqual(['en', 'es'])
  const ids = lines.filter((line) => line.startsWith('ok')).map((line) => line.split(' ')[1])
  expect(new Set(ids).size).toBe(1)
  const again = await run(files, { sameItem: true, publish: true })
  expect(again.said.filter((line) => line.startsWith('ok')).every((line) => line.includes('(nothing changed)'))).toBe(true)
  expect((await run([files[0]!, write('three.txt', press('Another demand', 'The network asks that the states listen to those who work.'))], { sameItem: true })).said.join())
    .toContain('another file of this item has that already')
})

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
test('files are found in the folder of uploads alone, whatever their address says', async () => {
  mkdirSync(join(folder, 'uploads/2019/05'), { recursive: true })
  writeFileSync(join(folder, 'uploads/2019/05/informe.pdf'), PDF)
  writeFileSync(join(folder, 'secret.pdf'), PDF)
  symlinkSync(join(folder, 'secret.pdf'), join(folder, 'uploads/link.pdf'))
  const find = async (address: string) => {
    const [found] = await findFiles(join(folder, 'uploads'), [{ address, name: 'informe.pdf', alt: '' }])
    return 'hash' in found! ? 'found' : found!.reason
  }
  expect(await find('https://old.example/wp-content/uploads/2019/05/informe.pdf')).toBe('found')
  for (const outside of ['../secret.pdf', '/uploads/../../secret.pdf', '%2e%2e/secret.pdf', 'link.pdf', '2019/05', 'nothing.pdf', '']) {
    expect(await find(outside), outside).toContain('does not hold it')
  }
})

test('a document is offered with its text; what is no document says so', async () => {
  const text = { title: 'A', files: [] } as never
  const found = await findFiles(join(folder, 'uploads'), [
    { address: '2019/05/informe.pdf', name: 'informe.pdf', alt: '' }, { address: 'x.exe', name: 'x.exe', alt: '', bytes: Buffer.from('MZ') },
    { address: 'a.svg', name: 'a.svg', alt: 'A drawing', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') },
  ])
  const kept = await keepFiles(house, false, found, text, 'es')
  expect(kept.shown.files).toMatchObject([{ name: 'informe.pdf', title: 'informe', mediaType: 'application/pdf', lang: 'es' }])
  expect(kept.notes).toEqual([expect.stringContaining('x.exe is left out'), expect.stringContaining('a.svg is left out: svg')])
})

test('a WordPress export comes in with its languages, its files, its old addresses and its drafts; again, nothing changes', async () => {
  const wxr = 'src/rooms/media/import/fixtures/wordpress.xml'
  mkdirSync(join(folder, 'wp/2021/03'), { recursive: true })
  const first = await run([wxr], { publish: true, uploads: join(folder, 'wp') })
  const text = first.said.join('\n')
  expect(text).toMatch(/ok [0-9a-f-]{36} \/es\/media\/la-red-abre \(new, published\)/)
  expect(text).toContain('[contact-form-7]')
  const shown = (await item('es', 'la-red-abre'))!
  expect(shown.languages.map(({ lang }) => lang).sort()).toEqual(['en', 'es'])
  expect(shown).toMatchObject({ when: '2021-03-08', byline: 'Equipo de Prensa' })
  const moved = await db.read.selectFrom('redirect').select('address').where('itemId', '=', shown.id).where('lang', '=', 'es').execute()
  expect(moved.map(({ address }) => address).sort()).toEqual(['/2021/03/la-red-abre', '/?p=17'])
  const before = await db.read.selectFrom('revision').select('id').execute()
  const again = await run([wxr], { publish: true, uploads: join(folder, 'wp') })
  expect(again.said.filter((line) => line.startsWith('ok') && !line.includes('(nothing changed)'))).toEqual([])
  expect(await db.read.selectFrom('revision').select('id').execute()).toEqual(before)
  rmSync(topics, { force: true })
})

test('feeds come in: each entry once, whatever flavour', async () => {
  const feeds = readdirSync('src/rooms/media/import/fixtures').filter((name) => /^(rss|atom|feed).*\.(xml|json)$/.test(name))
  expect(feeds.length).toBeGreaterThanOrEqual(6)
  for (const feed of feeds) {
    const path = join('src/rooms/media/import/fixtures', feed)
    const { said: lines } = await run([path])
    const ok = lines.filter((line) => line.startsWith('ok'))
    expect(ok.length, feed).toBeGreaterThan(0)
    expect((await run([path])).said.filter((line) => line.startsWith('ok')).every((line) => line.includes('nothing changed')), feed).toBe(true)
  }
  rmSync(topics, { force: true })
})
