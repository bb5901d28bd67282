// What an export may meet where it is taken back: other texts, people's later words, changed and hostile folders.
import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { openSite } from '#kernel/site/server/site-actions.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { addOrganisation, recordAgreementToBeShown } from '#rooms/people/server/organisation-actions.ts'
import { newFolder, openTestHouse, rowsOf } from './testing/export-houses.ts'

const here = await openTestHouse()
const there = await openTestHouse()
const room = newsroom(here.db)
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
const made = newFolder('made')
let [demand, gone, organisationId] = ['', '', '']

beforeAll(async () => {
  await act(here, (tx) => openSite(tx, 'operator', here.later()))
  const pdf = await here.house.blobs.write(PDF)
  const words = { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }
  await act(here, async (tx) => {
    await recordBlob(tx, { ...pdf, mediaType: 'application/pdf' }, here.time.now)
    const added = await addOrganisation(tx, 'organisation-a', words, 'operator', here.time.now)
    if (added.added) organisationId = added.id
    await recordAgreementToBeShown(tx, organisationId, 'operator', here.time.now)
  })
  demand = await room.item('statement', here.later())
  const files = [{ hash: pdf.hash, name: 'demand.pdf', title: 'Demand', mediaType: 'application/pdf', byteSize: pdf.byteSize, lang: 'en' }]
  const shown = { files, signers: [{ organisationId, name: 'Organisation A' }] }
  const first = await room.save(demand, 'en', 'A demand', here.later(), shown)
  await room.publish(demand, 'en', first.revisionId, here.later())
  await room.save(demand, 'en', 'A demand, revised', here.later(), shown, 'A demand')
  await room.save(demand, 'es', 'Un borrador', here.later())
  gone = await room.item('news', here.later())
  const went = await room.save(gone, 'en', 'It went', here.later())
  await room.publish(gone, 'en', went.revisionId, here.later())
  await room.withdraw(gone, 'en', here.later())
  await here.export(made)
})
beforeEach(async () => {
  await there.empty()
  there.time.now = here.later(10)
})

