import fc from 'fast-check'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { giveSlug } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { noteCorrection, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { newsroom, ZONE } from '#rooms/media/server/testing.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })

async function titleAt(slug: string, now: Temporal.Instant): Promise<string | undefined> {
  const found = await findPublishedItem(db.read, 'en', slug, now)
  return found?.answer.found === 'item' ? found.answer.item.title : undefined
}

test('the same text saved twice is one revision; two savers get two numbers', async () => {
  const itemId = await room.item('news', start)
  const first = await room.save(itemId, 'en', 'Same', start)
  expect(await room.save(itemId, 'en', 'Same', later(1))).toMatchObject({ revisionId: first.revisionId, isNew: false })
  expect(await room.save(itemId, 'en', 'Same', later(2), { when: '2021' })).toMatchObject({ isNew: true })
  await Promise.all([1, 2, 3, 4].map((n) => room.save(itemId, 'en', `Differs ${n}`, later(3), {}, 'Same')))
  const numbers = await db.read.selectFrom('revision').select('number').where('itemId', '=', itemId).orderBy('number').execute()
  expect(numbers.map((row) => row.number)).toEqual([1, 2, 3, 4, 5, 6])
})

test('what may not go out is refused with its reason, and nothing changes', async () => {
  const itemId = await room.item('news', start)
  const { revisionId } = await room.save(itemId, 'en', 'Once', start)
  expect(await room.publish(itemId, 'en', revisionId, start, later(-1))).toEqual({ published: false, obstacle: 'past' })
  expect(await room.publish(itemId, 'es', revisionId, start)).toEqual({ published: false, obstacle: 'not-found' })
  expect(await room.publish(itemId, 'en', revisionId, start)).toMatchObject({ published: true })
  expect(await room.publish(itemId, 'en', revisionId, later(1))).toEqual({ published: false, obstacle: 'already-published' })
  expect(await room.withdraw(itemId, 'es', later(1))).toBe('not-public')
  expect(await room.withdraw(itemId, 'en', later(1), ' ')).toBe('no-reason')
  expect(await titleAt('once', later(5))).toBe('Once')
})

test('of many who publish at once one wins, and at no moment are two texts shown', async () => {
  const itemId = await room.item('news', start)
  const saved = await Promise.all([1, 2, 3, 4].map((n) => room.save(itemId, 'en', `Race ${n}`, start, {}, 'race')))
  const outcomes = await Promise.all(saved.map((one, n) => room.publish(itemId, 'en', one.revisionId, later(n % 2))))
  expect(outcomes.filter((outcome) => outcome.published).length).toBeGreaterThan(0)
  const standing = await db.read.selectFrom('publication').select('id').where('itemId', '=', itemId).where('publicUntil', 'is', null).execute()
  expect(standing).toHaveLength(1)
  expect(await titleAt('race', later(10))).toMatch(/^Race \d$/)
})

test('of two who publish the same revision at once the second is told that it is out already', async () => {
  const itemId = await room.item('news', start)
  const { revisionId } = await room.save(itemId, 'en', 'Twice', start)
  const outcomes = await Promise.all([1, 2].map(() => room.publish(itemId, 'en', revisionId, start)))
  expect(outcomes.map((outcome) => outcome.published).sort()).toEqual([false, true])
})

test('readers see what a plain model says, whatever is published, planned and taken down', async () => {
  const step = fc.record({ does: fc.constantFrom('publish', 'publish', 'plan', 'withdraw'), minutes: fc.nat(30) })
  let count = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
    const slug = `model-${++count}`
    const itemId = await room.item('news', start)
    // The model: a list of (from, title), of which the last that has begun is shown; a later decision ends later ones.
    let planned: { from: number; title: string }[] = []
    let gone = Infinity
    for (const [i, { does, minutes }] of steps.entries()) {
      const now = i * 5
      if (does === 'withdraw') {
        const shown = planned.some((one) => one.from <= now)
        const refused = await room.withdraw(itemId, 'en', later(now))
        expect(refused === null).toBe(shown && gone === Infinity)
        if (refused === null) gone = now
        continue
      }
      const title = `Model ${i}`
      const { revisionId } = await room.save(itemId, 'en', title, later(now), {}, slug)
      const from = does === 'plan' ? now + minutes : now
      const outcome = await room.publish(itemId, 'en', revisionId, later(now), later(from))
      expect(outcome.published).toBe(gone === Infinity)
      if (outcome.published) planned = [...planned.filter((one) => one.from < from), { from, title }]
    }
    for (let at = 0; at < 70; at += 1) {
      const shown = at >= gone ? undefined : planned.findLast((one) => one.from <= at)?.title
      if ((await titleAt(slug, later(at))) !== shown) expect({ at, title: await titleAt(slug, later(at)) }).toEqual({ at, title: shown })
    }
  }), { numRuns: 12 })
})

test('an address that was given is given to no other text, however many ask for it at once', async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(() => room.item('news', start)))
  const slugs = await Promise.all(ids.map((id) => act({ db }, (tx) => giveSlug(tx, id, 'en', 'wanted', start))))
  expect(slugs.sort()).toEqual(['wanted', 'wanted-2', 'wanted-3', 'wanted-4'])
  const reserved = await room.item('news', start)
  expect(await act({ db }, (tx) => giveSlug(tx, reserved, 'en', 'feed.atom', start))).not.toBe('feed.atom')
})

test('a publication drops the item’s pages and the lists of all its languages; saving drops nothing', async () => {
  const dropped: string[] = []
  const house = { db, pages: { drop: (tags: string[]) => dropped.push(...tags) } }
  const itemId = await room.item('news', start)
  const es = await room.save(itemId, 'es', 'Etiquetas', start)
  await room.publish(itemId, 'es', es.revisionId, start)
  const en = await room.save(itemId, 'en', 'Tags', start)
  await act(house, (tx) => publishRevision(tx, { itemId, lang: 'en', revisionId: en.revisionId, from: start, zone: ZONE }, 'operator', start))
  expect(dropped.sort()).toEqual([`item:${itemId}`, 'list:media:en', 'list:media:es'])
})

test('a correction stays with the text, newest first', async () => {
  const itemId = await room.item('news', start)
  const { revisionId } = await room.save(itemId, 'en', 'Corrected', start)
  await room.publish(itemId, 'en', revisionId, start)
  await act({ db }, (tx) => noteCorrection(tx, itemId, 'en', 'A number was wrong.', 'operator', later(1)))
  await act({ db }, (tx) => noteCorrection(tx, itemId, 'en', 'A name was wrong.', 'operator', later(2)))
  const found = await findPublishedItem(db.read, 'en', 'corrected', later(3))
  const corrections = [{ at: later(2), note: 'A name was wrong.' }, { at: later(1), note: 'A number was wrong.' }]
  expect(found?.answer).toMatchObject({ item: { corrections } })
})
