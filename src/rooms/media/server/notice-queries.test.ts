import { beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { listNotices } from '#rooms/media/server/notice-queries.ts'
import { noteCorrection } from '#rooms/media/server/publication-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const dropped: string[] = []
const house = { db, pages: { drop: (tags: string[]) => void dropped.push(...tags) } }

async function published(title: string, lang = 'en', from = start) {
  const id = await room.item('news', start)
  const { revisionId, slug } = await room.save(id, lang, title, start)
  await room.publish(id, lang, revisionId, start, from)
  return { id, slug, revisionId }
}
const correct = (id: string, note: string, at: Temporal.Instant, lang = 'en') =>
  act(house, (tx) => noteCorrection(tx, id, lang, note, 'operator', at))
/** As if the rule had not refused it: the list must not rely on that alone. */
const noted = (itemId: string, note: string, at: Temporal.Instant) =>
  act(house, (tx) => tx.insertInto('itemCorrection').values({ id: newId(), itemId, lang: 'en', at, note }).execute())
const removeForSafety = (itemId: string, at: Temporal.Instant) =>
  act(house, (tx) => withdrawText(tx, { itemId, lang: 'en', why: 'Somebody named Rosa was named.', reason: 'removed_for_safety' }, 'operator', at))
const listed = (page = 1, now = later(600), lang = 'en') => listNotices(db.read, lang, page, now)

beforeEach(async () => {
  await db.transaction(async (tx) => {
    for (const table of ['draft', 'itemCorrection', 'withdrawal', 'publication', 'revision', 'itemSlug', 'item'] as const) await tx.deleteFrom(table).execute()
  })
  dropped.length = 0
})

test('corrections and withdrawals of a language stand in one list, newest first, with their notes and the way to the text', async () => {
  const a = await published('Text A')
  const b = await published('Text B')
  const es = await published('Texto C', 'es')
  await correct(a.id, 'A day was wrong.', later(10))
  await room.withdraw(b.id, 'en', later(20), 'It was too early.')
  await correct(a.id, 'A name was wrong.', later(30))
  await correct(es.id, 'Una cifra estaba mal.', later(40), 'es')
  const { notices, pages } = await listed()
  expect(pages).toBe(1)
  expect(notices).toMatchObject([
    { kind: 'corrected', note: 'A name was wrong.', title: 'Text A', slug: 'text-a', at: later(30) },
    { kind: 'withdrawn', note: 'It was too early.', title: 'Text B', slug: 'text-b', replacedBy: null },
    { kind: 'corrected', note: 'A day was wrong.', title: 'Text A' },
  ])
  expect((await listed(1, later(600), 'es')).notices).toMatchObject([{ title: 'Texto C' }])
  expect((await listed(1, later(15))).notices).toHaveLength(1)
})

test('of what was removed for safety the list tells the day and nothing else, and its earlier corrections are gone', async () => {
  const a = await published('A text about Rosa')
  await correct(a.id, 'Rosa’s town was wrong.', later(10))
  await removeForSafety(a.id, later(20))
  const { notices } = await listed()
  expect(notices).toEqual([{ kind: 'removed', at: later(20) }])
})

test('a text that waits for its hour is told by no correction, and the list knows the hour at which it will be', async () => {
  const waiting = await published('Waiting text', 'en', later(60))
  await noted(waiting.id, 'A word was wrong.', later(5))
  const draft = await room.item('news', start)
  await room.save(draft, 'en', 'Only a draft', start)
  await noted(draft, 'A draft was wrong.', later(5))
  const before = await listed(1, later(59))
  expect(before.notices).toEqual([])
  expect(before.changesAt).toEqual(later(60))
  expect((await listed(1, later(60))).notices).toMatchObject([{ title: 'Waiting text' }])
})

test('what stands in the place of a text is named only once readers can see it', async () => {
  const old = await published('Old text')
  const heir = await published('New text', 'en', later(60))
  await act(house, (tx) => withdrawText(tx, { itemId: old.id, lang: 'en', why: 'There is a better one.', reason: 'replaced', replacedBy: heir.id }, 'operator', later(10)))
  expect((await listed(1, later(59))).notices).toMatchObject([{ kind: 'replaced', replacedBy: null }])
  expect((await listed(1, later(60))).notices).toMatchObject([{ kind: 'replaced', replacedBy: { slug: 'new-text', title: 'New text' } }])
})

test('a long list has pages, and no line stands on two of them', async () => {
  const { id } = await published('Text')
  for (let i = 0; i < 45; i++) await correct(id, `Correction ${i}`, later(i))
  const first = await listed()
  expect(first.pages).toBe(3)
  const all = [first, await listed(2), await listed(3)].flatMap((page) => page.notices)
  expect(all.map((one) => one.kind !== 'removed' && one.note)).toEqual(Array.from({ length: 45 }, (_, i) => `Correction ${44 - i}`))
})

test('each act that adds a line drops the page that lists it', async () => {
  const { id } = await published('Text')
  await correct(id, 'A word was wrong.', later(5))
  expect(dropped).toContain('list:media:en')
  dropped.length = 0
  await removeForSafety(id, later(6))
  expect(dropped).toContain('list:media:en')
})