/** The export, to be changed. */
function copy(): string {
  const folder = newFolder('copy')
  cpSync(made, folder, { recursive: true })
  return folder
}
const itemIn = (folder: string, name: RegExp) => join(folder, 'items', readdirSync(join(folder, 'items')).find((one) => name.test(one))!)
const change = (path: string, from: string | RegExp, to: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
/** As a stranger would who knows how exports are made: every hash fits. */
function seal(folder: string): void {
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n').map((line) => line.slice(66)).filter((path) => existsSync(join(folder, path)))
  const sums = lines.map((path) => `${createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}  ${path}\n`).join('')
  writeFileSync(join(folder, 'SHA256SUMS'), sums)
  change(join(folder, 'altavoz-export.json'), /"sums": "[0-9a-f]+"/, `"sums": "${createHash('sha256').update(sums).digest('hex')}"`)
}
const stand = async (lang: string, slug: string) => (await findPublishedItem(there.db.read, lang, slug, there.time.now.add({ hours: 1 })))?.answer
const titleAt = async (lang: string, slug: string) => {
  const answer = await stand(lang, slug)
  return answer?.found === 'item' ? answer.item.title : answer?.found
}
/** A house with a past of its own. */
async function inUse() {
  const other = newsroom(there.db)
  const itemId = await other.item('news', there.later())
  const saved = await other.save(itemId, 'en', 'A demand', there.later())
  await other.publish(itemId, 'en', saved.revisionId, there.later())
  return { other, itemId }
}

test('only its owner may read an export; it is browsed by day and title, and its hashes are those of sha256sum', () => {
  for (const path of readdirSync(made, { recursive: true, encoding: 'utf8' })) {
    const { mode } = statSync(join(made, path))
    expect(mode & 0o077, path).toBe(0)
  }
  expect(statSync(made).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(made, 'items'))).toEqual(['2026-11-24-a-demand', '2026-11-24-it-went'])
  expect(readdirSync(itemIn(made, /a-demand/)).sort()).toEqual(['en.md', 'es.md', 'item.yaml', 'revisions'])
  expect(readFileSync(join(itemIn(made, /a-demand/), 'en.md'), 'utf8')).toMatch(/^---\ntitle: "A demand, revised"\nlang: "en"\nkind: "statement"\nslug: "a-demand"\nstate: "draft; readers see an older text"\n/)
  for (const line of readFileSync(join(made, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')) {
    expect(createHash('sha256').update(readFileSync(join(made, line.slice(66)))).digest('hex')).toBe(line.slice(0, 64))
  }
})

test('a folder that holds something is refused, and so is an export that was cut off, on both ways', async () => {
  const used = newFolder('used')
  mkdirSync(used)
  writeFileSync(join(used, 'letter.txt'), 'x')
  await expect(here.export(used)).rejects.toThrow(/is not empty\. Name a new folder/)
  expect(readdirSync(used)).toEqual(['letter.txt'])
  const cut = copy()
  rmSync(join(cut, 'altavoz-export.json'))
  writeFileSync(join(cut, 'UNFINISHED'), '')
  await expect(here.export(cut)).rejects.toThrow('holds an export that was cut off')
  await expect(there.import(cut)).rejects.toThrow('was not finished')
})

test('an export that cannot be whole leaves nothing of itself', async () => {
  const hash = createHash('sha256').update(PDF).digest('hex')
  const blob = join(here.dataDir, 'blobs', hash.slice(0, 2), hash)
  const bytes = readFileSync(blob)
  writeFileSync(blob, 'rotten')
  const folder = newFolder()
  await expect(here.export(folder)).rejects.toThrow('is damaged on the disk')
  expect(existsSync(folder)).toBe(false)
  writeFileSync(blob, bytes)
})

test('what only readers may see goes out with --public: no draft, no older text, no notice, nobody who did not agree', async () => {
  const folder = newFolder('public')
  expect((await here.export(folder, { public: true })).said.join()).toContain('no drafts')
  expect(readdirSync(join(folder, 'items'))).toEqual(['2026-11-24-a-demand'])
  expect(readdirSync(itemIn(folder, /a-demand/)).sort()).toEqual(['en.md', 'item.yaml'])
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile()).map((path) => readFileSync(join(folder, path), 'latin1')).join()
  for (const hidden of ['revised', 'borrador', 'It went', 'It was wrong', 'operator"\npublic']) expect(all).not.toContain(hidden)
  expect((await there.import(folder)).code).toBe(0)
  expect(await titleAt('en', 'a-demand')).toBe('A demand')
})

test('a dry run tells of each text what would happen and changes nothing', async () => {
  const before = await rowsOf(there)
  const { said, code } = await there.import(made, { dryRun: true })
  expect(code).toBe(0)
  expect(said).toContain(`would take back items/2026-11-24-a-demand: “A demand, revised” /en/media/a-demand (new, with its publications)`)
  expect(await rowsOf(there)).toEqual(before)
  expect(await there.house.blobs.find(createHash('sha256').update(PDF).digest('hex'))).toBeUndefined()
})

test('into a house in use what is not there comes as drafts, what stands there is never written over, and collisions are named', async () => {
  const { itemId } = await inUse()
  const { said, code } = await there.import(made)
  expect(code).toBe(0)
  expect(said).toContain('note: settings and fixed pages stay as they are here')
  expect(said.join('\n')).toContain('/en/media/a-demand is another text’s here: it stands at /en/media/a-demand-2')
  expect(said.join('\n')).toContain('it agreed to be shown on the other site')
  expect(await stand('en', 'a-demand-2')).toBeUndefined()
  expect((await there.db.read.selectFrom('organisation').select('agreedToBeShownAt').executeTakeFirstOrThrow()).agreedToBeShownAt).toBeNull()
  const answer = await stand('en', 'a-demand')
  expect(answer?.found === 'item' && answer.item.id).toBe(itemId)
  const shown = await there.import(made, { publish: true })
  expect(shown.said.join('\n')).toContain('/en/media/a-demand-2 (nothing changed, with its publications)')
  expect(await titleAt('en', 'a-demand-2')).toBe('A demand')
  expect(await titleAt('en', 'it-went')).toBe('gone')
})

test('what people wrote here since stays, and what changed in both houses comes as a draft beside it', async () => {
  await there.import(made)
  await act(there, (tx) => saveRevision(tx, demand, 'es', { title: 'Aquí', teaser: '', bodyMarkdown: 'Escrito aquí.' }, NOTHING_FROZEN, 'person', there.later()))
  expect((await there.import(made)).said.filter((line) => line.startsWith('ok'))).toEqual(Array(3).fill(expect.stringContaining('(nothing changed)')))
  const folder = copy()
  change(join(itemIn(folder, /a-demand/), 'es.md'), 'And more.', 'Y allí.')
  const { said } = await there.import(folder)
  expect(said.join('\n')).toMatch(/it changed there and here: what came is a draft at \/es\/media\/un-borrador-2, beside \/es\/media\/un-borrador/)
  const again = await there.import(folder)
  expect(again.said.filter((line) => line.includes('a draft beside it)'))).toEqual([])
  const latest = await there.db.read.selectFrom('revision').select('title').where('itemId', '=', demand).where('lang', '=', 'es').orderBy('number', 'desc').executeTakeFirst()
  expect(latest!.title).toBe('Aquí')
})

test('words that were changed in the folder are a new revision that no organisation signed; in an empty house too nobody sees them unasked', async () => {
  const folder = copy()
  change(join(itemIn(folder, /a-demand/), 'en.md'), 'And more.', 'And other words.')
  const fresh = await there.import(folder)
  expect(fresh.said.join('\n')).toContain('they come as a draft that no organisation signed')
  expect(await titleAt('en', 'a-demand')).toBe('A demand')
  const newest = await there.db.read.selectFrom('revision').select(['bodyMarkdown', 'frozen']).where('itemId', '=', demand).where('lang', '=', 'en').orderBy('number', 'desc').executeTakeFirstOrThrow()
  expect(newest.bodyMarkdown).toContain('And other words.')
  expect(newest.frozen.signers).toEqual([])
  expect((await there.import(folder)).said.filter((line) => line.startsWith('ok')).every((line) => line.includes('(nothing changed)'))).toBe(true)

  await there.empty()
  await there.import(made)
  const changed = await there.import(folder, { publish: true })
  expect(changed.said.join('\n')).toContain('/en/media/a-demand (a new revision, with its publications)')
  const answer = await stand('en', 'a-demand')
  expect(answer?.found === 'item' && [answer.item.bodyHtml.includes('And other words.'), answer.item.signers]).toEqual([true, []])
})

test('what was withdrawn here stays withdrawn, whatever an older export says', async () => {
  const older = copy()
  for (const part of ['withdrawals', 'corrections']) change(join(itemIn(older, /it-went/), 'item.yaml'), new RegExp(`${part}:\\n(?:  .*\\n)+`), `${part}: []\n`)
  change(join(itemIn(older, /it-went/), 'item.yaml'), /publicUntil: ".*"/, 'publicUntil: null')
  seal(older)
  await inUse()
  await there.import(made) // as drafts, withdrawn
  await there.import(older, { publish: true })
  expect(await titleAt('en', 'it-went')).toBe('gone')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from publication where public_until is null and item_id = ${gone}`.execute(there.db.read as never)
  expect(rows[0]!.n).toBe(0)
})

test('a file that is missing or has other bytes leaves its text out, named with its place; nothing of it is stored', async () => {
  const hash = createHash('sha256').update(PDF).digest('hex')
  const folder = copy()
  appendFileSync(join(folder, 'files', hash, 'demand.pdf'), 'x')
  const { said, code } = await there.import(folder)
  expect(code).toBe(1)
  expect(said.join('\n')).toContain(`left out items/2026-11-24-a-demand: files/${hash}/demand.pdf has other bytes than when it was exported`)
  rmSync(join(folder, 'files', hash, 'demand.pdf'))
  expect((await there.import(folder)).said.join('\n')).toContain(`files/${hash}/demand.pdf is missing`)
  expect(await there.db.read.selectFrom('item').select('id').where('id', '=', demand).execute()).toEqual([])
  const changed = createHash('sha256').update(PDF).update('x').digest('hex')
  expect(existsSync(join(there.dataDir, 'blobs', changed.slice(0, 2), changed))).toBe(false)
  expect((await there.import(made)).code).toBe(0) // the rest was in; now this is too
  expect(await titleAt('en', 'a-demand')).toBe('A demand')
})

const item = (folder: string) => join(itemIn(folder, /a-demand/), 'item.yaml')
const text = (folder: string) => join(itemIn(folder, /a-demand/), 'es.md')
const BOMB = `a: &a ["x","x","x","x","x","x","x","x","x"]\n${[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]\n`).join('')}`
test.each<[string, (folder: string) => void, RegExp]>([
  ['an item of which a fact was changed', (folder) => change(item(folder), 'statement', 'letter'), /item\.yaml was changed after the export/],
  ['a YAML bomb', (folder) => { writeFileSync(item(folder), BOMB); seal(folder) }, /cannot be read as YAML/],
  ['YAML that nests deep', (folder) => { writeFileSync(item(folder), `id: ${'['.repeat(50_000)}`); seal(folder) }, /nested deeper/],
  ['wrong types', (folder) => { change(item(folder), /createdAt: .*/, 'createdAt: {}'); seal(folder) }, /not as an export has it at “createdAt”/],
  ['a slug that leads out', (folder) => { change(item(folder), 'slug: "a-demand"', 'slug: "../../etc"'); seal(folder) }, /not as an export has it at “slugs\.0\.slug”/],
  ['a file outside the folder', (folder) => { change(item(folder), /file: "files\//, 'file: "../'); seal(folder) }, /not as an export has it at “files/],
  ['a file that would act as a page', (folder) => { change(item(folder), 'mediaType: "application/pdf"', 'mediaType: "text/html"'); seal(folder) }, /not as an export has it at “files/],
  ['a text outside its folder', (folder) => { change(item(folder), '"en.md"', '"../../site.yaml"'); seal(folder) }, /not as an export has it at “texts/],
  ['a link that runs script', (folder) => { change(text(folder), 'sources: []', 'sources: [{title: "x", publisher: null, year: null, url: "javascript:alert(1)", lang: null}]'); seal(folder) }, /not as an export has it at “sources/],
  ['a publication of words that are not there', (folder) => { change(item(folder), /revisionId: "[^"]*"/, `revisionId: "${'0'.repeat(8)}-0000-7000-8000-000000000000"`); seal(folder) }, /readers do not see its changed words/],
  ['quotations without end', (folder) => { change(text(folder), 'And more.', '> '.repeat(20_000)) }, /more than 100 quotations/],
  ['a huge text', (folder) => { truncateSync(text(folder), 20_000_000) }, /is larger than 16 MB/],
  ['what is no text', (folder) => { writeFileSync(text(folder), Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe])) }, /is no text in UTF-8/],
  ['front matter that never ends', (folder) => { writeFileSync(text(folder), '---\ntitle: "x"\n') }, /does not begin with front matter/],
  ['a word that no text has', (folder) => { change(text(folder), 'teaser:', 'colour: "red"\nteaser:') }, /not as an export has it at “colour”/],
])('%s is named with its reason, and the rest goes on', async (_what, harm, reason) => {
  const folder = copy()
  harm(folder)
  const { said } = await there.import(folder)
  expect(said.join('\n')).toMatch(reason)
  expect(said.join('\n')).toContain('/en/media/it-went (new')
  if (said.some((line) => line.startsWith('left out'))) expect(await there.db.read.selectFrom('revision').select('id').where('itemId', '=', demand).execute()).toEqual([])
})

test.each<[string, (folder: string) => void, RegExp]>([
  ['a symbolic link', (folder) => symlinkSync('/etc/passwd', join(folder, 'items', 'link')), /“items\/link”, which is a symbolic link/],
  ['a name that leads out', (folder) => appendFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`), /names “\.\.\/\.\.\/etc\/passwd”/],
  ['a list of files that was changed', (folder) => change(join(folder, 'SHA256SUMS'), /\n[^\n]*site.yaml/, ''), /SHA256SUMS is not as it was written/],
  ['a list of files that is cut off', (folder) => truncateSync(join(folder, 'SHA256SUMS'), 100), /SHA256SUMS: is cut off/],
  ['an endless line', (folder) => writeFileSync(join(folder, 'SHA256SUMS'), 'x'.repeat(1_000_000)), /holds a line that is too long/],
  ['a head that is none', (folder) => writeFileSync(join(folder, 'altavoz-export.json'), '{"format": 1'), /altavoz-export\.json is not as Altavoz writes it/],
  ['a newer format', (folder) => change(join(folder, 'altavoz-export.json'), '"format": 1', '"format": 2'), /has a newer format \(2\)/],
  ['settings of wrong types', (folder) => { change(join(folder, 'site.yaml'), /languages:\n(?: {2}.*\n)+/, 'languages: "es"\n'); seal(folder) }, /site\.yaml is not as an export has it at “languages”/],
  ['a zone that is none', (folder) => { change(join(folder, 'site.yaml'), 'America/Bogota', 'Mars/Olympus'); seal(folder) }, /site\.yaml is not as an export has it at “zone”/],
  ['topics that are missing', (folder) => rmSync(join(folder, 'topics.yaml')), /topics\.yaml is missing/],
])('%s is refused before anything is stored', async (_what, harm, reason) => {
  const folder = copy()
  harm(folder)
  const before = await rowsOf(there)
  await expect(there.import(folder)).rejects.toThrow(reason)
  expect(await rowsOf(there)).toEqual(before)
})

test('what has an id of something else that is here is left out whole', async () => {
  const folder = copy()
  const id = /publications:\n {2}- id: "([^"]+)"/.exec(readFileSync(item(folder), 'utf8'))![1]!
  change(join(itemIn(folder, /it-went/), 'item.yaml'), /(publications:\n {2}- id: ")[^"]+/, `$1${id}`)
  seal(folder)
  expect((await there.import(folder)).said.join('\n')).toContain('left out items/2026-11-24-it-went: the database refuses it (publication_pkey)')
  expect(await there.db.read.selectFrom('item').select('id').where('id', '=', gone).execute()).toEqual([])
})

test('an export is taken back by itself, with no option that is of no use for it', async () => {
  await expect(there.import(made, { lang: 'es' })).rejects.toThrow('--lang is not for an export')
  await expect(there.import(made, { sameItem: true })).rejects.toThrow('--same-item is not for an export')
})
