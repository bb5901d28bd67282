import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { Planned } from '#rooms/media/plan.ts'
import { handOnFrom } from '#rooms/media/server/keeping-actions.ts'
import { addPlan, beginPlan, changePlan, removePlan } from '#rooms/media/server/plan-actions.ts'
import { findPlan, listCampaigns, listPlans } from '#rooms/media/server/plan-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { trashItem } from '#rooms/media/server/trash-actions.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const now = Temporal.Instant.from('2026-11-30T12:00:00Z')
let here = '', there = ''
let editor: OnDuty, translator: OnDuty, elsewhere: OnDuty
const steward: OnDuty = { id: '', duties: [{ duty: 'steward', organisationId: null, lang: null }] }
const person = async (...duties: OnDuty['duties'][number][]): Promise<OnDuty> => {
  const id = newId()
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name: id, signInName: id, signInKey: id, lang: 'es', createdAt: now, endedAt: null }).execute())
  return { id, duties }
}

beforeAll(async () => {
  // Organisations and people are rows of another room: here only their ids count.
  const made = await act({ db }, (tx) => Promise.all(['a', 'b'].map(async (slug) => {
    const id = newId()
    await tx.insertInto('organisation').values({ id, slug, createdAt: now } as never).execute()
    return id
  })))
  ;[here, there] = made as [string, string]
  editor = await person({ duty: 'editor', organisationId: here, lang: null })
  translator = await person({ duty: 'translator', organisationId: here, lang: 'ht' })
  elsewhere = await person({ duty: 'editor', organisationId: there, lang: null })
  Object.assign(steward, await person(...steward.duties))
})

const PLANNED: Planned = { title: 'Lo que pedimos', kind: 'statement', dueDay: Temporal.PlainDate.from('2026-12-03'), dueHour: '10:00', langs: ['es', 'ht'], keptBy: null, campaign: 'Audiencia' }
const add = (over: Partial<Planned> = {}, { who = editor, keeper = null, writtenIn = here as string | null }: { who?: OnDuty; keeper?: OnDuty | null; writtenIn?: string | null } = {}) =>
  act({ db }, (tx) => addPlan(tx, who, { planned: { ...PLANNED, ...over, keptBy: keeper?.id ?? null }, keeper }, writtenIn, now))
const added = async (...args: Parameters<typeof add>) => ((await add(...args)) as { id: string }).id
const change = (id: string, over: Partial<Planned>, drawn: number, who = editor, keeper: OnDuty | null = null) => act({ db }, (tx) => changePlan(tx, who, id, { planned: { ...PLANNED, ...over, keptBy: keeper?.id ?? null }, keeper }, drawn, now))
const remove = (id: string, isBack = false, who = editor) => act({ db }, (tx) => removePlan(tx, who, id, isBack, now))
const listed = async (who = editor, over: Partial<Parameters<typeof listPlans>[2]> = {}) => (await listPlans(db.read, who, { whose: 'any', ...over }, now)).map(({ id }) => id)

test('plans are listed as they are due, what has no day last, by whose they are and by campaign', async () => {
  const late = await added({ title: 'Z', dueDay: Temporal.PlainDate.from('2026-12-17'), dueHour: null, campaign: '17 de diciembre' })
  const never = await added({ dueDay: null, dueHour: null, campaign: null })
  const early = await added({ dueHour: '09:00' }, { keeper: editor })
  const noon = await added({ dueHour: '12:00' })
  expect(await listed()).toEqual([early, noon, late, never])
  expect([await listed(editor, { whose: 'mine' }), await listed(editor, { whose: 'nobody' }), await listed(editor, { campaign: '17 de diciembre' })]).toEqual([[early], [noon, late, never], [late]])
  expect(await listCampaigns(db.read, editor)).toEqual(['17 de diciembre', 'Audiencia'])
  expect([await listed(elsewhere), await listCampaigns(db.read, elsewhere), (await listed(steward)).length]).toEqual([[], [], 4])
  for (const id of [late, never, early, noon]) expect(await remove(id)).toBe(true)
})

