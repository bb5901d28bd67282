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
await db.transaction((tx) => sql`
  insert into publication (id, item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, places, places_named, topics, in_translation, words)
  select gen_random_uuid(), ${itemId}, 'en', ${revisionId}, ${start.toString()}::timestamptz, 'test', now(), 'news', ${first.toString()}::date + n,
    case n % 3 when 0 then '{UY,005,419,019,001}'::text[] when 1 then '{419,019,001}' else '{}' end,
    case n % 3 when 0 then '{UY}'::text[] when 1 then '{419}' else '{}' end, case n % 7 when 0 then '{hiv}'::text[] else '{}' end, '{}',
    to_tsvector('simple', case when n % 2 = 0 then 'mango papaya' else 'mango' end)
  from generate_series(0, ${TEXTS - 1}) n`.execute(tx))

const found = (word: string, more: Partial<ItemFilter> = {}) => find({ words: [{ lang: 'en', query: `'${word}'` }], ...more })
async function find(more: Partial<ItemFilter>) {
  const filter: ItemFilter = { lang: 'en', ...more }
  const { rows } = await sql<{ day: string }>`select x.sort_day::text as day from (${newest(filter, start.add({ minutes: 1 }), sql`1 as one`)}) x`.execute(db.read as never)
  return rows.map((row) => row.day)
}

// The texts lie in 2015 to 2022.
test.each([
  ['within the first part', [2015], [2022]],
  ['with the second part', [2021, 2016], [2016, 2021]],
  ['in none of the parts', [2022, 2021], [2015, 2016]],
  ['beyond what there is', [1990], [2040]],
])('what is found is the same, enough of it %s', async (_, fromNewest, fromOldest) => {
  for (const word of ['mango', 'papaya', 'guava']) {
    const all = await found(word)
    expect(all).toHaveLength({ mango: MOST_COUNTED + 1, papaya: TEXTS / 2, guava: 0 }[word]!)
    expect(await found(word, { lookFrom: { nearest: 2022, cuts: fromNewest } })).toEqual(all)
    expect(await found(word, { lookFrom: { nearest: 2015, cuts: fromOldest }, sort: 'oldest' })).toEqual(await found(word, { sort: 'oldest' }))
  }
})

test('what is filed under kind, region and topic is found the same in the index and in the rows', async () => {
  for (const asked of [{ kind: 'news' }, { kind: 'alert' }, { region: 'UY' }, { region: '419' }, { region: 'BR' }, { topic: 'hiv' }, { topic: 'no-such-topic' }, { region: 'UY', topic: 'hiv', kind: 'news' }] as const) {
    const [walked, looked] = await Promise.all([find(asked), find({ ...asked, lookFrom: { nearest: 2022, cuts: [2021, 2016] } })])
    expect(looked, JSON.stringify(asked)).toEqual(walked)
    const among = await found('mango', asked)
    expect(among, JSON.stringify(asked)).toEqual(walked)
  }
  expect((await find({ kind: 'news', region: 'UY' })).length).toBeGreaterThan(0)
  expect((await find({ topic: 'hiv' })).length).toBeGreaterThan(0)
})

test('a text of a year that is nearer than was thought is found all the same', async () => {
  // As where texts of one language are counted beside a list of another.
  expect((await found('papaya', { lookFrom: { nearest: 2019, cuts: [2018] } })).toSorted()).toEqual((await found('papaya')).toSorted())
})

test('a part that is not needed is not read', async () => {
  const plan = async (cuts: number[]) => {
    const filter: ItemFilter = { lang: 'en', words: [{ lang: 'en', query: "'mango'" }], lookFrom: { nearest: 2022, cuts } }
    const { rows } = await sql<Record<string, string>>`explain (analyze, costs off, timing off, summary off) ${newest(filter, start.add({ minutes: 1 }), sql`1 as one`)}`.execute(db.read as never)
    return rows.map((row) => Object.values(row)[0]).join('\n')
  }
  expect(await plan([2015])).toMatch(/never executed/)
  expect(await plan([2022])).not.toMatch(/never executed/)
})
