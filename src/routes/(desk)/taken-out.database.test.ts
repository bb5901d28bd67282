// Who is told that a text lost a picture: rows of both rooms, joined as the desk joins them.
import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import type { LibraryFile } from '#rooms/media/library.ts'
import { lockFile } from '#rooms/media/server/library-actions.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'
import { listNotices } from '#rooms/people/server/notice-queries.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { noticesOf } from './notices-of.ts'
import { takeOutEverywhere } from './taken-out.ts'

const { db, time, later, zone, ORG, OTHER, picture, added, agree, item, show, letOut } = await openLibrary()
const since = time.now
let actor: Standing, colleague: Standing, there: Standing, ofFrench: Standing, translator: Standing, steward: Standing

beforeAll(async () => {
  const person = (name: string, duty: 'editor' | 'translator' | 'steward', organisationId: string | null) => standingPerson(db, name, duty, organisationId, since)
  ;[actor, colleague, there, translator, steward] = [await person('actor', 'editor', ORG), await person('colleague', 'editor', ORG), await person('there', 'editor', OTHER), await person('translator', 'translator', OTHER), await person('steward', 'steward', null)]
  ofFrench = await person('french', 'editor', OTHER)
  await act({ db }, (tx) => tx.updateTable('personDuty').set({ lang: 'fr' }).where('personId', '=', ofFrench.id).execute())
})

const takeOut = (file: LibraryFile, by = actor.id) => act({ db }, async (tx) => {
  await takeOutEverywhere(tx, (await lockFile(tx, file.id))!, by, later())
})
const told = async (who: Standing) => (await listNotices(db.read, who.id)).filter(({ kind }) => kind === 'file-taken-out').map(({ subject }) => subject)
const drawn = async (who: Standing) => (await noticesOf({ lang: 'en', viewer: who, house: { site: { get: async () => ({ zone }) } }, reading: { db: db.read, now: time.now } } as never))
const everybody = () => Promise.all([actor, colleague, there, ofFrench, translator, steward].map(told))
const shown = async (writtenIn: string | null, file: LibraryFile) => {
  const made = await item(writtenIn)
  await show(made.id, file)
  return made.id
}

test('the editors of each text that loses it are told of that text, once, and nobody else; also where the same file stands in the library once more', async () => {
  const bytes = await picture()
  const [file, same] = [await added(ORG, bytes), await added(OTHER, bytes)]
  await agree(file)
  await agree(same)
  const [here, elsewhere] = [await shown(ORG, file), await shown(OTHER, same)]
  await letOut(elsewhere)
  await takeOut(file)
  expect(await everybody()).toEqual([[], [here], [elsewhere], [], [], []])
  expect((await drawn(there))[0]).toMatchObject({ text: expect.stringMatching(/Marcha \d/), at: `/desk/media/${elsewhere}/picture` })
  // What was out already is taken from nothing by another word of the same.
  await takeOut(same, there.id)
  expect(await everybody()).toEqual([[], [here], [elsewhere], [], [], []])
})

test('of one text once a day, however many files it loses; the next day again', async () => {
  const [one, two, three] = [await added(OTHER), await added(OTHER, Buffer.from('%PDF-1.7\none')), await added(OTHER, Buffer.from('%PDF-1.7\ntwo'))]
  const id = await shown(OTHER, one)
  for (const file of [two, three]) await show(id, file)
  const count = async () => (await told(there)).filter((subject) => subject === id).length
  await takeOut(one)
  await takeOut(two)
  expect(await count()).toBe(1)
  later(24)
  await takeOut(three)
  expect(await count()).toBe(2)
})

test('of two files of one text that go at once it is told once', async () => {
  const [one, two] = [await added(OTHER), await added(OTHER, Buffer.from('%PDF-1.7\nthree'))]
  const id = await shown(OTHER, one)
  await show(id, two)
  await Promise.all([takeOut(one), takeOut(two)])
  expect((await told(there)).filter((subject) => subject === id)).toHaveLength(1)
})

test('of what the alliance writes the stewards are told, and who keeps a text wherever she is', async () => {
  const [file, other] = [await added(null), await added(OTHER)]
  const [id, kept] = [await shown(null, file), await shown(OTHER, other)]
  await act({ db }, (tx) => tx.updateTable('item').set({ keptBy: translator.id }).where('id', '=', kept).execute())
  await takeOut(file)
  await takeOut(other)
  expect([(await told(steward)).includes(id), (await told(steward)).includes(kept), (await told(translator))]).toEqual([true, false, [kept]])
})

test('a text is named only to whoever may read it when she looks, and nothing of whom it shows or why is told', async () => {
  const file = await added(OTHER)
  const id = await shown(OTHER, file)
  await takeOut(file)
  const notice = (await drawn(there)).find(({ at }) => at?.includes(id))
  expect(notice!.text).toMatch(/Marcha \d/)
  expect(JSON.stringify(notice)).not.toMatch(/marcha\.jpg|consent|actor/)
  const former = { ...there, duties: [] }
  expect((await drawn(former)).every(({ text, at }) => !/Marcha \d/.test(text) && at === undefined)).toBe(true)
})
