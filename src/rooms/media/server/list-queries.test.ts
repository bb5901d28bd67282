import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { contains } from '#kernel/place/place.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { overlaps, parseWhen } from '#kernel/when/when.ts'
import type { ItemFilter, Kind } from '#rooms/media/item.ts'
import { renameSlug } from '#rooms/media/server/item-actions.ts'
import { countFacets } from '#rooms/media/server/facet-queries.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { listForSitemap } from '#rooms/media/server/sitemap-queries.ts'
import { newsroom, ZONE } from '#rooms/media/server/testing.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T03:00:00Z') // still the 23rd in Bogotá
const later = (minutes: number) => start.add({ minutes })
const day = (text: string) => Temporal.PlainDate.from(text)

interface Row { title: string; kind: Kind; when: string; regions: string[]; topics?: string[] }
const ROWS: Row[] = [
  { title: 'Not stated', kind: 'statement', when: '', regions: ['419'] },
  { title: 'Open call', kind: 'call', when: '2024-02-10/', regions: ['BB', 'KN'] },
  { title: 'A year', kind: 'report', when: '2021', regions: ['419'], topics: ['hiv', 'migration'] },
  { title: 'A month', kind: 'report', when: '2008-05', regions: ['NZ'] },
  { title: 'A day', kind: 'news', when: '2002-07-09', regions: ['UY'], topics: ['hiv'] },
  { title: 'A span', kind: 'report', when: '2013-07/2014-03', regions: ['MX-CHH'] },
  { title: 'A moment', kind: 'event', when: '2022-01-01T02:00[Europe/Madrid]', regions: ['019'] },
  { title: 'The world', kind: 'video', when: '2020-01-31', regions: ['001'] },
  { title: 'No place', kind: 'letter', when: '2020-01-30', regions: [] },
]

beforeAll(async () => {
  for (const { title, kind, when, regions, topics = [] } of ROWS) {
    const itemId = await room.item(kind, start)
    const saved = await room.save(itemId, 'en', title, start, { when, topics, regions: regions.map((place) => ({ place })) })
    await room.publish(itemId, 'en', saved.revisionId, start)
    // Shown in no list: a draft in another language, and a text that is to go out later.
    await room.save(itemId, 'es', `Borrador ${title}`, start)
  }
  const embargoed = await room.item('alert', start)
  const saved = await room.save(embargoed, 'en', 'Embargoed', start, { when: '2026', regions: [{ place: 'UY' }] })
  await room.publish(embargoed, 'en', saved.revisionId, start, later(100))
})

const titles = async (filter: Omit<ItemFilter, 'lang'> = {}, now = later(10)) =>
  (await listPublishedItems(db.read, { lang: 'en', ...filter }, 1, now)).items.map((item) => item.title)

test('the list is newest first by the latest day of when; what states none stands at the day it was recorded here', async () => {
  expect(await titles()).toEqual([
    'Not stated', 'Open call', 'A moment', 'A year', 'The world', 'No place', 'A span', 'A month', 'A day',
  ])
})

test('a moment is filed under its day in the site’s zone', async () => {
  // 02:00 of 1 January in Madrid is 31 December in Bogotá.
  expect(await titles({ from: day('2022-01-01'), to: day('2022-01-01') })).not.toContain('A moment')
  expect(await titles({ from: day('2021-12-31'), to: day('2021-12-31') })).toContain('A moment')
})

test('what states no date can be asked for, and no span of days finds it', async () => {
  expect(await titles({ isUndated: true })).toEqual(['Not stated'])
  expect(await titles({ from: day('1900-01-01'), to: day('2100-01-01') })).not.toContain('Not stated')
})

test('a place finds what is inside it and what contains it', async () => {
  expect((await titles({ region: 'UY' })).sort()).toEqual(['A day', 'A moment', 'A year', 'Not stated', 'The world'])
  expect(await titles({ region: 'MX' })).toContain('A span')
  expect(await titles({ region: '019' })).toEqual(expect.arrayContaining(['A span', 'A day', 'A moment', 'Open call']))
  expect(await titles({ region: 'NZ' })).toEqual(['The world', 'A month'])
})

