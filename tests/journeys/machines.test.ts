// What programs are given: feeds that feed readers take, and an interface that does what its own document says.
import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { entryId } from '#rooms/media/feed-id.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { faultOfXml, hasFeedReader, type ReadFeed, readFeeds, WHY_NOT } from './feed-reader.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const schemas = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(schemas)

let house: RunningHouse
let kept: HouseDatabase
const ids = { shown: '', gone: '', unsafe: '', draft: '', waiting: '' }
const ask = (path: string, headers?: Record<string, string>, method?: string) => askRaw(house.origin, path, headers, method)
const jsonAt = async (path: string) => JSON.parse((await ask(path)).body.toString())

beforeAll(async () => {
  house = await runHouse()
  kept = await openHouseDatabase(house.dataDir)
  const room = newsroom(kept.db)
  const now = Temporal.Now.instant()
  for (const name of ['shown', 'gone', 'unsafe', 'draft', 'waiting'] as const) {
    ids[name] = await room.item('news', now)
    const { revisionId } = await room.save(ids[name], 'en', `Ocelot ${name}`, now, { when: '2022-05', regions: [{ place: 'UY' }] })
    if (name !== 'draft') await room.publish(ids[name], 'en', revisionId, now, name === 'waiting' ? now.add({ hours: 1 }) : now)
  }
  await room.withdraw(ids.gone, 'en', Temporal.Now.instant())
  await act(kept, (tx) => withdrawText(tx, { itemId: ids.unsafe, lang: 'en', why: 'Somebody was named.', reason: 'removed_for_safety' }, 'operator', Temporal.Now.instant()))
}, 120_000)
afterAll(async () => {
  await kept?.close()
  await house?.end()
})

const FILTERS = ['', '?kind=news', '?region=NZ', '?from=none']

