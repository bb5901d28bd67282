// Promise: a page of the desk in a house of 10,000 items and 50 editors at work, p95 of 100 ms or less. Each editor reads the list, opens
// a text, its release board, its publishing page and its comparison, a translation beside its source, its second reading and its notes, the
// plan, the translators' board and the library with its 2,000 pictures, and pauses between as people do; while she writes, what she
// types is kept every three seconds. ITEMS, EDITORS, SECONDS; FOLDER keeps the archive for a second run.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { newId } from '#kernel/id/id.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'
import { openArchive } from './archive.ts'
import { cpuSeconds, FLAGS, printMachine } from './house.ts'

const ITEMS = Number(process.env.ITEMS ?? 10_000)
const EDITORS = Number(process.env.EDITORS ?? 50)
const SECONDS = Number(process.env.SECONDS ?? 60)
const [PICTURES, PLANS, NOTES] = [2000, 1000, 2000]
const PAUSE_MS = 2000
const LIMIT_MS = 100

printMachine()
const archive = await openArchive(ITEMS, 200, process.env.FOLDER)
const dataDir = await mkdtemp('/var/tmp/altavoz-bench-desk-')
const now = Temporal.Now.instant()
const { cookies, items } = await archive.db.transaction(async (tx) => {
  const slug = `bench-${now.epochMilliseconds}`
  const added = await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
  if (!added.added) throw new Error(added.obstacle)
  await sql`update item set written_in = ${added.id}`.execute(tx)
  const cookies: string[] = []
  for (let i = 0; i < EDITORS; i++) {
    const [id, name] = [newId(), `${slug}-${i}`]
    await tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'en', createdAt: now, endedAt: null }).execute()
    await tx.insertInto('personDuty').values({ id: newId(), personId: id, duty: 'editor', organisationId: added.id, lang: null, since: now, until: null, givenBy: 'operator' }).execute()
    cookies.push(`altavoz=${(await startSession(tx, id, { sharedDevice: false, device: null }, now)).token}`)
  }
  const items = (await tx.selectFrom('item').select('id').orderBy(sql`random()`).limit(500).execute()).map(({ id }) => id)
  await sql`update revision set body_markdown = repeat('Lo que pedimos a los Estados es que la ley proteja y no castigue.' || chr(10) || chr(10), 40) where item_id = any(${items}::uuid[])`.execute(tx)
  // What the library, the plan and the notes hold is made anew each time.
  const hash = sql`encode(sha256(convert_to(${slug} || n, 'UTF8')), 'hex')`
  const form = sql`jsonb_build_object('hash', ${hash}, 'width', 640, 'height', 480)`
  const numbers = sql`generate_series(1, ${PICTURES}::int) n`
  await sql`insert into blob (hash, media_type, byte_size, created_at) select ${hash}, 'image/webp', 30000, ${now} from ${numbers}`.execute(tx)
  await sql`insert into library_file (id, kind, organisation_id, name, credit, licence, shown, added_by, added_at)
    select gen_random_uuid(), 'picture', ${added.id}, 'Marcha ' || n, 'Archivo', '', jsonb_build_object('pictureId', null, 'inPage', jsonb_build_array(${form}), 'large', ${form}), 'operator', ${now}::timestamptz - n * interval '1 minute' from ${numbers}`.execute(tx)
  await sql`insert into library_blob select id, shown#>>'{large,hash}' from library_file where organisation_id = ${added.id}`.execute(tx)
  await sql`insert into revision_blob (revision_id, hash) select r.id, ${hash} from ${numbers} join revision r on r.item_id = (${items}::uuid[])[n] and r.lang = 'es' where n <= 500 on conflict do nothing`.execute(tx)
  await sql`insert into library_alt select id, 'es', 'Una marcha con pancartas' from library_file where organisation_id = ${added.id}`.execute(tx)
  await sql`insert into consent select id, 1, 'given', '', '{site,prints}', null, null, true, 'operator', ${now} from library_file where organisation_id = ${added.id}`.execute(tx)
  await sql`insert into plan (id, title, kind, due_day, langs, written_in, campaign, created_by, created_at)
    select gen_random_uuid(), 'Por escribir ' || n, 'news', current_date + n % 60 - 20, '{es,pt}', ${added.id}, 'Campaña ' || n % 9, 'operator', ${now} from generate_series(1, ${PLANS}::int) n`.execute(tx)
  await sql`insert into desk_note (id, item_id, lang, asked_by, asked_at, text)
    select gen_random_uuid(), (${items}::uuid[])[1 + n % 500], 'pt', 'operator', ${now}, '¿Qué ley es?' from generate_series(1, ${NOTES}::int) n`.execute(tx)
  return { cookies, items }
})
await archive.db.transaction((tx) => sql`analyze`.execute(tx))