test('any filter finds exactly what the pure rules say', async () => {
  const date = fc.option(fc.integer({ min: 0, max: 9500 }).map((days) => day('2001-06-01').add({ days })), { nil: undefined })
  const filters = fc.record({
    kind: fc.option(fc.constantFrom<Kind>('report', 'news', 'alert'), { nil: undefined }),
    region: fc.option(fc.constantFrom('UY', '419', '019', 'MX', 'MX-CHH', 'NZ', '001', 'KN', '029'), { nil: undefined }),
    from: date, to: date,
  })
  await fc.assert(fc.asyncProperty(filters, async ({ kind, region, from, to }) => {
    const said = ROWS.filter((row) => (!kind || row.kind === kind) && overlaps(parseWhen(row.when)!, from, to, ZONE) &&
      (!region || row.regions.some((place) => contains(place, region) || contains(region, place))))
    const filter = { ...(kind && { kind }), ...(region && { region }), ...(from && { from }), ...(to && { to }) }
    expect((await titles(filter)).sort()).toEqual(said.map((row) => row.title).sort())
  }), { numRuns: 100 })
})

test('an embargo’s hour is told as the moment when the list changes, and then it stands there with nothing running', async () => {
  const before = await listPublishedItems(db.read, { lang: 'en' }, 1, later(10))
  expect(before.changesAt).toEqual(later(100))
  expect(await titles({}, later(99))).not.toContain('Embargoed')
  expect(await titles({}, later(100))).toContain('Embargoed')
  expect((await listPublishedItems(db.read, { lang: 'en' }, 1, later(100))).changesAt).toBeUndefined()
})

test('a translation’s hour is told by the list of the other language too, for it names the languages of each text', async () => {
  const itemId = await room.item('letter', start)
  const ht = await room.save(itemId, 'ht', 'Lèt la', start)
  await room.publish(itemId, 'ht', ht.revisionId, start)
  const fr = await room.save(itemId, 'fr', 'La lettre', start)
  await room.publish(itemId, 'fr', fr.revisionId, start, later(50))
  const at = async (now: Temporal.Instant) => {
    const { items, changesAt } = await listPublishedItems(db.read, { lang: 'ht' }, 1, now)
    return { langs: items.flatMap((item) => item.languages.map(({ lang }) => lang)), changesAt }
  }
  expect(await at(later(10))).toEqual({ langs: ['ht'], changesAt: later(50) })
  expect((await at(later(50))).langs).toEqual(['fr', 'ht'])
  expect((await listForFeed(db.read, { lang: 'ht' }, later(10))).changesAt).toEqual(later(50))
  expect((await countFacets(db.read, { lang: 'ht' }, later(10))).changesAt).toEqual(later(50))
  await room.withdraw(itemId, 'fr', later(10)) // refused: nothing of it is public yet
  await act({ db }, (tx) => cancelScheduled(tx, itemId, 'fr', 'operator', later(10)))
  await room.withdraw(itemId, 'ht', later(10))
})

test('counts are of what is public, with places and years as filters know them', async () => {
  const facets = await countFacets(db.read, { lang: 'en' }, later(10))
  expect(facets.kinds).toEqual([['report', 3], ['call', 1], ['event', 1], ['letter', 1], ['news', 1], ['statement', 1], ['video', 1]])
  expect(facets.years.map(([year]) => year)).toEqual(['2024', '2021', '2020', '2014', '2008', '2002', ''])
  expect(await countFacets(db.read, { lang: 'es' }, later(10))).toMatchObject({ kinds: [], regions: [], years: [] })
})

const FILTERS: Omit<ItemFilter, 'lang'>[] = [
  {}, { kind: 'report' }, { region: 'UY' }, { topic: 'hiv' }, { region: '419', kind: 'report' }, { from: day('2020-01-01') }, { isUndated: true },
  { kind: 'call', region: 'NZ' }, { topic: 'hiv', from: day('2003-01-01') },
]

