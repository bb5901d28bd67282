// Texts wait for their hour on two servers of one database. Before it, not one byte of them leaves the house by any way; within
// a second of it they stand everywhere, on both, and nothing had to run.
import { createHash, randomBytes } from 'node:crypto'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { type TestMailServer, startMailServer } from '#kernel/testing/mail-server.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { makePressLink } from '#rooms/media/server/press-link-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { blobPath, pictureName } from '#rooms/media/shown.ts'
import { everythingPublic } from './everything-public.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const LANGS = ['es', 'pt'] as const
const SLUG = { es: 'el-quetzal-espera', pt: 'o-quetzal-espera' }
const NEVER = { es: 'el-quetzal-esperó', pt: 'o-quetzal-esperou' }
/** Stands in what waits and nowhere else: its words, its address, what its picture shows, who took it, and what its file is called. */
const CANARY = /quetzal/i
/** Long enough to look everywhere twice on a busy machine. */
const BEFORE_ITS_HOUR_MS = 45_000
const now = () => Temporal.Now.instant()

let mail: TestMailServer, one: RunningHouse, other: RunningHouse, beside: HouseDatabase
let nodes: RunningHouse[] = []
let itemId = '', hour = now(), pressLink = ''
let picture: NonNullable<Frozen['picture']>, file: NonNullable<Frozen['files']>[number]
let places: string[] = []
let before: string[][] = []

beforeAll(async () => {
  mail = await startMailServer()
  one = await runHouse({ SMTP_URL: mail.url }, ['--bare'])
  beside = await openHouseDatabase(one.dataDir)
  other = await runHouse({ DATABASE_URL: beside.url, SMTP_URL: mail.url }, ['--bare'])
  nodes = [one, other]
  // Two servers of one house have one shelf of files.
  rmSync(join(other.dataDir, 'blobs'), { recursive: true })
  symlinkSync(join(one.dataDir, 'blobs'), join(other.dataDir, 'blobs'))

  const room = newsroom(beside.db)
  const shown = await room.item('statement', now(), 'es')
  const text = await room.save(shown, 'es', 'Un texto que ya es público', now(), {}, 'ya es publico')
  await room.publish(shown, 'es', text.revisionId, now())
  places = [
    '/', '/robots.txt', '/sitemap.xml', '/news-sitemap.xml', '/es/media/ya-es-publico', '/es/media?q=espera', '/es/media?q=quetzal', '/pt/media?q=quetzal', '/es/media?kind=statement', '/es/media?region=GT',
    '/api/v1/items?lang=es', '/api/v1/items?lang=pt', '/api/v1/items?lang=es&q=quetzal', '/es/quetzal', '/es/media?from=quetzal-no', '/es/blob/quetzal',
    ...['en', 'es', 'pt', 'fr', 'ht'].flatMap((lang) => [`/${lang}/`, `/${lang}/media`, `/${lang}/media/feed.atom`, `/${lang}/media/feed.rss`, `/${lang}/media/feed.json`, `/${lang}/media/calendar`, `/${lang}/topics`]),
  ]
  before = await everyAnswer()
  await plan()
}, 240_000)
afterAll(async () => {
  await beside?.close()
  await other?.end()
  await one?.end()
  await mail?.close()
})

const everyAnswer = () => Promise.all(nodes.map((node) => Promise.all(places.map(async (path) => bytesOf(await askRaw(node.origin, path))))))

