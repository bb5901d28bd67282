// Ten years of links lead to the site that an organisation had before. They find their texts here, and tell nothing else.
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { findTextAt } from '#rooms/media/server/address-queries.ts'
import { recordRedirect } from '#rooms/media/server/redirect-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

let house: RunningHouse
let beside: HouseDatabase
beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  beside = await openHouseDatabase(house.dataDir)
}, 120_000)
afterAll(async () => {
  await beside?.close()
  await house?.end()
})

const ask = async (path: string, method = 'GET', language = 'es') => {
  const answer = await fetch(house.origin + path, { method, redirect: 'manual', headers: { 'accept-language': language } })
  const headers = [...answer.headers].filter(([name]) => name !== 'date')
  return { status: answer.status, location: answer.headers.get('location'), headers, text: await answer.text() }
}
const now = () => Temporal.Now.instant()
const keep = (link: string, target: Parameters<typeof recordRedirect>[2]) =>
  act(beside, (tx) => recordRedirect(tx, link, target, 'operator', now()))

/** Imports a text, out at once or not, and keeps its old addresses. */
async function bringIn(title: string, links: string[], isOut = true): Promise<{ itemId: string; path: string }> {
  const page = { title, paragraphs: [`This text was made for a test of old addresses. It is called ${title} here and there.`] }
  await house.altavoz('import', writePressPage('old', page), ...(isOut ? ['--publish'] : []))
  const slug = title.toLowerCase().replaceAll(' ', '-')
  const { itemId } = (await findTextAt(beside.db.read, 'en', slug))!
  for (const link of links) expect(await keep(link, { itemId, lang: 'en' })).toBeNull()
  return { itemId, path: `/en/media/${slug}` }
}

test('an address that nobody kept costs one look, and a page that is there costs none', async () => {
  const looks = async () => {
    // A connection of the server tells what it did only when it is used again a second later: so all are.
    await Promise.all(Array.from({ length: 16 }, (_, n) => ask(`/en/media?q=${n}`)))
    const { rows } = await sql<{ looks: number }>`select (seq_scan + coalesce(idx_scan, 0))::int as looks
      from pg_stat_user_tables where relname = 'redirect'`.execute(beside.db.read as never)
    return rows[0]!.looks
  }
  const before = await looks()
  for (let n = 0; n < 10; n++) for (const path of ['/', `/?x=${n}`, `/en/?p=${n}`, `/en/media?page=1&n=${n}`, '/en/about', '/robots.txt']) expect((await ask(path)).status, path).toBeLessThan(404)
  for (let n = 0; n < 10; n++) for (const path of [`/2019/05/never-${n}/`, `/en/media/never-${n}`]) expect((await ask(path)).status).toBe(404)
  for (let n = 1; n <= 10; n++) expect((await ask(`/?p=${n}`)).status).toBe(307)
  await expect.poll(looks, { timeout: 20_000, interval: 500 }).toBe(before + 30)
})

test('old links lead to where the text stands now, by GET and by HEAD', async () => {
  const { path } = await bringIn('An old statement', ['https://old.example/?p=123', 'https://old.example/2019/05/declaraci%C3%B3n-vieja/'])
  for (const old of ['/?p=123', '/index.php?p=123', '/?utm_source=mail&p=123', '/2019/05/declaraci%C3%B3n-vieja/', '/2019/05/declaraci%c3%b3n-vieja?fbclid=1']) {
    for (const method of ['GET', 'HEAD']) expect(await ask(old, method), old).toMatchObject({ status: 301, location: path, text: '' })
  }
  expect(await (await fetch(`${house.origin}/?p=123`)).text()).toContain('An old statement')
  expect((await ask('/?p=123', 'POST')).status).not.toBe(301)
})

test('an export of WordPress is imported at bin/altavoz, and its addresses lead on; others were never there', async () => {
  // It ends with 1, since it left out a page, a product and what lay in the trash, and says so of each.
  const told = await house.altavoz('import', 'src/rooms/media/import/fixtures/wordpress.xml', '--publish', '--topics', join(house.dataDir, 'topics.yaml')).then(() => 'nothing was left out', String)
  expect(told).toMatch(/ok [0-9a-f-]{36} \/es\/media\/la-red-abre \(new, published\)/)
  for (const old of ['/?p=17', '/2021/03/la-red-abre/']) expect(await ask(old), old).toMatchObject({ status: 301, location: '/es/media/la-red-abre' })
  for (const never of ['/2021/03/la-red-cierra/', '/2021/03/']) expect((await ask(never)).status, never).toBe(404)
  const page = await (await fetch(`${house.origin}/?p=17`)).text()
  expect(page).toContain('Palabras que quedan')
  expect(page).not.toMatch(/\[su_note|\[contact-form/)
})

test('an old feed leads to this one', async () => {
  expect(await keep('https://old.example/feed/', { ownPath: '/en/media/feed.atom' })).toBeNull()
  const feed = await fetch(`${house.origin}/feed/`)
  expect(feed.url).toBe(`${house.origin}/en/media/feed.atom`)
  expect(feed.headers.get('content-type')).toMatch(/atom/)
})

test('the old address of a withdrawn text leads to its notice', async () => {
  const { path } = await bringIn('Withdrawn in the meantime', ['/?p=200'])
  await house.altavoz('withdraw', path, '--why', 'It was dated wrongly.')
  expect(await ask('/?p=200')).toMatchObject({ status: 301, location: path })
  const notice = await fetch(`${house.origin}/?p=200`)
  expect(notice.status).toBe(410)
  expect(await notice.text()).toContain('It was dated wrongly.')
})

test('where a text was removed for safety, its old address tells the day and never the title', async () => {
  const { itemId } = await bringIn('She was named here', ['/?p=300', '/2018/03/she/'])
  const removal = { itemId, lang: 'en', why: 'She was threatened.', reason: 'removed_for_safety' } as const
  await act(beside, (tx) => withdrawText(tx, removal, 'operator', now()))
  for (const old of ['/?p=300', '/2018/03/she/']) {
    const { status, location, headers, text } = await ask(old)
    expect({ status, location }).toEqual({ status: 410, location: null })
    expect(text).toContain('Removed for someone’s safety')
    expect(text + JSON.stringify(headers)).not.toMatch(/named/i)
  }
})

test('the old address of a draft and of an embargoed text answers byte for byte as one that never was', async () => {
  await bringIn('Only a draft', ['/?p=400', '/2020/01/draft/', '/en/old/draft', '/faq/'], false)
  const { path } = await bringIn('Embargoed for now', ['/?p=401', '/2020/01/embargoed/', '/en/old/embargoed'], false)
  await house.altavoz('publish', path, '--at', now().add({ hours: 1 }).toString())
  for (const language of ['es', 'fr;q=0.5', 'xx']) {
    for (const method of ['GET', 'HEAD']) {
      const [draft, embargoed, never] = await Promise.all(['/?p=400', '/?p=401', '/?p=402'].map((old) => ask(old, method, language)))
      expect(draft).toEqual(never)
      expect(embargoed).toEqual(never)
      for (const folder of ['/2020/01', '/en/old']) {
        const other = await ask(`${folder}/never/`, method, language)
        expect(other.status).toBe(404)
        for (const waits of ['draft', 'embargoed']) expect(await ask(`${folder}/${waits}/`, method, language)).toEqual(other)
      }
      expect(await ask('/faq/', method, language)).toEqual(await ask('/fac/', method, language))
    }
  }
})