test.each(FILTERS)('beside %j each value of each facet leads to as many texts as it says, and never to none', async (filter) => {
  const count = async (more: Partial<ItemFilter>) => (await listPublishedItems(db.read, { lang: 'en', ...filter, ...more }, 1, later(10))).total
  const facets = await countFacets(db.read, { lang: 'en', ...filter }, later(10), ['en', 'ht'])
  for (const [kind, n] of facets.kinds) expect(await count({ kind }), kind).toBe(n)
  for (const [region, n] of facets.regions) expect(await count({ region }), region).toBe(n)
  for (const [topic, n] of facets.topics) expect(await count({ topic }), topic).toBe(n)
  for (const [lang, n] of facets.langs) expect(await count({ lang }), lang).toBe(n)
  const { from: _from, to: _to, isUndated: _undated, ...dateless } = filter
  for (const [year, n] of facets.years) {
    const when = year === '' ? { isUndated: true } : { from: day(`${year}-01-01`), to: day(`${year}-12-31`) }
    expect((await listPublishedItems(db.read, { lang: 'en', ...dateless, ...when }, 1, later(10))).total, year).toBe(n)
  }
  const shown = [...facets.kinds, ...facets.regions, ...facets.topics, ...facets.years]
  expect(shown.filter(([, n]) => n === 0)).toEqual([])
})

test('in several languages an item stands once, in the page’s own language where it has one', async () => {
  const itemId = await room.item('letter', start)
  for (const lang of ['gn', 'qu']) {
    const saved = await room.save(itemId, lang, `Carta ${lang}`, start)
    await room.publish(itemId, lang, saved.revisionId, start)
  }
  const listed = async (lang: string) => (await listPublishedItems(db.read, { lang, langs: ['gn', 'qu'] }, 1, later(10))).items.map((item) => item.lang)
  expect(await listed('gn')).toEqual(['gn'])
  expect(await listed('qu')).toEqual(['qu'])
  expect(await listed('en')).toHaveLength(1)
  for (const lang of ['gn', 'qu']) await room.withdraw(itemId, lang, later(10))
})

test('oldest first is newest first from behind', async () => {
  expect((await titles({ sort: 'oldest' })).reverse()).toEqual(await titles())
})

test('feed and sitemap hold what is public and nothing else', async () => {
  const feed = await listForFeed(db.read, { lang: 'en', kind: 'report' }, later(10))
  expect(feed.told.map((entry) => 'title' in entry && entry.title).sort()).toEqual(['A month', 'A span', 'A year'])
  expect(feed.told[0]).toMatchObject({ publicFrom: start, updatedAt: start, bodyHtml: expect.stringContaining('<p id="p1">') })
  expect((await listForFeed(db.read, { lang: 'es' }, later(10))).told).toEqual([])
  const { entries, changesAt } = await listForSitemap(db.read, later(10))
  expect(entries).toHaveLength(ROWS.length)
  expect(entries.flatMap((entry) => entry.texts.map((text) => text.lang))).not.toContain('es')
  expect(changesAt).toEqual(later(100))
})

test('a later revision keeps the day on which the text first went out, and an address is the current one', async () => {
  const itemId = await room.item('news', later(200))
  const first = await room.save(itemId, 'fr', 'Nouvelle', later(200))
  await room.publish(itemId, 'fr', first.revisionId, later(200))
  const second = await room.save(itemId, 'fr', 'Nouvelle corrigée', later(300), {}, 'Nouvelle')
  await room.publish(itemId, 'fr', second.revisionId, later(300))
  await act({ db }, (tx) => renameSlug(tx, itemId, 'fr', 'nouvelle-adresse', 'operator', later(310)))
  const { told } = await listForFeed(db.read, { lang: 'fr' }, later(400))
  expect(told).toMatchObject([
    { title: 'Nouvelle corrigée', slug: 'nouvelle-adresse', publicFrom: later(200), updatedAt: later(300) },
  ])
})

test('pages of twenty, each text once, in an order that holds', async () => {
  for (let n = 0; n < 45; n++) {
    const itemId = await room.item('news', later(500))
    const saved = await room.save(itemId, 'pt', `Notícia ${n}`, later(500), { when: '2020' })
    await room.publish(itemId, 'pt', saved.revisionId, later(500))
  }
  const pages = await Promise.all([1, 2, 3, 4].map((page) => listPublishedItems(db.read, { lang: 'pt' }, page, later(600))))
  expect(pages.map((page) => page.items.length)).toEqual([20, 20, 5, 0])
  expect(pages[0]).toMatchObject({ total: 45, pages: 3 })
  expect(new Set(pages.flatMap((page) => page.items.map((item) => item.id))).size).toBe(45)
})
