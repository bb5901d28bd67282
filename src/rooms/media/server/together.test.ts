import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { createItem, lockItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { listPlans } from '#rooms/media/server/plan-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { listTexts } from '#rooms/media/server/text-list-queries.ts'
import { changeTopic, type DayTogether, planItem, unplanItem } from '#rooms/media/server/together-actions.ts'
import { trashItem } from '#rooms/media/server/trash-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const now = Temporal.Instant.from('2026-11-30T12:00:00Z')
const day = Temporal.PlainDate.from('2026-12-17')
let here = ''
let editor: OnDuty, translator: OnDuty, elsewhere: OnDuty
const person = async (...duties: OnDuty['duties'][number][]): Promise<OnDuty> => {
  const id = newId()
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name: id, signInName: id, signInKey: id, lang: 'es', createdAt: now, endedAt: null }).execute())
  return { id, duties }
}

beforeAll(async () => {
  here = newId()
  await act({ db }, (tx) => tx.insertInto('organisation').values({ id: here, slug: 'a', createdAt: now } as never).execute())
  editor = await person({ duty: 'editor', organisationId: here, lang: null })
  translator = await person({ duty: 'translator', organisationId: here, lang: 'ht' })
  elsewhere = await person({ duty: 'editor', organisationId: newId(), lang: null })
})

const draft = (frozen: Partial<typeof NOTHING_FROZEN> = {}, title = 'Borrador') => act({ db }, async (tx) => {
  const id = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: here }, editor.id, now)
  await saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'Texto.' }, { ...NOTHING_FROZEN, ...frozen }, editor.id, now)
  return id
})
const topic = (id: string, isAdded: boolean, who = editor, keys: [string, ...string[]] = ['hiv']) => act({ db }, async (tx) => changeTopic(tx, who, (await lockItem(tx, id))!, keys, isAdded, now))
const plan = (id: string, over: Partial<DayTogether> = {}, who = editor) => act({ db }, async (tx) => planItem(tx, who, (await lockItem(tx, id))!, { day, ...over }, now))
const unplan = (id: string, who = editor) => act({ db }, async (tx) => unplanItem(tx, who, (await lockItem(tx, id))!, now))
const planned = async (id: string) => (await listPlans(db.read, editor, { whose: 'any' }, now)).find(({ itemId }) => itemId === id)
const frozenOf = async (id: string, lang: string) => (await findRevision(db.read, id, lang))!.frozen

test('a topic is added and taken off in each language that she writes, and nothing else that is said changes', async () => {
  const id = await draft({ when: '2026-11-25', topics: ['migration'] })
  await act({ db }, (tx) => saveRevision(tx, id, 'ht', { title: 'Tèks', teaser: '', bodyMarkdown: 'Tèks.' }, { ...NOTHING_FROZEN, when: '2025' }, editor.id, now))
  expect([await topic(id, true), await topic(id, true)]).toEqual([null, 'has-topic'])
  expect([await frozenOf(id, 'es'), await frozenOf(id, 'ht')]).toMatchObject([{ topics: ['migration', 'hiv'], when: '2026-11-25' }, { topics: ['hiv'], when: '2025' }])
  expect(await topic(id, false, translator)).toBeNull()
  expect([(await frozenOf(id, 'es')).topics, (await frozenOf(id, 'ht')).topics], 'a duty for one language opens no other').toEqual([['migration', 'hiv'], []])
  expect([await topic(id, false), await topic(id, false), await topic(id, true, elsewhere)]).toEqual([null, 'lacks-topic', 'not-yours'])
  const entries = await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${id}`).where('act', '=', 'state-facts').execute()
  expect(entries).toHaveLength(4)
})

test('readers see a topic that was added only once the text is published, and what was withdrawn is given none', async () => {
  const id = await draft()
  const { id: revisionId } = (await findRevision(db.read, id, 'es'))!
  await room.publish(id, 'es', revisionId, now)
  expect(await topic(id, true)).toBeNull()
  const standing = await db.read.selectFrom('publication').select(['revisionId', 'topics']).where('itemId', '=', id).execute()
  expect(standing).toEqual([{ revisionId, topics: [] }])
  await room.withdraw(id, 'es', now.add({ minutes: 1 }))
  expect([await topic(id, false), await plan(id)]).toEqual(['withdrawn', 'withdrawn'])
})

test('a text is planned for a day with who writes it, changed there, taken off and planned again as the same plan', async () => {
  const id = await draft()
  expect([await unplan(id), await plan(id, { keeper: editor })]).toEqual(['not-planned', null])
  expect(await planned(id)).toMatchObject({ title: 'Borrador', kind: 'news', dueDay: day, langs: ['es'], keptBy: editor.id, writtenIn: here, version: 1 })
  expect([await plan(id, { day: day.add({ days: 1 }), alsoIn: 'ht' }), await planned(id)]).toMatchObject([null, { dueDay: day.add({ days: 1 }), langs: ['es', 'ht'], keptBy: editor.id }])
  expect([await plan(id, { keeper: null }), (await planned(id))!.keptBy]).toEqual([null, null])
  expect([await unplan(id), await planned(id), await unplan(id)]).toEqual([null, undefined, 'not-planned'])
  expect([await plan(id, { keeper: elsewhere }), await planned(id)], 'who may not keep it brings nothing back').toEqual(['may-not-keep', undefined])
  expect([await plan(id), (await planned(id))!.langs]).toEqual([null, ['es', 'ht']])
})

test('what there is nothing to do for is not planned, and whoever writes elsewhere plans nothing here', async () => {
  const [id, untitled, trashed] = [await draft(), await draft({}, ''), await draft()]
  expect([await plan(id, {}, elsewhere), await plan(untitled), await planned(id)]).toEqual(['not-yours', 'no-title', undefined])
  await act({ db }, (tx) => trashItem(tx, editor, trashed, now))
  expect(await plan(trashed)).toBe('in-trash')
  await room.publish(id, 'es', (await findRevision(db.read, id, 'es'))!.id, now)
  expect([await plan(id), await plan(id, { alsoIn: 'pt' }), (await planned(id))!.langs]).toEqual(['all-public', null, ['es', 'pt']])
})

test('several texts are listed by their ids for who may read them, and for nobody else', async () => {
  const [one, other] = [await draft(), await draft()]
  const listed = async (who: OnDuty, among: string[]) => (await listTexts(db.read, who, { q: '', among }, now)).map(({ id }) => id)
  expect([await listed(editor, [one, other, newId(), 'no id']), await listed(translator, [one]), await listed(elsewhere, [one, other]), await listed(editor, [])]).toEqual([[other, one], [one], [], []])
})