async function plan() {
  const jpeg = await sharp({ create: { width: 1600, height: 900, channels: 3, background: 'teal' } }).jpeg().toBuffer()
  const blobs = await openBlobs(beside.db, join(one.dataDir, 'blobs'))
  const [shot, sheet] = [await blobs.write(jpeg), await blobs.write(Buffer.from('The quetzal in a sheet of facts.'))]
  await act(beside, (tx) => recordBlob(tx, { ...shot, mediaType: 'image/jpeg' }, now()))
  await act(beside, (tx) => recordBlob(tx, { ...sheet, mediaType: 'application/pdf' }, now()))
  const rendition = { format: 'jpeg' as const, width: 1600, height: 900, ...shot }
  picture = { alt: 'Un quetzal en la plaza', credit: 'Foto del quetzal', licence: 'CC BY-SA 4.0', inPage: [rendition], large: rendition }
  file = { ...sheet, name: 'quetzal.pdf', title: 'Hoja del quetzal', mediaType: 'application/pdf', lang: 'es' }
  itemId = await act(beside, (tx) => createItem(tx, { kind: 'statement', originalLang: 'es' }, 'operator', now()))
  for (const lang of LANGS) {
    await act(beside, async (tx) => {
      await giveSlug(tx, itemId, lang, SLUG[lang], now())
      await saveRevision(tx, itemId, lang, { title: `Quetzal (${lang})`, teaser: 'El quetzal, en breve.', bodyMarkdown: 'El quetzal espera su hora.\n\n> Nadie lo sabe.' },
        { ...NOTHING_FROZEN, picture, files: [file], byline: 'Quetzal', regions: [{ place: 'GT' }] }, 'operator', now())
    })
  }
  // Nobody is to be seen in them, which somebody recorded: else the desk would let neither go out.
  await beside.db.transaction((tx) => sql`insert into consent (file_id, number, state, reason, shown_in, face_may_be_seen, recorded_by, recorded_at)
    select f.id, 1, 'not-needed', 'A bird.', '{site,prints,networks}', true, 'operator', now() from library_file f where not exists (select from consent c where c.file_id = f.id)`.execute(tx))
  hour = now().add({ milliseconds: BEFORE_ITS_HOUR_MS })
  for (const lang of LANGS) {
    const text = (await listTextStandings(beside.db.read, itemId, now())).find((standing) => standing.lang === lang)!
    expect(await newsroom(beside.db).publish(itemId, lang, text.revisionId, now(), hour)).toMatchObject({ published: true })
  }
}

const BELOW = ['', '/card.png', '/print.pdf', '/square.png', '/story.png', '/kit.zip', '/__data.json']
const filePaths = () => [...picture.inPage, picture.large].map((one) => blobPath(one.hash, pictureName(one))).concat(blobPath(file.hash, file.name))
const neverHash = createHash('sha256').update('never').digest('hex')

test('before its hour not one byte of it is in any list, feed, search, sitemap, interface, picture, file, error or header, on either server', async () => {
  for (const asked of ['as readers ask', 'once more, from what is kept']) {
    const after = await everyAnswer()
    nodes.forEach((_node, n) => places.forEach((path, i) => expect(after[n]![i], `${asked}: ${path}`).toBe(before[n]![i])))
    for (const node of nodes) {
      for (const path of places.filter((place) => !CANARY.test(place))) {
        const anew = await askRaw(node.origin, path, { cookie: '__Host-altavoz=1' })
        expect(bytesOf(anew), `made anew: ${path}`).not.toMatch(CANARY)
      }
      for (const lang of LANGS) {
        for (const below of BELOW) {
          const [waits, never] = await Promise.all([SLUG[lang], NEVER[lang]].map((slug) => askRaw(node.origin, `/${lang}/media/${encodeURIComponent(slug)}${below}`)))
          expect(waits!.status, below).toBe(404)
          expect(bytesOf(waits!).replaceAll(SLUG[lang], ''), `${lang} ${below}`).toBe(bytesOf(never!).replaceAll(encodeURIComponent(NEVER[lang]), '').replaceAll(NEVER[lang], ''))
        }
      }
      for (const path of filePaths()) {
        const [waits, never] = await Promise.all([path, path.replace(/[0-9a-f]{64}/, neverHash)].map((address) => askRaw(node.origin, address)))
        expect([waits!.status, bytesOf(waits!)], path).toEqual([404, bytesOf(never!)])
      }
      const answer = await askRaw(node.origin, `/api/v1/items/${itemId}`)
      expect([answer.status, CANARY.test(bytesOf(answer))]).toEqual([404, false])
    }
  }
  for (const [path, answer] of await everythingPublic(one, ['/sitemap.xml', '/es/', '/es/media'])) expect(answer, path).not.toMatch(CANARY)
  expect(Temporal.Instant.compare(now(), hour), 'all this was before its hour').toBe(-1)
})