test('who writes in another organisation neither plans, changes, begins nor removes here', async () => {
  const id = await added()
  expect([await add({}, { who: elsewhere }), await add({}, { who: editor, writtenIn: null }), await change(id, {}, 1, elsewhere), await remove(id, false, elsewhere), await act({ db }, (tx) => beginPlan(tx, elsewhere, id, null, now))])
    .toEqual(['not-found', 'not-found', 'not-found', false, 'not-found'])
  expect([await add({ langs: ['es'] }, { keeper: translator }), await change(id, { langs: ['es'] }, 1, editor, translator)]).toEqual(['may-not-keep', 'may-not-keep'])
  expect(await findPlan(db.read, id)).toMatchObject({ title: 'Lo que pedimos', version: 1, keptBy: null })
  await remove(id)
})

test('what somebody changed meanwhile is never written over; removed and brought back it is as it was', async () => {
  const id = await added()
  expect([await change(id, { title: 'Otro' }, 1), await change(id, { title: 'Tercero' }, 1)]).toEqual([null, 'changed-meanwhile'])
  expect([await remove(id), await findPlan(db.read, id), await change(id, {}, 2), await remove(id), await remove(id, true), await remove(id, true)]).toEqual([true, undefined, 'not-found', false, true, false])
  expect(await findPlan(db.read, id)).toMatchObject({ title: 'Otro', version: 2 })
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'detail']).where('subject', '=', `plan:${id}`).orderBy('id').execute()
  expect([entries.map((entry) => entry.act), JSON.stringify(entries)]).toEqual([['add-plan', 'change-plan', 'remove-plan', 'take-back-plan'], expect.not.stringContaining('Otro')])
  await remove(id)
})

test('begun once, by whoever writes one of its languages; done once all its languages are public', async () => {
  const id = await added({ langs: ['ht', 'es'] })
  const begin = (who: OnDuty) => act({ db }, (tx) => beginPlan(tx, who, id, 'A', now))
  const begun = await begin(translator)
  expect(begun).toMatchObject({ lang: 'ht' })
  const { itemId } = begun as { itemId: string }
  expect(await begin(editor), 'a second time leads to the same text').toEqual({ itemId, lang: 'ht' })
  expect(await db.read.selectFrom('item').select(['kind', 'keptBy', 'writtenIn', 'originalLang']).where('id', '=', itemId).executeTakeFirst()).toEqual({ kind: 'statement', keptBy: translator.id, writtenIn: here, originalLang: 'ht' })
  for (const lang of ['ht', 'es']) {
    expect(await listed()).toContain(id)
    const { revisionId } = await room.save(itemId, lang, `Tèks ${lang}`, now)
    await room.publish(itemId, lang, revisionId, now)
  }
  expect(await listed()).not.toContain(id)
  const second = await added({ langs: ['fr'] })
  expect(await act({ db }, (tx) => beginPlan(tx, translator, second, null, now))).toBe('no-language')
  const own = (await act({ db }, (tx) => beginPlan(tx, editor, second, null, now))) as { itemId: string }
  await act({ db }, (tx) => trashItem(tx, editor, own.itemId, now))
  expect(await listed(), 'what lies in the trash is not planned').not.toContain(second)
})

test('whoever leaves is nobody’s answer to who writes it', async () => {
  const leaver = await person({ duty: 'editor', organisationId: here, lang: null })
  const [hers, theirs] = [await added({}, { keeper: leaver }), await added({}, { keeper: translator })]
  await act({ db }, (tx) => handOnFrom(tx, { ...leaver, duties: [] }, () => null, steward.id, now))
  expect([await findPlan(db.read, hers), await findPlan(db.read, theirs)]).toMatchObject([{ keptBy: null, version: 2 }, { keptBy: translator.id, version: 1 }])
})
