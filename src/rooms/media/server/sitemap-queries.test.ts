import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import { listForSitemap, listNews, listSitemapParts, SITEMAP_SIZE } from '#rooms/media/server/sitemap-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })

test('news is what first went out in the last days: no draft, nothing that waits, no report, nothing that was only revised', async () => {
  const publish = async (title: string, kind: 'news' | 'statement' | 'report', minutes: number, from = minutes) => {
    const itemId = await room.item(kind, later(minutes))
    const { revisionId } = await room.save(itemId, 'en', title, later(minutes))
    await room.publish(itemId, 'en', revisionId, later(minutes), later(from))
    return itemId
  }
  const old = await publish('Old', 'news', 1)
  await publish('Statement', 'statement', 100)
  await publish('News', 'news', 110)
  await publish('Report', 'report', 110)
  await publish('Waiting', 'news', 110, 900)
  await room.withdraw(await publish('Withdrawn', 'news', 110), 'en', later(111))
  await room.save(await room.item('news', later(110)), 'en', 'Draft', later(110))
  const again = await room.save(old, 'en', 'Old, revised', later(112), {}, 'old')
  await room.publish(old, 'en', again.revisionId, later(112))
  const titles = async (since: number, now: number) => (await listNews(db.read, later(since), later(now))).map(({ title }) => title)
  expect(await titles(50, 200)).toEqual(['News', 'Statement'])
  expect(await titles(105, 200)).toEqual(['News'])
  expect(await titles(105, 900)).toEqual(['Waiting', 'News'])
  expect(await titles(0, 200)).toEqual(['News', 'Statement', 'Old, revised'])
})

test('a long sitemap has parts, each item stands in one, and a new item changes no part but the last', async () => {
  const count = 2 * SITEMAP_SIZE + 10
  await db.transaction(async (tx) => {
    const id = sql`('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
    const rows = sql`from generate_series(1, ${count}) n`
    await sql`insert into item (id, kind, original_lang, created_at) select ${id}, 'news', 'pt', '2020-01-01' ${rows}`.execute(tx)
    await sql`insert into item_slug (lang, slug, item_id, is_current, since) select 'pt', 'n' || n, ${id}, true, '2020-01-01' ${rows}`.execute(tx)
    await sql`insert into revision (id, item_id, lang, number, created_at, created_by, title, teaser, body_markdown, body_html, notes_html, contents, word_count, renderer, frozen, hash)
      select ${id}, ${id}, 'pt', 1, '2020-01-01', 'test', 'n' || n, '', '', '', '', '[]', 1, '', '{}', '' ${rows}`.execute(tx)
    await sql`insert into publication (id, item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, places, places_named, in_translation)
      select ${id}, ${id}, 'pt', ${id}, '2020-01-01'::timestamptz + n * interval '1 minute', 'test', '2020-01-01', 'news', '2020-01-01', '{}', '{}', '{}' ${rows}`.execute(tx)
  })
  const parts = async () => Promise.all([1, 2, 3, 4].map(async (part) => (await listForSitemap(db.read, later(2000), part)).entries))
  const before = await parts()
  const seen = before.flat().map(({ id }) => id)
  expect(new Set(seen).size).toBe(seen.length)
  expect(before.map((entries) => entries.length)).toEqual([SITEMAP_SIZE, SITEMAP_SIZE, expect.any(Number), 0])
  expect(before[2]!.length).toBeGreaterThanOrEqual(10)
  const changed = await listSitemapParts(db.read, later(2000))
  expect(changed).toHaveLength(3)
  expect(changed[0]).toEqual(Temporal.Instant.from('2020-01-01T00:00:00Z').add({ minutes: SITEMAP_SIZE }))

  const itemId = await room.item('news', later(3000))
  const { revisionId } = await room.save(itemId, 'fr', 'Nouvelle', later(1900))
  await room.publish(itemId, 'fr', revisionId, later(1900))
  const after = await parts()
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
  expect(after[2]).toHaveLength(before[2]!.length + 1)
})
