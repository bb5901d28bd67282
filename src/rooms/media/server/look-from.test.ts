import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import { partsOf } from '#rooms/media/filed-words.ts'
import { type ItemFilter, MOST_COUNTED } from '#rooms/media/item.ts'
import { listPublishedItems, newest } from '#rooms/media/server/list-queries.ts'
import { askWords, forgetCommonWords } from '#rooms/media/server/asked-words-queries.ts'
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

const day = (text: string) => Temporal.PlainDate.from(text)
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
  ['in several parts at once', [2022, 2021, 2020, 2018, 2015], [2015, 2016, 2017, 2019, 2022]],
  ['in none of the parts', [2022, 2021], [2015, 2016]],
  ['beyond what there is', [1990], [2040]],
])('what is found is the same, enough of it %s', async (_, fromNewest, fromOldest) => {
  // How many texts a part has is only thought: whatever is said, the same is found.
  for (const sizes of [[1, 2, 3, 4, 5], [100, 500, 1000, 2000, 2600], [9000, 9001, 9002, 9003, 9004]]) for (const word of ['mango', 'papaya', 'guava']) {
    const all = await found(word)
    expect(all).toHaveLength({ mango: MOST_COUNTED + 1, papaya: TEXTS / 2, guava: 0 }[word]!)
    expect(await found(word, { lookFrom: { nearest: 2022, cuts: fromNewest, sizes } })).toEqual(all)
    expect(await found(word, { lookFrom: { nearest: 2015, cuts: fromOldest, sizes }, sort: 'oldest' })).toEqual(await found(word, { sort: 'oldest' }))
    expect(await found(word, { lookFrom: { nearest: 2022, cuts: fromNewest, sizes }, from: day('2019-03-01'), to: day('2020-02-29') }))
      .toEqual(await found(word, { from: day('2019-03-01'), to: day('2020-02-29') }))
  }
})

test('what is not public yet or no more is not found, and is not taken for enough', async () => {
  await expect(db.transaction(async (tx) => {
    // More than are ever counted wait for their hour, and stand before what can be found.
    await sql`update publication set public_from = now() + interval '1 day' where sort_day >= '2016-06-01'`.execute(tx)
    await sql`update publication set public_until = public_from where sort_day < '2015-12-31'`.execute(tx)
    const filter: ItemFilter = { lang: 'en', words: [{ lang: 'en', query: "'mango'" }], lookFrom: { nearest: 2022, cuts: [2022, 2016], sizes: [43, 2235] } }
    const { rows } = await sql<{ day: string }>`select x.sort_day::text as day from (${newest(filter, start.add({ minutes: 1 }), sql`1 as one`)}) x`.execute(tx)
    expect([rows.length, rows[0]?.day, rows.at(-1)?.day]).toEqual([153, '2016-05-31', '2015-12-31'])
    throw new Error('back')
  })).rejects.toThrow('back')
})

test('a phrase is looked for in the first texts that have its words, and it is told when there are more', async () => {
  const list = (query: string, more: Partial<ItemFilter> = {}) =>
    listPublishedItems(db.read, { lang: 'en', words: [{ lang: 'en', query }], ...more }, 1, start.add({ minutes: 1 }))
  expect(await list("'mango' <-> 'papaya'")).toMatchObject({ total: TEXTS / 2, isCut: false })
  expect(await list("'papaya' <-> 'mango'")).toMatchObject({ total: 0, isCut: false })
  // All texts have the words of one of these phrases, and every second text has a phrase: of the first 2,001, one thousand.
  for (const lookFrom of [undefined, { nearest: 2022, cuts: [2021, 2016], sizes: [400, 2000] }]) {
    expect(await list("'mango' <-> 'papaya' | 'mango' <-> 'mango'", { ...(lookFrom && { lookFrom }) })).toMatchObject({ total: MOST_COUNTED / 2, isCut: true, isLonger: false })
  }
  expect(await list("'mango' <-> 'papaya' | 'mango' <-> 'mango'", { langs: ['en'] })).toMatchObject({ total: 1, isCut: true })
})

