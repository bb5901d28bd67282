// One act on several texts where something goes wrong in the middle: what was done is known, and the others are not lost by it.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { act } from '#kernel/database/act.ts'
import { openLog } from '#kernel/log/log.ts'
import { createItem } from '#rooms/media/server/item-actions.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { eachText } from './each-text.ts'
import { drawOutcomes } from './together-shown.ts'

const { db, time, ORG, item, later } = await openLibrary()
const lines: string[] = []
const log = openLog((line) => void lines.push(line), () => time.now)
let editor: Standing, steward: Standing
beforeAll(async () => {
  editor = await standingPerson(db, 'editor', 'editor', ORG, time.now)
  steward = await standingPerson(db, 'steward', 'steward', null, time.now)
})
beforeEach(() => void lines.splice(0))

const event = (viewer = editor) => ({ locals: { house: { db, log, clock: () => later() }, viewer } as never, route: { id: '/(desk)/desk/(signed-in)/media/together' } })
const several = async () => [await item(ORG), await item(ORG), await item(ORG)].map(({ id }) => ({ itemId: id }))
const keptBy = async (texts: readonly { itemId: string }[]) => Promise.all(texts.map(async ({ itemId }) => (await db.read.selectFrom('item').select('keptBy').where('id', '=', itemId).executeTakeFirstOrThrow()).keptBy))
/** Gives each to her, and to the second something happens after that. */
const give = (texts: readonly { itemId: string }[], happens: (tx: Parameters<Parameters<typeof eachText>[2]>[0]) => Promise<unknown>) =>
  eachText(event(), texts, async (tx, who, { id }) => {
    await tx.updateTable('item').set({ keptBy: who.id }).where('id', '=', id).execute()
    if (id === texts[1]!.itemId) await happens(tx)
    return null
  })

test('a fault with one text undoes that one alone, is told beside it, and stands in the log by its number', async () => {
  const texts = await several()
  const became = await give(texts, () => Promise.reject(new Error('a text that may go out does not: rosa@example.org')))
  expect(became.map(({ outcome }) => outcome)).toEqual([null, 'failed', null])
  expect(await keptBy(texts)).toEqual([editor.id, null, editor.id])
  const { reference } = became[1]!
  expect(reference).toMatch(/^\d{4}-\d{4}$/)
  expect(lines.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ level: 'error', event: 'one of several texts failed', reference, route: '/(desk)/desk/(signed-in)/media/together' })])
  expect(lines.join('')).not.toMatch(new RegExp(`${texts[1]!.itemId}|${editor.id}|rosa`))
  for (const doing of ['publish', 'plan'] as const) {
    const told = drawOutcomes(became, doing, new Map(texts.map(({ itemId }, i) => [itemId, `Text ${i}`])), 'en')
    expect(told.done.map(({ title }) => title)).toEqual(['Text 0', 'Text 2'])
    expect(told.left).toEqual([expect.objectContaining({ title: 'Text 1', why: expect.stringContaining(reference!) })])
  }
})

test('where the connection is lost it stops, and what was done until then is told', async () => {
  const texts = await several()
  const became = await give(texts, (tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx))
  expect(became.map(({ outcome }) => outcome)).toEqual([null, 'failed', 'not-reached'])
  expect([await keptBy(texts), lines.length]).toEqual([[editor.id, null, null], 1])
  const { done, left } = drawOutcomes(became, 'publish', new Map(texts.map(({ itemId }, i) => [itemId, `Text ${i}`])), 'en')
  expect([done.map(({ title }) => title), left.map(({ title, why }) => [title, why])]).toEqual([['Text 0'], [['Text 1', expect.stringContaining('not your fault')], ['Text 2', expect.stringContaining('Nothing was done')]]])
})

test('of a starter text whoever may read it is told where that is decided, and everybody else finds none', async () => {
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', isStarter: true }, 'system', later()))
  const nothing = async () => null
  const became = await eachText(event(steward), [{ itemId: id }], nothing)
  for (const doing of ['publish', 'unplan'] as const) expect(drawOutcomes(became, doing, new Map([[id, 'Text']]), 'en').left).toEqual([expect.objectContaining({ why: 'What came with the program is decided on the page where the site is opened.' })])
  await expect(eachText(event(editor), [{ itemId: id }], nothing)).rejects.toMatchObject({ status: 404 })
})
