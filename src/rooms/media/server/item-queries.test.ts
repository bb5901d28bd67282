import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { renameSlug } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { cancelScheduled, withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const find = (lang: string, slug: string, now = later(60)) => findPublishedItem(db.read, lang, slug, now)
const itemAt = async (lang: string, slug: string, now = later(60)) => {
  const found = await find(lang, slug, now)
  if (found?.answer.found !== 'item') throw new Error(`${slug}: ${found?.answer.found}`)
  return found.answer.item
}

test('a draft, an embargoed text and an address that never was give one and the same answer', async () => {
  const itemId = await room.item('statement', start)
  const { revisionId } = await room.save(itemId, 'en', 'Embargoed', start)
  expect(await find('en', 'embargoed')).toBeUndefined()
  await room.publish(itemId, 'en', revisionId, start, later(30))
  for (const lang of ['en', 'es']) expect(await find(lang, 'embargoed', later(29))).toBeUndefined()
  expect(await find('en', 'never-was')).toBeUndefined()
  expect(await find('en', 'bad\0address')).toBeUndefined()
  const item = await itemAt('en', 'embargoed', later(30))
  expect(item).toMatchObject({ title: 'Embargoed', publicFrom: later(30), updatedAt: later(30) })
})

test('a translation that waits is not told by its guessed address, nor by the page of the text that is public', async () => {
  const itemId = await room.item('news', start)
  const en = await room.save(itemId, 'en', 'A text with two tongues', start)
  await room.publish(itemId, 'en', en.revisionId, start)
  const before = await find('en', en.slug)
  const es = await room.save(itemId, 'es', 'Un texto de dos lenguas', start)
  expect(await find('en', en.slug)).toEqual(before)
  for (const lang of ['en', 'es', 'fr']) expect(await find(lang, es.slug)).toBeUndefined()
  await room.publish(itemId, 'es', es.revisionId, start, later(90))
  for (const lang of ['en', 'es', 'fr']) expect(await find(lang, es.slug)).toBeUndefined()
  // Another item's draft with the same address hides nothing either.
  const other = await room.item('news', start)
  await room.save(other, 'fr', 'A text with two tongues', start)
  expect((await find('fr', en.slug))?.answer).toMatchObject({ found: 'elsewhere' })
})

test('readers are sent to the address of their language, and offered the others where theirs has none', async () => {
  const itemId = await room.item('report', start)
  const en = await room.save(itemId, 'en', 'The report', start)
  const es = await room.save(itemId, 'es', 'El informe', start)
  await room.publish(itemId, 'en', en.revisionId, start)
  await room.publish(itemId, 'es', es.revisionId, start)
  expect((await find('es', 'the-report'))?.answer).toEqual({ found: 'moved', slug: 'el-informe' })
  const languages = [{ lang: 'en', slug: 'the-report', title: 'The report' }, { lang: 'es', slug: 'el-informe', title: 'El informe' }]
  expect((await find('ht', 'the-report'))?.answer).toEqual({ found: 'elsewhere', languages })
  expect((await itemAt('es', 'el-informe')).languages).toEqual(languages)
  expect((await itemAt('en', 'the-report')).inTranslation).toEqual([])
})

test('a language in which a text was being written is told, until it is out or withdrawn', async () => {
  const itemId = await room.item('report', start)
  const es = await room.save(itemId, 'es', 'En camino', start)
  const en = await room.save(itemId, 'en', 'On its way', start)
  await room.publish(itemId, 'en', en.revisionId, start)
  expect((await itemAt('en', 'on-its-way')).inTranslation).toEqual(['es'])
  await room.publish(itemId, 'es', es.revisionId, later(10))
  expect((await itemAt('en', 'on-its-way')).inTranslation).toEqual([])
  await room.withdraw(itemId, 'es', later(20))
  expect(await itemAt('en', 'on-its-way')).toMatchObject({ inTranslation: [], languages: [{ lang: 'en' }] })
})

test('an old address leads to the new one for ever, and is never another text’s', async () => {
  const itemId = await room.item('news', start)
  const { revisionId } = await room.save(itemId, 'en', 'First address', start)
  await room.publish(itemId, 'en', revisionId, start)
  const rename = (id: string, slug: string) => act({ db }, (tx) => renameSlug(tx, id, 'en', slug, 'operator', later(5)))
  expect(await rename(itemId, 'second-address')).toBeNull()
  expect((await find('en', 'first-address'))?.answer).toEqual({ found: 'moved', slug: 'second-address' })
  expect(await rename(itemId, 'feed.atom')).toBe('reserved')
  expect(await rename(itemId, 'Not/An Address')).toBe('malformed')
  const other = await room.item('news', start)
  expect((await room.save(other, 'en', 'First address', start)).slug).toBe('first-address-2')
  expect(await rename(other, 'first-address')).toBe('taken')
  expect(await rename(itemId, 'first-address')).toBeNull()
  expect((await itemAt('en', 'first-address')).title).toBe('First address')
})

test('what is taken down leaves a dated notice, with a way on where something stands in its place', async () => {
  const itemId = await room.item('call', start)
  const en = await room.save(itemId, 'en', 'Too early', start)
  const es = await room.save(itemId, 'es', 'Demasiado pronto', start)
  await room.publish(itemId, 'en', en.revisionId, start)
  await room.publish(itemId, 'es', es.revisionId, start)
  const instead = await room.item('call', start)
  const agreed = await room.save(instead, 'en', 'As agreed', start)
  await room.publish(instead, 'en', agreed.revisionId, later(40))
  const replaced = { itemId, lang: 'en', why: ' Not agreed. ', reason: 'replaced', replacedBy: instead } as const
  expect(await act({ db }, (tx) => withdrawText(tx, replaced, 'operator', later(30)))).toBeNull()
  expect((await find('en', 'too-early', later(35)))?.answer).toEqual({
    found: 'gone',
    tombstone: {
      at: later(30), reason: 'replaced', note: 'Not agreed.', title: 'Too early', kind: 'call', publishedAt: start, replacedBy: null,
    },
  })
  expect((await find('en', 'too-early'))?.answer).toMatchObject({ tombstone: { replacedBy: { slug: 'as-agreed', title: 'As agreed' } } })
  expect((await find('en', 'demasiado-pronto'))?.answer).toEqual({ found: 'moved', slug: 'too-early' })
  expect((await itemAt('es', 'demasiado-pronto')).languages.map((l) => l.lang)).toEqual(['es'])
  expect(await room.publish(itemId, 'en', en.revisionId, later(50))).toEqual({ published: false, obstacle: 'withdrawn' })
  expect(await room.withdraw(itemId, 'en', later(50))).toBe('already-withdrawn')
})

test('a notice of what was removed for someone’s safety tells the day and nothing else', async () => {
  const itemId = await room.item('alert', start)
  const { revisionId } = await room.save(itemId, 'en', 'A name in danger', start)
  await room.publish(itemId, 'en', revisionId, start)
  const removal = { itemId, lang: 'en', why: 'She was threatened.', reason: 'removed_for_safety' } as const
  await act({ db }, (tx) => withdrawText(tx, removal, 'operator', later(10)))
  expect((await find('en', 'a-name-in-danger'))?.answer).toEqual({
    found: 'gone',
    tombstone: {
      at: later(10), reason: 'removed_for_safety', note: null, title: null, kind: 'alert', publishedAt: null, replacedBy: null,
    },
  })
})

test('what was to go out can be called off without a trace, and what stands stays', async () => {
  const itemId = await room.item('news', start)
  const first = await room.save(itemId, 'en', 'Stands', start)
  await room.publish(itemId, 'en', first.revisionId, start)
  const second = await room.save(itemId, 'en', 'Never seen', later(1), {}, 'Stands')
  await room.publish(itemId, 'en', second.revisionId, later(1), later(100))
  expect((await find('en', 'stands'))?.changesAt).toEqual(later(100))
  expect(await act({ db }, (tx) => cancelScheduled(tx, itemId, 'en', 'operator', later(2)))).toBe(true)
  expect(await act({ db }, (tx) => cancelScheduled(tx, itemId, 'en', 'operator', later(2)))).toBe(false)
  expect((await find('en', 'stands'))?.changesAt).toBeUndefined()
  expect((await itemAt('en', 'stands', later(200))).title).toBe('Stands')
})
