import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import type { ItemFilter } from '#rooms/media/item.ts'
import { MOST_COUNTED, newest } from '#rooms/media/server/list-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const itemId = await room.item('news', start)
const { revisionId } = await room.save(itemId, 'en', 'Mango', start)
// One text a day, more than are ever counted; every second one has the rarer word.
const TEXTS = 2600
const first = Temporal.PlainDate.from('2015-01-01')
const day = (n: number) => first.add({ days: n })
await db.transaction((tx) => sql`
  insert into publication (id, item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, places, places_named, in_translation, words)
  select gen_random_uuid(), ${itemId}, 'en', ${revisionId}, ${start.toString()}::timestamptz, 'test', now(), 'news', ${first.toString()}::date + n, '{}', '{}', '{}',
    to_tsvector('simple', case when n % 2 = 0 then 'mango papaya' else 'mango' end)
  from generate_series(0, ${TEXTS - 1}) n`.execute(tx))

const found = async (word: string, more: Partial<ItemFilter> = {}) => {
  const filter: ItemFilter = { lang: 'en', words: [{ lang: 'en', query: `'${word}'` }], ...more }
  const { rows } = await sql<{ day: string }>`select x.sort_day::text as day from (${newest(filter, start.add({ minutes: 1 }), sql`1 as one`)}) x`.execute(db.read as never)
  return rows.map((row) => row.day)
}

test.each([
  ['within the first part', [day(100)], [day(2500)]],
  ['with the second part', [day(2400), day(300)], [day(200), day(2300)]],
  ['in none of the parts', [day(2599), day(2500)], [day(0), day(99)]],
  ['with two parts of one day', [day(2000), day(2000)], [day(600), day(600)]],
  ['beyond what there is', [day(9000), day(-9000)], [day(-9000), day(9000)]],
])('what is found is the same, enough of it %s', async (_, fromNewest, fromOldest) => {
  for (const word of ['mango', 'papaya', 'guava']) {
    const all = await found(word)
    expect(all).toHaveLength({ mango: MOST_COUNTED + 1, papaya: TEXTS / 2, guava: 0 }[word]!)
    expect(await found(word, { lookFrom: fromNewest })).toEqual(all)
    expect(await found(word, { lookFrom: fromOldest, sort: 'oldest' })).toEqual(await found(word, { sort: 'oldest' }))
  }
})

test('a part that is not needed is not read', async () => {
  const plan = async (lookFrom: Temporal.PlainDate[]) => {
    const filter: ItemFilter = { lang: 'en', words: [{ lang: 'en', query: "'mango'" }], lookFrom }
    const { rows } = await sql<Record<string, string>>`explain (analyze, costs off, timing off, summary off) ${newest(filter, start.add({ minutes: 1 }), sql`1 as one`)}`.execute(db.read as never)
    return rows.map((row) => Object.values(row)[0]).join('\n')
  }
  expect(await plan([day(100)])).toMatch(/never executed/)
  expect(await plan([day(2500)])).not.toMatch(/never executed/)
})