test('no job, no letter and no line of the log holds a word of it, and none waits for the hour', async () => {
  // Queues, schedules, what waits, what was done: all that the jobs keep.
  const { rows: kept } = await sql<{ row: string }>`select r.row from information_schema.tables t,
    lateral (select unnest(xpath('//row/text()', query_to_xml(format('select to_jsonb(x)::text as row from pgboss.%I x', t.table_name), false, false, '')))::text as row) r
    where t.table_schema = 'pgboss'`.execute(beside.db.read)
  expect(kept.length, 'rows to look through').toBeGreaterThan(10)
  expect(kept.filter(({ row }) => CANARY.test(row) || row.includes(itemId))).toEqual([])
  expect(mail.letters.filter(({ raw }) => CANARY.test(raw))).toEqual([])
  for (const node of nodes) expect(node.printed().split('\n').filter((line) => CANARY.test(line) && !line.includes('/quetzal'))).toEqual([])
})

test('a press link shows it with its pictures to whoever has it, on both servers, and nobody else', async () => {
  const token = randomBytes(32).toString('base64url')
  expect(await act(beside, (tx) => makePressLink(tx, { itemId, lang: 'es', newsroom: 'La Redacción', token }, 'operator', now()))).toBeNull()
  pressLink = `/press-preview/${token}`
  for (const node of nodes) {
    const answer = await askRaw(node.origin, pressLink)
    expect([answer.status, answer.header('cache-control'), /El quetzal espera su hora/.test(answer.body.toString())]).toEqual([200, 'no-store', true])
    expect((await askRaw(node.origin, `${pressLink.slice(0, -2)}AA`)).status).toBe(404)
  }
})

test('within a second of its hour it stands everywhere on both servers, with nothing running', async () => {
  // Neither server's jobs run: whatever makes it public is not one of them.
  await beside.db.transaction((tx) => sql`update pgboss.job set start_after = now() + interval '1 hour' where state in ('created', 'retry')`.execute(tx))
  const pages = LANGS.map((lang) => `/${lang}/media/${SLUG[lang]}`)
  for (const node of nodes) for (const path of [...pages, '/es/media', '/pt/media/feed.atom']) for (let i = 0; i < 3; i++) await askRaw(node.origin, path)
  await new Promise((soon) => { setTimeout(soon, Math.max(0, hour.since(now()).total('milliseconds'))) })
  const listed = [...pages, ...LANGS.flatMap((lang) => [`/${lang}/media`, `/${lang}/media/feed.atom`, `/${lang}/media/feed.rss`, `/${lang}/media/feed.json`, `/api/v1/items?lang=${lang}`, `/${lang}/media?q=quetzal`]), '/sitemap.xml', '/es/']
  const missing = async () => (await Promise.all(nodes.flatMap((node, n) => listed.map(async (path) => {
    const answer = await askRaw(node.origin, path)
    return answer.status === 200 && /quetzal-espera/i.test(answer.body.toString().replaceAll(/<form[\s\S]*?<\/form>/g, '')) ? [] : [`${n} ${path}`]
  })))).flat()
  let last: string[] = ['all']
  let took = 0
  while (last.length > 0 && took < 10_000) {
    const asked = now()
    last = await missing()
    took = asked.since(hour).total('milliseconds')
  }
  expect(last).toEqual([])
  console.log(`An embargo of two languages ended on two servers, ${listed.length} pages each: all asked for ${took.toFixed(0)} ms after the hour showed it`)
  expect(took, 'milliseconds from the hour to a round of questions that all find it').toBeLessThan(1000)
  for (const node of nodes) {
    for (const path of [...filePaths(), ...pages.flatMap((page) => BELOW.slice(1, -1).map((below) => page + below))]) expect((await askRaw(node.origin, path)).status, path).toBe(200)
    expect((await askRaw(node.origin, pressLink)).header('location')).toBe(pages[0])
  }
})