const port = await freePort()
const origin = `http://localhost:${port}`
const server = spawn(process.execPath, [...FLAGS, 'build/server.js'], { env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, DATABASE_URL: archive.url, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] })
await new Promise<void>((ready, failed) => {
  server.stdout.on('data', (bytes: Buffer) => { if (String(bytes).includes('altavoz ready on')) ready() })
  server.once('exit', (code) => failed(new Error(`the house ended with ${code}`)))
})

const times = new Map<string, number[]>()
async function timed(name: string, path: string, cookie: string, body?: URLSearchParams): Promise<string> {
  const began = performance.now()
  const answer = await fetch(origin + path, { headers: { cookie, accept: 'text/html', origin }, ...(body && { method: 'POST', body }), redirect: 'manual' })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  times.set(name, [...(times.get(name) ?? []), performance.now() - began])
  return text
}
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms * (0.5 + Math.random())))

async function work(cookie: string, until: number) {
  // People do not sit down in one moment.
  await pause(10_000)
  while (performance.now() < until) {
    const id = items[Math.floor(Math.random() * items.length)]!
    await timed('the list', '/desk/media', cookie)
    await pause(PAUSE_MS)
    await timed('the list by a word of the title', '/desk/media?q=balme', cookie)
    await pause(PAUSE_MS)
    const page = await timed('the writing page', `/desk/media/${id}/es`, cookie)
    const base = /name="base" value="([0-9a-f-]{36})"/.exec(page)![1]!
    for (let n = 0; n < 3; n++) {
      await pause(3000)
      await timed('keeping what is typed', `/desk/media/${id}/es/typing`, cookie, new URLSearchParams({ base, title: 'Un título', teaser: '', body: `Lo que se escribe, ${n}. `.repeat(100) }))
    }
    await timed('the release board', `/desk/media/${id}/agree`, cookie)
    await pause(PAUSE_MS)
    await timed('the publishing page', `/desk/media/${id}/publish`, cookie)
    await pause(PAUSE_MS)
    await timed('the comparison', `/desk/media/${id}/es/compare`, cookie)
    await pause(PAUSE_MS)
    for (const [name, path] of [
      ['beside the source', `/desk/media/${id}/pt/translate`], ['the second reading', `/desk/media/${id}/pt/read`], ['the notes', `/desk/media/${id}/notes`],
      ['the translators’ board', '/desk/media/translate'], ['the plan', '/desk/media/plan'], ['the library', '/desk/media/pictures'], ['the library by a word', '/desk/media/pictures?q=pancartas'],
      ['a text’s picture', `/desk/media/${id}/picture`],
    ] as const) {
      await timed(name, path, cookie)
      await pause(PAUSE_MS)
    }
  }
}

try {
  await Promise.all(cookies.slice(0, 8).map((cookie) => work(cookie, performance.now() + 20_000)))
  times.clear()
  const [began, cpu] = [performance.now(), cpuSeconds(server.pid!)]
  await Promise.all(cookies.map((cookie) => work(cookie, began + SECONDS * 1000)))
  const wall = (performance.now() - began) / 1000
  let asked = 0
  for (const [name, all] of times) {
    all.sort((a, b) => a - b)
    asked += all.length
    const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))]!.toFixed(0)
    console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms of ${all.length}`)
    if (Number(at(0.95)) > LIMIT_MS) process.exitCode = 1
  }
  console.log(`${EDITORS} editors, ${ITEMS} items: ${(asked / wall).toFixed(1)} requests a second, ${((cpuSeconds(server.pid!) - cpu) / wall).toFixed(2)} of a processor; floor ${LIMIT_MS} ms`)
} finally {
  server.kill('SIGTERM')
  await new Promise((done) => server.once('exit', done))
  await archive.end()
  await rm(dataDir, { recursive: true, force: true })
}
