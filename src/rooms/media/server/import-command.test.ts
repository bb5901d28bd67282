import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { correctCommand } from '#rooms/media/server/correct-command.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { publishCommand, withdrawCommand } from '#rooms/media/server/text-commands.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const said: string[] = []
// What these commands are given of a house; they touch no blobs and no log.
const house = { db, dataDir: folder, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse

async function run(command: typeof importCommand, words: string[], options: Record<string, unknown> = {}) {
  said.length = 0
  now = now.add({ minutes: 1 })
  return { code: (await command.run(house, words, options)) ?? 0, said: [...said] }
}

const LAUNCH = resolve('../shared/inputs/launch-statement.txt')
const LAUNCH_PATH = '/en/media/launch-of-the-alliance-for-sex-workers-rights'
const isThere = existsSync(LAUNCH)
if (!isThere) console.log('skipped: the launch statement is not beside this repository (../shared/inputs/launch-statement.txt)')

const PAGE = `Example network\n\nPress\n\nAn example of a page\n\nThe network asks that states listen...\n
The network asks that states listen to those who work.\n\nIt says so <b>plainly</b> & with *stars*.\n
when\n\n7 May 2022\n\nregion\n\nUruguay\n\nExample network of organisations`

const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Every row of every table that an import writes. */
async function everything() {
  const tables = ['item', 'itemSlug', 'revision', 'publication', 'itemCorrection', 'withdrawal', 'auditEntry'] as const
  const rows = await Promise.all(tables.map((table) => db.read.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

beforeAll(() => act({ db }, (tx) => foundSite(tx, { zone: 'America/Bogota' }, now)))

test.skipIf(!isThere)('the launch statement is imported and published as printed, and a second import changes nothing', async () => {
  const first = await run(importCommand, [LAUNCH], { publish: true })
  expect(first.code).toBe(0)
  expect(first.said[0]).toMatch(/^ok [0-9a-f-]{36} \/en\/media\/launch-of-the-alliance-for-sex-workers-rights \(new, published\)$/)
  const found = await findPublishedItem(db.read, 'en', LAUNCH_PATH.split('/').at(-1)!, now)
  expect(found?.answer).toMatchObject({
    found: 'item',
    item: {
      title: 'Launch of the Alliance for Sex Workers Rights', kind: 'statement', when: '', whenNotStatedBySource: true,
      regions: [{ place: '419', printed: { text: 'Las Américas y el Caribe', lang: 'es' } }], isStarter: false, signers: [],
      issuedBy: 'Alliance for Human Rights and the Inclusion of Sex Workers in Latin America and the Caribbean',
    },
  })
  const html = found?.answer.found === 'item' ? found.answer.item.bodyHtml : ''
  expect(html.match(/<p id="p\d+">/g)).toHaveLength(12)
  expect(html).not.toMatch(/sex work alliance/i)
  expect((await listPublishedItems(db.read, { lang: 'en', region: '419' }, 1, now)).total).toBe(1)

  const before = await everything()
  for (const options of [{ publish: true }, {}, { dryRun: true }]) {
    expect((await run(importCommand, [LAUNCH], options)).said[0]).toContain('(nothing changed)')
    expect(await everything()).toBe(before)
  }
})

test('a rehearsal says what would happen and changes nothing', async () => {
  const path = file('rehearsed.txt', PAGE)
  const before = await everything()
  const { said } = await run(importCommand, [path], { dryRun: true, publish: true })
  expect(said[0]).toMatch(/^would import .*“An example of a page” \/en\/media\/an-example-of-a-page \(new, published\)$/)
  expect(await everything()).toBe(before)
})

test('an import is a draft until it is published, and then it is not touched again', async () => {
  const path = file('page.txt', PAGE)
  expect((await run(importCommand, [path])).said[0]).toMatch(/\(new\)$/)
  expect(await findPublishedItem(db.read, 'en', 'an-example-of-a-page', now)).toBeUndefined()
  expect((await run(publishCommand, ['/en/media/an-example-of-a-page'])).said).toEqual(['ok: /en/media/an-example-of-a-page is public'])
  const published = await findPublishedItem(db.read, 'en', 'an-example-of-a-page', now)
  expect(published?.answer).toMatchObject({ item: { when: '2022-05-07', regions: [{ place: 'UY' }], teaser: 'The network asks that states listen to those who work.' } })
  expect(published?.answer.found === 'item' && published.answer.item.bodyHtml).toContain('It says so &#x3C;b>plainly&#x3C;/b> &#x26; with *stars*.')

  // An editor mends it: the same file again brings the old words neither into the draft nor before readers.
  const words = { title: 'An example, mended', teaser: 'T.', bodyMarkdown: 'B.' }
  await act({ db }, (tx) => saveRevision(tx, published!.itemId, 'en', words, NOTHING_FROZEN, 'a-person', now))
  await run(publishCommand, ['http://localhost:3000/en/media/an-example-of-a-page/'])
  const before = await everything()
  expect((await run(importCommand, [path], { publish: true })).said[0]).toMatch(/\(nothing changed\)$/)
  expect(await everything()).toBe(before)

  // It changed there too: what came is a draft of its own, and her words stay.
  const changed = file('page.txt', PAGE.replace('plainly', 'clearly'))
  expect((await run(importCommand, [changed])).said[0]).toMatch(/\(a draft beside it\)$/)
  expect((await findPublishedItem(db.read, 'en', 'an-example-of-a-page', now))?.answer).toMatchObject({ item: { title: 'An example, mended' } })
})

test('two imports of one page at once make one item', async () => {
  const path = file('race.txt', PAGE.replace('An example of a page', 'A page that many import'))
  await Promise.all([1, 2, 3].map(() => importCommand.run(house, [path], { publish: true })))
  const slugs = await db.read.selectFrom('itemSlug').select('slug').where('slug', 'like', 'a-page-that-many%').execute()
  expect(slugs).toEqual([{ slug: 'a-page-that-many-import' }])
})

test('what was withdrawn is never revived by an import', async () => {
  const path = file('gone.txt', PAGE.replace('An example of a page', 'A page that goes'))
  await run(importCommand, [path], { publish: true })
  await run(withdrawCommand, ['/en/media/a-page-that-goes'], { why: 'It was wrong.' })
  const before = await everything()
  const again = await run(importCommand, [path], { publish: true })
  expect(again.said[0]).toMatch(/\(left as it is\)$/)
  expect(again.said.at(-1)).toBe('  note: it was withdrawn here and stays withdrawn')
  expect(await everything()).toBe(before)
  expect((await findPublishedItem(db.read, 'en', 'a-page-that-goes', now))?.answer).toMatchObject({ found: 'gone' })
  await expect(run(publishCommand, ['/en/media/a-page-that-goes'])).rejects.toThrow('never revived')
})

test('of many files the good ones are kept and each bad one gives its reason', async () => {
  const many = join(folder, 'many')
  mkdirSync(many)
  file('many/1.txt', '')
  file('many/2.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]))
  file('many/3.TXT', PAGE.replace('An example of a page', 'Good among bad'))
  file('many/4.txt', Buffer.from('A title\n\nText in latin1: pa\xeds.', 'latin1'))
  file('many/5.txt', 'x'.repeat(2_000_001))
  file('many/notes.log', 'not looked at')
  const { code, said } = await run(importCommand, [many])
  expect(code).toBe(1)
  const heads = said.filter((line) => !line.startsWith('  ')).map((line) => line.replace(folder, '').replace(/[0-9a-f-]{36} /, ''))
  expect(heads).toEqual([
    'left out /many/1.txt: it is empty',
    'left out /many/2.txt: it is not plain text in UTF-8',
    'ok /en/media/good-among-bad (new)',
    'left out /many/4.txt: it is not plain text in UTF-8',
    'left out /many/5.txt: it is too large for one press page',
  ])
})

test.each([
  [importCommand, ['/nowhere/at/all.txt'], {}, 'There is no file or folder /nowhere/at/all.txt.'],
  [importCommand, [folder], { lang: 'xx' }, 'The site has no language “xx”. Write one of: en, es, pt, fr, ht.'],
  [publishCommand, ['our-statement'], {}, 'is not the address of a text'],
  [publishCommand, ['/en/media/%ff'], {}, 'is not the address of a text'],
  [publishCommand, ['/en/media/%00'], {}, 'No text has the address'],
  [publishCommand, ['/en/media/none'], {}, 'No text has the address /en/media/none.'],
  [publishCommand, ['/en/media/none'], { at: 'tomorrow' }, '“tomorrow” is not a moment.'],
  [withdrawCommand, ['/en/media/none'], { why: 'x' }, 'No text has the address'],
  [withdrawCommand, ['/en/media/none'], { why: 'x', reason: 'shame' }, 'Write one of: withdrawn, replaced, safety.'],
] as const)('a mistake is one clear sentence and changes nothing (%#)', async (command, words, options, sentence) => {
  const before = await everything()
  const failure = await run(command, [...words], options).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Refusal)
  expect((failure as Refusal).message).toContain(sentence)
  expect(await everything()).toBe(before)
})

test('a correction of what readers can read is told and dated; of anything else it is refused', async () => {
  await run(importCommand, [file('mended.txt', PAGE.replace('An example of a page', 'A page that was wrong'))], { publish: true })
  expect((await run(correctCommand, ['/en/media/a-page-that-was-wrong'], { note: ' It said 2003. ' })).said).toEqual(['ok: /en/media/a-page-that-was-wrong says what was corrected, and so does /en/corrections'])
  expect((await findPublishedItem(db.read, 'en', 'a-page-that-was-wrong', now))?.answer).toMatchObject({ item: { corrections: [{ at: now, note: 'It said 2003.' }] } })
  await run(importCommand, [file('draft.txt', PAGE.replace('An example of a page', 'A page that waits'))])
  const before = await everything()
  await expect(run(correctCommand, ['/en/media/a-page-that-waits'], { note: 'x' })).rejects.toThrow('it is not public')
  await expect(run(correctCommand, ['/en/media/a-page-that-was-wrong'], { note: ' ' })).rejects.toThrow('the note is empty')
  expect(await everything()).toBe(before)
})

test('a text goes out at its hour, or is called off before it without a notice', async () => {
  const address = '/es/media/una-pagina'
  await run(importCommand, [file('hour.txt', PAGE.replace('An example of a page', 'Una página'))], { lang: 'es' })
  await expect(run(publishCommand, [address], { at: '2020-01-01T00:00Z' })).rejects.toThrow('that moment is past')
  expect((await run(publishCommand, [address], { at: '2027-01-01T00:00-05:00' })).said).toEqual([`ok: ${address} will be public from 2027-01-01T05:00:00Z`])
  expect((await run(withdrawCommand, [address], { why: 'Not agreed.' })).said).toEqual([`ok: ${address} will not be published`])
  expect(await findPublishedItem(db.read, 'es', 'una-pagina', Temporal.Instant.from('2028-01-01T00:00Z'))).toBeUndefined()
  await expect(run(withdrawCommand, [address], { why: 'Not agreed.' })).rejects.toThrow('it is not public')
})

test('a text can be replaced by another, or removed for someone’s safety', async () => {
  for (const title of ['Old words', 'New words', 'Dangerous words']) {
    await run(importCommand, [file('words.txt', PAGE.replace('An example of a page', title))], { publish: true })
  }
  await expect(run(withdrawCommand, ['/en/media/old-words'], { why: 'x', reason: 'replaced' })).rejects.toThrow('--by ADDRESS go together')
  await expect(run(withdrawCommand, ['/en/media/old-words'], { why: 'x', reason: 'replaced', by: '/en/media/old-words' })).rejects.toThrow('by itself')
  await run(withdrawCommand, ['/en/media/old-words'], { why: 'Agreed anew.', reason: 'replaced', by: '/en/media/new-words' })
  expect((await findPublishedItem(db.read, 'en', 'old-words', now))?.answer).toMatchObject({ tombstone: { replacedBy: { slug: 'new-words' } } })
  await run(withdrawCommand, ['/en/media/dangerous-words'], { why: 'A name.', reason: 'safety' })
  expect((await findPublishedItem(db.read, 'en', 'dangerous-words', now))?.answer).toMatchObject({ tombstone: { reason: 'removed_for_safety', note: null } })
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read gives its reason', async () => {
  const path = file('closed.txt', PAGE)
  chmodSync(path, 0)
  expect((await run(importCommand, [path])).said).toEqual([`left out ${path}: it cannot be opened (EACCES)`])
})
