import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { countDraftsOfNobody, listDrafts } from '#rooms/media/server/draft-queries.ts'
import { createItem } from '#rooms/media/server/item-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { listTexts, type TextState } from '#rooms/media/server/text-list-queries.ts'
import { takeFromTrash, trashItem } from '#rooms/media/server/trash-actions.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const now = Temporal.Instant.from('2026-11-30T12:00:00Z')
let organisationId = ''
const steward: OnDuty = { id: newId(), duties: [{ duty: 'steward', organisationId: null, lang: null }] }
let editor: OnDuty, elsewhere: OnDuty

beforeAll(async () => {
  // Organisations are rows of another room: here only their ids count.
  organisationId = newId()
  await act({ db }, (tx) => tx.insertInto('organisation').values({ id: organisationId, slug: 'a', createdAt: now } as never).execute())
  editor = { id: newId(), duties: [{ duty: 'editor', organisationId, lang: null }] }
  elsewhere = { id: newId(), duties: [{ duty: 'editor', organisationId: newId(), lang: null }] }
})

const draft = async (title = 'Borrador') => {
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: organisationId }, editor.id, now))
  return { id, ...(await room.save(id, 'es', title, now)) }
}
const trash = (id: string, who = editor) => act({ db }, (tx) => trashItem(tx, who, id, now))
const back = (id: string, who = editor) => act({ db }, (tx) => takeFromTrash(tx, who, id, now))
const listed = async (state?: TextState) => (await listTexts(db.read, steward, { q: '', state }, now)).map(({ id }) => id)

test('what is in the trash stands in no list but its own, and comes back whole', async () => {
  const { id } = await draft()
  const before = [await listed(), (await listDrafts(db.read, steward, { whose: 'any' })).length, await countDraftsOfNobody(db.read, editor)]
  expect(await trash(id)).toBeNull()
  expect([await listed(), await listed('draft'), await listed('trash')]).toEqual([expect.not.arrayContaining([id]), expect.not.arrayContaining([id]), [id]])
  expect([(await listDrafts(db.read, steward, { whose: 'any' })).length, await countDraftsOfNobody(db.read, editor)]).toEqual([Number(before[1]) - 1, Number(before[2]) - 1])
  expect([await trash(id), await back(id), await back(id)]).toEqual(['trashed-already', null, 'not-trashed'])
  expect([await listed(), (await listDrafts(db.read, steward, { whose: 'any' })).length, await countDraftsOfNobody(db.read, editor)]).toEqual(before)
  const entries = await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${id}`).where('act', 'in', ['trash-item', 'take-from-trash']).orderBy('id').execute()
  expect(entries.map((entry) => entry.act)).toEqual(['trash-item', 'take-from-trash'])
})

test('what readers had, or will have, and what came with the program does not go there', async () => {
  const [shown, waits, undone] = [await draft('Público'), await draft('Espera'), await draft('Cancelado')]
  await room.publish(shown.id, 'es', shown.revisionId, now)
  for (const { id, revisionId } of [waits, undone]) await room.publish(id, 'es', revisionId, now, now.add({ hours: 1 }))
  await act({ db }, (tx) => cancelScheduled(tx, undone.id, 'es', 'operator', now))
  const starter = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', isStarter: true }, 'system', now))
  expect([await trash(shown.id), await trash(waits.id), await trash(undone.id), await trash(starter, steward)]).toEqual(['out', 'out', null, 'starter'])
  await room.withdraw(shown.id, 'es', now.add({ minutes: 1 }))
  expect(await trash(shown.id)).toBe('out')
})

test('who may not hand it on finds nothing, in the trash or out of it', async () => {
  const { id } = await draft()
  expect([await trash(id, elsewhere), await trash(newId()), await trash('no id')]).toEqual(['not-found', 'not-found', 'not-found'])
  await trash(id)
  expect([await back(id, elsewhere), await listTexts(db.read, elsewhere, { q: '', state: 'trash' }, now)]).toEqual(['not-found', []])
})

test('what a command lets out comes out of the trash by that, and the log tells of it', async () => {
  const { id, revisionId } = await draft('Sale igual')
  await trash(id)
  await room.publish(id, 'es', revisionId, now)
  expect(await listed('trash')).not.toContain(id)
  const entries = await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${id}`).where('act', 'in', ['trash-item', 'take-from-trash']).orderBy('id').execute()
  expect(entries.map((entry) => entry.act)).toEqual(['trash-item', 'take-from-trash'])
})