test.skipIf(!hasFeedReader)(`a feed reader takes every Atom and RSS feed whole: well-formed, with ids, language and content${hasFeedReader ? '' : ` (${WHY_NOT})`}`, async () => {
  const asked = UI_LANGS.flatMap((lang) => FILTERS.flatMap((filter) => ['atom', 'rss'].map((format) => ({ lang, filter, format }))))
  const read = readFeeds(await Promise.all(asked.map(async ({ lang, filter, format }) => {
    const answer = await ask(`/${lang}/media/feed.${format}${filter}`)
    return { body: answer.body, type: answer.header('content-type') ?? '' }
  })))
  for (const lang of UI_LANGS) {
    for (const filter of FILTERS) {
      const [atom, rss] = read.filter((_, i) => asked[i]!.lang === lang && asked[i]!.filter === filter) as [ReadFeed, ReadFeed]
      expect([atom.bozo, atom.why, atom.version, atom.language], `${lang} ${filter}`).toEqual([0, '', 'atom10', lang])
      expect([rss.bozo, rss.why, rss.version, rss.language], `${lang} ${filter}`).toEqual([0, '', 'rss20', lang])
      for (const feed of [atom, rss]) {
        expect(feed.links.find(({ rel }) => rel === 'self')?.href).toContain(`${house.origin}/${lang}/media/feed.`)
        expect(new Set(feed.entries.map(({ id }) => id)).size).toBe(feed.entries.length)
        for (const entry of feed.entries) {
          expect(entry).toMatchObject({ id: expect.stringMatching(/^urn:uuid:/), title: expect.stringMatching(/\S/), updated: expect.stringMatching(/^\d{4}-/), content: expect.stringContaining('<p') })
          expect(entry.content).not.toMatch(/(href|src)="(?!https?:|mailto:)/)
          if (entry.link) expect(entry.link).toMatch(new RegExp(`^${house.origin}/${lang}/media/`))
        }
      }
      // The same texts; RSS has a notice in the place of each text that Atom calls deleted.
      const notices = rss.entries.filter(({ link }) => link === '')
      expect(rss.entries.filter(({ link }) => link !== '').map(({ id }) => id)).toEqual(atom.entries.map(({ id }) => id))
      expect(notices.length).toBe(lang === 'en' ? (filter === '?region=NZ' || filter === '?from=none' ? 1 : 2) : 0)
    }
  }
})

test('every JSON feed is one by its specification, and tells the same as the Atom feed', async () => {
  const isJsonFeed = schemas.compile(JSON.parse(readFileSync('tests/journeys/json-feed.schema.json', 'utf8')))
  for (const lang of UI_LANGS) {
    for (const filter of FILTERS) {
      const answer = await ask(`/${lang}/media/feed.json${filter}`)
      expect(answer.header('content-type')).toBe('application/feed+json; charset=utf-8')
      const feed = JSON.parse(answer.body.toString())
      expect(isJsonFeed(feed), JSON.stringify(isJsonFeed.errors)).toBe(true)
      const atom = (await ask(`/${lang}/media/feed.atom${filter}`)).body.toString()
      const told = [...atom.matchAll(/<entry[\s\S]*?<id>([^<]*)<\/id>/g)].map(([, id]) => id)
      const gone = [...atom.matchAll(/<at:deleted-entry[^>]* ref="([^"]*)"/g)].map(([, id]) => id)
      const items = feed.items as { id: string; language: string; _withdrawn?: object }[]
      expect(items.filter((item) => !item._withdrawn).map(({ id }) => id)).toEqual(told)
      expect(items.filter((item) => item._withdrawn).map(({ id }) => id)).toEqual(gone)
      expect(items.every((item) => item.language === lang)).toBe(true)
    }
  }
})

test('what was taken down is told under its id; removed for safety, only the day', async () => {
  for (const format of ['atom', 'rss', 'json']) {
    const feed = (await ask(`/en/media/feed.${format}`)).body.toString()
    expect(feed).toContain(entryId(ids.gone, 'en'))
    expect(feed).toContain('It was wrong.')
    expect(feed).toContain(entryId(ids.unsafe, 'en'))
    expect(feed).not.toMatch(/ocelot (gone|unsafe)|ocelot-(gone|unsafe)|Somebody was named/i)
  }
})

test('a feed names its list’s page, goes on by stable addresses, and refuses what it cannot read by its name', async () => {
  const list = (await ask('/en/media?kind=news')).body.toString()
  for (const [format, type] of [['atom', 'application/atom+xml'], ['rss', 'application/rss+xml'], ['json', 'application/feed+json']]) {
    expect(list).toContain(`type="${type}" href="/en/media/feed.${format}?kind=news"`)
    const bad = await ask(`/es/media/feed.${format}?kind=nonsense`)
    expect([bad.status, /“?nonsense/.test(bad.body.toString()), /lang="es"/.test(bad.body.toString())]).toEqual([400, true, true])
    expect((await ask(`/en/media/feed.${format}?page=2`)).status).toBe(404)
    const held = await ask(`/en/media/feed.${format}`)
    expect((await ask(`/en/media/feed.${format}`, { 'if-none-match': held.header('etag')! })).status).toBe(304)
  }
})

test('sitemaps are named in robots.txt and speak of what is public; a part that is not there is no address', async () => {
  const robots = (await ask('/robots.txt')).body.toString()
  for (const path of ['/sitemap.xml', '/news-sitemap.xml']) expect(robots).toContain(`Sitemap: ${house.origin}${path}\n`)
  const whole = (await ask('/sitemap.xml')).body.toString()
  expect((await ask('/sitemap-1.xml')).body.toString()).toBe(whole)
  for (const path of ['/sitemap-2.xml', '/sitemap-0.xml', '/sitemap-x.xml']) expect((await ask(path)).status, path).toBe(404)
  const news = (await ask('/news-sitemap.xml')).body.toString()
  expect(news).toContain(`<loc>${house.origin}/en/media/ocelot-shown</loc>`)
  expect(news.match(/<url>/g)).toHaveLength(1) // starter content is no news
  expect(news).toMatch(/<news:language>en<\/news:language>.*<news:title>Ocelot shown<\/news:title>/)
})

test.skipIf(!hasFeedReader)(`every sitemap is well-formed${hasFeedReader ? '' : ` (${WHY_NOT})`}`, async () => {
  for (const path of ['/sitemap.xml', '/sitemap-1.xml', '/news-sitemap.xml']) expect(faultOfXml((await ask(path)).body), path).toBe('')
  expect(faultOfXml(Buffer.from('<a>&nbsp;</a>'))).not.toBe('')
})

/** Every answer that the document names, by an address that gets it. */
const documented = (): [path: string, status: number, address: string][] => [
  ['/api/v1/items', 200, '/api/v1/items'],
  ['/api/v1/items', 200, '/api/v1/items?lang=es&per_page=3&page=2'],
  ['/api/v1/items', 200, '/api/v1/items?kind=news&region=UY&from=2022&to=2022-12'],
  ['/api/v1/items', 200, '/api/v1/items?lang=en&q=ocelot+shown&sort=newest'],
  ['/api/v1/items', 400, '/api/v1/items?kind=nonsense&per_page=101&lang=xx'],
  ['/api/v1/items', 400, '/api/v1/items?page=99'],
  ['/api/v1/items/{id}', 200, `/api/v1/items/${ids.shown}`],
  ['/api/v1/items/{id}', 200, `/api/v1/items/${ids.shown}?lang=en`],
  ['/api/v1/items/{id}', 400, `/api/v1/items/${ids.shown}?lang=xx`],
  ['/api/v1/items/{id}', 404, `/api/v1/items/${ids.shown}?lang=es`],
  ['/api/v1/items/{id}', 404, '/api/v1/items/nothing'],
  ['/api/v1/items/{id}', 410, `/api/v1/items/${ids.gone}`],
  ['/api/v1/items/{id}', 410, `/api/v1/items/${ids.unsafe}`],
  ['/api/v1/openapi.json', 200, '/api/v1/openapi.json'],
]

test('the OpenAPI document is one, and every documented route and answer is as documented', async () => {
  const document = await jsonAt('/api/v1/openapi.json')
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  schemas.addSchema(document, 'openapi')
  const pointer = (...parts: string[]) => `openapi#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  for (const [path, status, address] of documented()) {
    const answer = await ask(address, { origin: 'https://other.example' })
    expect(answer.status, address).toBe(status)
    const [type, ...others] = Object.keys(document.paths[path].get.responses[status].content)
    expect([answer.header('content-type'), others]).toEqual([`${type}; charset=utf-8`, []])
    expect([answer.header('access-control-allow-origin'), answer.header('set-cookie'), /default-src 'none'/.test(answer.header('content-security-policy')!)]).toEqual(['*', undefined, true])
    const fits = schemas.getSchema(pointer('paths', path, 'get', 'responses', String(status), 'content', type!, 'schema'))!
    expect(fits(JSON.parse(answer.body.toString())), `${address}: ${JSON.stringify(fits.errors)}`).toBe(true)
    if (status !== 200) continue
    const held = await ask(address, { 'if-none-match': answer.header('etag')! })
    expect([held.status, held.body.length, held.header('access-control-allow-origin')], address).toEqual([304, 0, '*'])
  }
  const named = Object.entries<{ get: { responses: object } }>(document.paths).flatMap(([path, { get }]) => Object.keys(get.responses).map((status) => `${path} ${status}`))
  const walked = documented().flatMap(([path, status]) => (status === 200 ? [`${path} 200`, `${path} 304`] : [`${path} ${status}`]))
  // A search that takes longer than a second cannot be asked for here.
  expect(named.filter((one) => !walked.includes(one))).toEqual(['/api/v1/items 503'])
  // Every parameter that the document names is read: a bad value of it is refused by its name.
  for (const [path, { get }] of Object.entries<{ get: { parameters?: { name: string; in: string }[] } }>(document.paths)) {
    for (const { name } of (get.parameters ?? []).filter((one) => one.in === 'query')) {
      const answer = await ask(`${path.replace('{id}', ids.shown)}?${name}=${name === 'q' ? 'x'.repeat(201) : '%21'}`)
      expect([answer.status, JSON.parse(answer.body.toString()).parameters.map((one: { name: string }) => one.name)], `${path} ${name}`).toEqual([400, [name]])
    }
  }
})

test('the list for programs is the list of its page, page by page, and says how to go on', async () => {
  const found: string[] = []
  let next: string | null = `${house.origin}/api/v1/items?lang=en&per_page=5`
  while (next) {
    const page = await jsonAt(new URL(next).pathname + new URL(next).search)
    expect(page.links.self).toBe(next)
    found.push(...page.items.map(({ url }: { url: string }) => new URL(url).pathname))
    next = page.links.next
  }
  const list = (await ask('/en/media')).body.toString().replace(/<!--.*?-->/g, '')
  expect(found).toEqual([...list.matchAll(/<h3 class="h3"><a href="([^"]+)"/g)].map(([, path]) => path))
})

test('programs search as readers do, and find nothing that waits, is a draft or was taken down', async () => {
  const found = async (q: string) => (await jsonAt(`/api/v1/items?lang=en&q=${encodeURIComponent(q)}`)).items.map(({ title }: { title: string }) => title)
  expect(await found('ocelots')).toContain('Ocelot shown')
  expect((await found('ocelot')).filter((title: string) => /gone|unsafe|draft|waiting/i.test(title))).toEqual([])
  expect((await ask('/api/v1/items?q=ocelot')).header('cache-control')).toMatch(/no-/)
})

test('an item that waits, a draft and an id that never was are one answer, byte for byte', async () => {
  const never = bytesOf(await ask('/api/v1/items/019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31'))
  for (const id of [ids.draft, ids.waiting, 'nothing', '%00', ids.shown.toUpperCase()]) expect(bytesOf(await ask(`/api/v1/items/${id}`)), id).toBe(never)
  expect(bytesOf(await ask(`/api/v1/items/${ids.shown}?lang=fr`))).toBe(never)
  for (const path of ['/api/v1/items', '/api/v1/items?kind=news&region=UY']) expect((await ask(path)).body.toString()).not.toMatch(/ocelot (gone|unsafe|draft|waiting)/i)
})

test('a notice says to programs what it says to readers, and removed for safety only the day', async () => {
  const gone = await jsonAt(`/api/v1/items/${ids.gone}`)
  expect(gone.withdrawn).toEqual([{ lang: 'en', withdrawn_at: expect.any(String), reason: 'withdrawn', note: 'It was wrong.', title: 'Ocelot gone', published_at: expect.any(String), replaced_by: null }])
  const unsafe = await jsonAt(`/api/v1/items/${ids.unsafe}`)
  expect(unsafe.withdrawn).toEqual([{ lang: 'en', withdrawn_at: expect.any(String), reason: 'removed_for_safety', note: null, title: null, published_at: null, replaced_by: null }])
})
