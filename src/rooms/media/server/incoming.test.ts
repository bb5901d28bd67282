import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { IncomingText } from '#rooms/media/import/incoming.ts'
import { oldAddressesOf } from '#rooms/media/old-address.ts'
import { type BringingIn, bringIn, seenOf } from '#rooms/media/server/incoming-actions.ts'
import { renameSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { findRedirect } from '#rooms/media/server/redirect-queries.ts'
import { newsroom, ZONE } from '#rooms/media/server/testing.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })

let n = 0
const textOf = (change: Partial<IncomingText> = {}): IncomingText => {
  n++
  return {
    source: 'wordpress:https://old.example', key: String(n), place: `post ${n}`, kind: 'news', lang: 'en', title: `A text ${n}`, teaser: 'In short.',
    bodyMarkdown: 'Its words.', when: '2019-05-04', byline: null, labels: [], slug: '', state: 'published', oldAddresses: [], files: [], leftOut: [], ...change,
  }
}
const bring = (text: IncomingText, at = 1, more: Partial<BringingIn> = {}) => act({ db }, (tx) =>
  bringIn(tx, { text, lang: text.lang ?? 'en', topics: [], shown: { pictureId: null }, seen: seenOf(text, [], []), publish: true, zone: ZONE, ...more }, 'operator', later(at)))
const page = async (slug: string, lang = 'en', at = 500) => (await findPublishedItem(db.read, lang, slug, later(at)))?.answer
const titleAt = async (slug: string, lang = 'en', at = 500) => {
  const answer = await page(slug, lang, at)
  return answer?.found === 'item' ? answer.item.title : answer?.found
}
const count = async () => (await db.read.selectFrom('revision').select('id').execute()).length

test('a text comes with its date, its byline and its address, and the same again changes nothing', async () => {
  const text = textOf({ byline: 'Press team', slug: 'its-old-slug' })
  expect(await bring(text)).toMatchObject({ what: 'new', isPublished: true, slug: 'its-old-slug', notes: [] })
  const before = await count()
  expect(await bring(text, 2)).toMatchObject({ what: 'unchanged', isPublished: false })
  expect(await count()).toBe(before)
  const answer = await page('its-old-slug')
  expect(answer).toMatchObject({ found: 'item', item: { when: '2019-05-04', dateOf: 'published', byline: 'Press team' } })
})

test('without --publish it is a draft; with it later it goes out, once', async () => {
  const text = textOf()
  const { slug } = await bring(text, 1, { publish: false })
  expect(await titleAt(slug)).toBeUndefined()
  expect(await bring(text, 2)).toMatchObject({ what: 'unchanged', isPublished: true })
  expect(await bring(text, 3)).toMatchObject({ what: 'unchanged', isPublished: false })
  expect(await titleAt(slug)).toBe(text.title)
})

test('what was no public text there is a draft here, and what was to come comes at its hour', async () => {
  expect(await bring(textOf({ state: 'draft' }))).toMatchObject({ isPublished: false, notes: ['it is no public text there: it comes as a draft'] })
  const { slug } = await bring(textOf({ state: 'scheduled', publicFrom: later(60) }))
  expect([await titleAt(slug, 'en', 59), await titleAt(slug, 'en', 60)]).toEqual([undefined, `A text ${n}`])
})

test('changed at the source it is a new revision, public when that is asked for', async () => {
  const text = textOf()
  const { itemId, slug } = await bring(text)
  const changed = { ...text, title: 'Changed there' }
  expect(await bring(changed, 2, { publish: false })).toMatchObject({ itemId, what: 'changed', isPublished: false })
  expect(await titleAt(slug)).toBe(text.title)
  expect(await bring(changed, 3)).toMatchObject({ what: 'unchanged', isPublished: true })
  expect(await titleAt(slug)).toBe('Changed there')
})

test('changed there and here it is a draft beside, named, and never over a person’s words', async () => {
  const text = textOf()
  const { itemId, slug } = await bring(text)
  const words = { title: 'A person wrote this', teaser: '', bodyMarkdown: 'Here.' }
  const mine = await act({ db }, (tx) => saveRevision(tx, itemId, 'en', words, NOTHING_FROZEN, 'person', later(2)))
  await room.publish(itemId, 'en', mine.revisionId, later(2))
  expect(await bring(text, 3)).toMatchObject({ itemId, what: 'unchanged', isPublished: false })
  const there = { ...text, title: 'Changed there too' }
  const beside = await bring(there, 4)
  expect(beside).toMatchObject({ what: 'beside', isPublished: false, slug: 'changed-there-too' })
  expect(beside.itemId).not.toBe(itemId)
  expect(beside.notes.join()).toContain(`/en/media/changed-there-too, beside /en/media/${slug}`)
  expect([await titleAt(slug), await titleAt('changed-there-too')]).toEqual(['A person wrote this', undefined])
  const before = await count()
  expect(await bring(there, 5)).toMatchObject({ what: 'unchanged', isPublished: false })
  expect(await count()).toBe(before)
})

test('what was withdrawn here is never revived, whatever changed there', async () => {
  const text = textOf()
  const { itemId, slug } = await bring(text)
  await room.withdraw(itemId, 'en', later(2))
  const before = await count()
  expect(await bring({ ...text, title: 'Once more' }, 3)).toMatchObject({ itemId, what: 'withdrawn', isPublished: false })
  expect(await count()).toBe(before)
  expect(await titleAt(slug)).toBe('gone')
})

test('a text that got another address here keeps it', async () => {
  const text = textOf({ slug: 'first-address' })
  const { itemId } = await bring(text)
  await act({ db }, (tx) => renameSlug(tx, itemId, 'en', 'our-address', 'operator', later(2)))
  expect(await bring({ ...text, title: 'Changed' }, 3)).toMatchObject({ slug: 'our-address', what: 'changed' })
})

test('of two texts that wish for one address the second gets a number', async () => {
  const [one, other] = [textOf({ slug: 'wished' }), textOf({ slug: 'wished' })]
  expect([(await bring(one)).slug, (await bring(other)).slug, (await bring(other, 2)).slug]).toEqual(['wished', 'wished-2', 'wished-2'])
})

test('texts of one group are the languages of one item; a second one of a language stands beside', async () => {
  const [en, es] = [textOf({ group: 'g1' }), textOf({ group: 'g1', lang: 'es', title: 'Un texto' })]
  const first = await bring(en)
  expect(await bring(es)).toMatchObject({ itemId: first.itemId, what: 'new', slug: 'un-texto' })
  expect(await bring(textOf({ group: 'g1' }))).toMatchObject({ what: 'beside' })
  expect(await titleAt(first.slug)).toBe(en.title)
})

test('old addresses lead to it for ever, and one that leads elsewhere already is told', async () => {
  const led = async (address: string) => {
    const { pathname, searchParams } = new URL(address, 'http://localhost')
    return findRedirect(db.read, oldAddressesOf(pathname, searchParams), later(500))
  }
  const { slug } = await bring(textOf({ oldAddresses: ['https://old.example/2019/05/a-text/', 'https://old.example/?p=41'] }))
  for (const address of ['/2019/05/a-text', '/?p=41']) expect(await led(address)).toEqual({ found: 'moved', path: `/en/media/${slug}` })
  expect((await bring(textOf({ oldAddresses: ['https://old.example/?p=41'] }))).notes).toEqual(['its old address https://old.example/?p=41 leads to another text already'])
})
