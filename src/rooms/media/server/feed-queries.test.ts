import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { ItemFilter, Kind, WithdrawalReason } from '#rooms/media/item.ts'
import { FEED_SIZE, listForFeed } from '#rooms/media/server/feed-queries.ts'
import { noteCorrection } from '#rooms/media/server/publication-actions.ts'
import { askWords } from '#rooms/media/server/asked-words-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const ids: Record<string, string> = {}

async function publish(title: string, kind: Kind, minutes: number, frozen: Partial<Frozen> = {}, lang = 'en') {
  const itemId = (ids[title] = await room.item(kind, later(minutes)))
  const { revisionId } = await room.save(itemId, lang, title, later(minutes), frozen)
  await room.publish(itemId, lang, revisionId, later(minutes))
  return itemId
}
const takeDown = (title: string, reason: WithdrawalReason, minutes: number, replacedBy?: string) =>
  act({ db }, (tx) => withdrawText(tx, {
    itemId: ids[title]!, lang: 'en', why: `Why ${title} went.`, reason, ...(replacedBy && { replacedBy: ids[replacedBy]! }),
  }, 'operator', later(minutes)))

/** What a feed tells in short: titles, and names of what is gone. */
async function told(filter: Omit<ItemFilter, 'lang'> = {}, at = 100, lang = 'en') {
  const nameOf = (id: string) => Object.keys(ids).find((title) => ids[title] === id)
  return (await listForFeed(db.read, { lang, ...filter }, later(at))).told.map((one) => ('reason' in one ? `gone: ${nameOf(one.id)}` : one.title))
}

beforeAll(async () => {
  await publish('Kept', 'news', 1, { when: '2020', regions: [{ place: 'UY' }] })
  await publish('Withdrawn', 'alert', 2, { when: '2021', regions: [{ place: 'HT' }] })
  await publish('Replaced', 'statement', 3, { when: '2022' })
  await publish('Unsafe', 'report', 4, { when: '2019', regions: [{ place: 'NZ' }] })
  await publish('Corrected', 'letter', 5)
  await takeDown('Withdrawn', 'withdrawn', 20)
  await takeDown('Replaced', 'replaced', 30, 'Kept')
  await takeDown('Unsafe', 'removed_for_safety', 40)
  await act({ db }, (tx) => noteCorrection(tx, ids['Corrected']!, 'en', 'A number was wrong.', 'operator', later(35)))
})

test('what was taken down is told at its moment, and a corrected text comes up again', async () => {
  expect(await told()).toEqual(['gone: Unsafe', 'Corrected', 'gone: Replaced', 'gone: Withdrawn', 'Kept'])
  expect(await told({}, 19)).toEqual(['Corrected', 'Unsafe', 'Replaced', 'Withdrawn', 'Kept'])
  expect(await told({}, 100, 'es')).toEqual([])
})

test('a notice stands in the feeds that its text stood in, and in no other', async () => {
  const without = async (filter: Omit<ItemFilter, 'lang'>) => (await told(filter)).filter((one) => one !== 'gone: Unsafe')
  expect(await without({ kind: 'alert' })).toEqual(['gone: Withdrawn'])
  expect(await without({ kind: 'statement' })).toEqual(['gone: Replaced'])
  expect(await without({ region: 'HT' })).toEqual(['gone: Withdrawn'])
  expect(await without({ region: '419' })).toEqual(['gone: Withdrawn', 'Kept'])
  expect(await without({ region: 'MX' })).toEqual([])
  expect(await without({ from: Temporal.PlainDate.from('2021-01-01'), to: Temporal.PlainDate.from('2021-12-31') })).toEqual(['gone: Withdrawn'])
  expect(await without({ isUndated: true })).toEqual(['Corrected'])
})

test('a notice of what was removed for safety stands in every feed of its language, so that no filter tells what it was about', async () => {
  const filters: Omit<ItemFilter, 'lang'>[] = [
    {}, { kind: 'report' }, { kind: 'news' }, { region: 'NZ' }, { region: 'BR' }, { isUndated: true }, { from: Temporal.PlainDate.from('2030-01-01') },
  ]
  for (const filter of filters) expect(await told(filter), JSON.stringify(filter)).toContain('gone: Unsafe')
  const { told: all } = await listForFeed(db.read, { lang: 'en' }, later(100))
  expect(all[0]).toEqual({ id: ids['Unsafe'], lang: 'en', at: later(40), reason: 'removed_for_safety', note: null, replacedBy: null })
})

test('a text that was taken down does not answer whether it held a word', async () => {
  const found = await told({ words: await askWords(db.read, 'withdrawn', ['en']) })
  expect(found).not.toContain('gone: Withdrawn')
  expect(await told({ words: await askWords(db.read, 'kept', ['en']) })).toContain('Kept')
})

test('a notice says why and what stands in its place; a correction stands in its text', async () => {
  const { told: all } = await listForFeed(db.read, { lang: 'en' }, later(100))
  expect(all.find((one) => one.id === ids['Replaced'])).toMatchObject({
    at: later(30), reason: 'replaced', note: 'Why Replaced went.', replacedBy: { id: ids['Kept'], slug: 'kept', title: 'Kept' },
  })
  expect(all.find((one) => one.id === ids['Corrected'])).toMatchObject({
    publicFrom: later(5), updatedAt: later(35), corrections: [{ at: later(35), note: 'A number was wrong.' }],
  })
})

test('a long feed goes on over its pages, each thing once, in an order that holds', async () => {
  for (let n = 0; n < FEED_SIZE + 5; n++) await publish(`Nouvelle ${n}`, 'news', 200 + n, {}, 'fr')
  const pages = await Promise.all([1, 2, 3].map((page) => listForFeed(db.read, { lang: 'fr' }, later(1000), page)))
  expect(pages.map(({ told, hasNext }) => [told.length, hasNext])).toEqual([[FEED_SIZE, true], [5, false], [0, false]])
  expect(new Set(pages.flatMap(({ told }) => told.map(({ id }) => id))).size).toBe(FEED_SIZE + 5)
})