test('what is filed under kind, region and topic is found the same in the index and in the rows', async () => {
  for (const asked of [{ kind: 'news' }, { kind: 'alert' }, { region: 'UY' }, { region: '419' }, { region: 'BR' }, { topic: 'hiv' }, { topic: 'no-such-topic' }, { region: 'UY', topic: 'hiv', kind: 'news' }] as const) {
    const [walked, looked] = await Promise.all([find(asked), find({ ...asked, lookFrom: { nearest: 2022, cuts: [2021, 2016], sizes: [400, 2000] } })])
    expect(looked, JSON.stringify(asked)).toEqual(walked)
    const among = await found('mango', asked)
    expect(among, JSON.stringify(asked)).toEqual(walked)
  }
  expect((await find({ kind: 'news', region: 'UY' })).length).toBeGreaterThan(0)
  expect((await find({ topic: 'hiv' })).length).toBeGreaterThan(0)
})

test('a text of a year that is nearer than was thought is found all the same', async () => {
  // As where texts of one language are counted beside a list of another.
  expect((await found('papaya', { lookFrom: { nearest: 2019, cuts: [2018], sizes: [700] } })).toSorted()).toEqual((await found('papaya')).toSorted())
})

test('words that ask for nothing in a language find nothing in it, and are no fault', async () => {
  const filter: ItemFilter = { lang: 'en', words: [{ lang: 'en', query: '' }], lookFrom: { nearest: 2022, cuts: [2021, 2016], sizes: [400, 2000] } }
  expect(await listPublishedItems(db.read, filter, 1, start.add({ minutes: 1 }))).toMatchObject({ total: 0, items: [], isCut: false })
})

test('a part that is not needed is not read, and where the first held little several are read at once', async () => {
  const read = async (wanted: number, sizes: number[]) => {
    const look = { nearest: 2022, cuts: [2022, 2021, 2016], sizes }
    const { rows } = await sql<{ n: bigint; first: string }>`select count(*) as n, min(sort_day)::text as first from nearest_texts('en', 'mango', ${partsOf(look)}::tsquery[],
      2022, ${look.cuts}::int[], ${sizes}::int[], null, null, false, false, ${start.add({ minutes: 1 }).toString()}::timestamptz, ${wanted}::int, null)`.execute(db.read as never)
    return [Number(rows[0]!.n), rows[0]!.first]
  }
  // 43 texts lie in 2022; a part gives no more than what is wanted.
  expect(await read(40, [43, 408, 2235])).toEqual([40, '2022-01-04'])
  expect(await read(300, [43, 408, 2235])).toEqual([43 + 300, '2021-03-07'])
  expect(await read(400, [43, 408, 2235])).toEqual([43 + 365, '2021-01-01'])
  expect(await read(400, [43, 50, 2235])).toEqual([43 + 400, '2020-11-27'])
  expect(await read(2600, [43, 408, 2235])).toEqual([TEXTS, '2015-01-01'])
})

test('the beginning of a word is asked for by the commonest words alone, once these stand in more texts than are counted', async () => {
  const asked = async (q: string) => (await askWords(db.read, q, ['en']))[0]!.query
  expect(await asked('mang')).toContain("'mang':*")
  await db.transaction(async (tx) => {
    await sql`insert into publication (id, item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, places, places_named, topics, in_translation, words)
      select gen_random_uuid(), item_id, lang, revision_id, public_from, published_by, created_at, kind, sort_day, places, places_named, topics, in_translation, words
      from publication, generate_series(1, 4) where words @@ 'mango'`.execute(tx)
    await sql`analyze publication`.execute(tx)
  })
  forgetCommonWords()
  expect(await asked('mang')).toBe("'mang' | 'mang' | 'mango'")
  expect(await asked('papay')).toContain("'papay':*")
  expect(await asked('"mang"')).not.toContain('mango')
  expect(await found('mango')).toHaveLength(MOST_COUNTED + 1)
})
