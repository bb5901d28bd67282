import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { mayHandOn, type OnDuty } from '#rooms/media/keeping.ts'
import { countDraftsOfNobody, countKept, DRAFTS_A_PAGE, listDrafts, listKeepers, type Whose } from '#rooms/media/server/draft-queries.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { handOnFrom, handOnItem } from '#rooms/media/server/keeping-actions.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
/** Organisations and people are rows of another room: here only their ids count. */
const [a, b] = await act({ db }, async (tx) => Promise.all(['a', 'b'].map(async (slug) => {
  const id = newId()
  await tx.insertInto('organisation').values({ id, slug, createdAt: now } as never).execute()
  return id
}))) as [string, string]
let count = 0
async function person(duty?: string, organisationId: string | null = a, lang: string | null = null): Promise<OnDuty> {
  const id = newId()
  const name = `person-${++count}`
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'en', createdAt: now, endedAt: null }).execute())
  return { id, duties: duty === undefined ? [] : [{ duty, organisationId, lang } satisfies Duty] }
}
/** A draft in a language or several. */
const draft = (keptBy: OnDuty | null, writtenIn: string | null = a, originalLang = 'es', langs = [originalLang]) => act({ db }, async (tx) => {
  const id = await createItem(tx, { kind: 'news', originalLang, ...(keptBy && { keptBy: keptBy.id }), ...(writtenIn !== null && { writtenIn }) }, 'operator', now)
  for (const lang of langs) await saveRevision(tx, id, lang, { title: `Texto ${++count}`, teaser: '', bodyMarkdown: 'Cuerpo.' }, NOTHING_FROZEN, 'operator', now)
  return id
})
const keeperOf = async (id: string) => (await db.read.selectFrom('item').select('keptBy').where('id', '=', id).executeTakeFirstOrThrow()).keptBy
const handOn = (who: OnDuty, itemId: string, next: OnDuty | null, drawn: OnDuty | null) => act({ db }, (tx) => handOnItem(tx, who, { itemId, next, drawn: drawn?.id ?? null }, now))
const entries = () => db.read.selectFrom('auditEntry').select(['actor', 'act', 'subject', 'detail']).where('act', 'in', ['hand-on-item', 'set-down-item']).orderBy('id').execute()

test('an editor takes what nobody keeps, hands it on and sets it down; each leaves its entry', async () => {
  const [editor, translator] = [await person('editor'), await person('translator')]
  const id = await draft(null)
  const before = (await entries()).length
  expect(await handOn(editor, id, editor, null)).toBeNull()
  expect(await keeperOf(id)).toBe(editor.id)
  expect(await handOn(editor, id, translator, editor)).toBeNull()
  expect(await handOn(translator, id, null, translator)).toBeNull()
  expect(await keeperOf(id)).toBeNull()
  expect((await entries()).slice(before).map((entry) => [entry.actor, entry.act, entry.subject, entry.detail])).toEqual([
    [editor.id, 'hand-on-item', `item:${id}`, { from: null, to: editor.id }],
    [editor.id, 'hand-on-item', `item:${id}`, { from: editor.id, to: translator.id }],
    [translator.id, 'set-down-item', `item:${id}`, { from: translator.id, to: null }],
  ])
})

test('what somebody else took meanwhile is not taken from her in silence', async () => {
  const [one, other] = [await person('editor'), await person('editor')]
  const id = await draft(null)
  const outcomes = await Promise.all([one, other].map((who) => handOn(who, id, who, null)))
  expect(outcomes.toSorted()).toEqual(['changed-meanwhile', null])
  const keeper = outcomes[0] === null ? one : other
  expect(await keeperOf(id)).toBe(keeper.id)
})

test('with a duty elsewhere, for another language, of another kind or none, a draft answers as one that never was', async () => {
  const editor = await person('editor')
  const id = await draft(editor)
  const before = (await entries()).length
  for (const who of [await person('editor', b), await person('editor', a, 'pt'), await person('translator'), await person('delegate'), await person('observer'), await person()]) {
    expect(await handOn(who, id, who, editor), JSON.stringify(who.duties)).toBe('not-found')
    expect(await handOn(who, newId(), who, null)).toBe('not-found')
    expect(await handOn(editor, id, who, editor)).toBe(who.duties[0]?.duty === 'translator' ? null : 'may-not-keep')
    if (who.duties[0]?.duty === 'translator') await handOn(editor, id, editor, who)
  }
  expect(await handOn(editor, 'no id', editor, null)).toBe('not-found')
  expect([await keeperOf(id), (await entries()).length - before]).toEqual([editor.id, 2])
})

test('whoever leaves keeps nothing: each organisation’s go to whom was chosen for it, and to nobody where she may not keep them', async () => {
  const [leaving, next, other] = [await person(), await person('editor', a, 'es'), await person('editor')]
  const [es, pt, inB, ofAlliance, others] = [await draft(leaving), await draft(leaving, a, 'pt'), await draft(leaving, b), await draft(leaving, null), await draft(other)]
  const handed = await act({ db }, (tx) => handOnFrom(tx, leaving, (organisation) => (organisation === b ? null : next), 'steward', now))
  expect(handed).toEqual({ given: new Map([[next.id, 1]]), setDown: 3 })
  expect(await Promise.all([es, pt, inB, ofAlliance, others].map(keeperOf))).toEqual([next.id, null, null, null, other.id])
  expect(await countKept(db.read, leaving.id)).toEqual([])
})

test('who lost one duty keeps what her others open', async () => {
  const her: OnDuty = { id: (await person()).id, duties: [{ duty: 'translator', organisationId: b, lang: null }] }
  const [lost, kept] = [await draft(her), await draft(her, b)]
  const handed = await act({ db }, (tx) => handOnFrom(tx, her, () => her, 'steward', now))
  expect([handed.setDown, await keeperOf(lost), await keeperOf(kept)]).toEqual([1, null, her.id])
})

test('the list shows exactly what the rule lets her hand on', async () => {
  const [editor, translator] = [await person('editor', a, 'es'), await person('translator')]
  const viewers = [editor, translator, await person('steward', null), await person('editor'), await person('editor', b), await person('editor', a, 'pt'), await person('delegate'), await person()]
  for (const keeper of [null, editor, translator]) for (const organisation of [a, b, null]) for (const lang of ['es', 'pt']) await draft(keeper, organisation, lang)
  const all = await db.read.selectFrom('draft').innerJoin('item', 'item.id', 'itemId').select(['item.id', 'keptBy', 'writtenIn', 'originalLang']).execute()
  const of = async (who: OnDuty, whose: Whose) => (await listDrafts(db.read, who, { whose, limit: 500 })).map(({ itemId }) => itemId).sort()
  for (const who of viewers) {
    const sight = all.filter((item) => mayHandOn(who, item))
    expect(await of(who, 'any'), JSON.stringify(who.duties)).toEqual(sight.map(({ id }) => id).sort())
    expect(await of(who, 'mine')).toEqual(sight.filter(({ keptBy }) => keptBy === who.id).map(({ id }) => id).sort())
    const nobodys = sight.filter(({ keptBy }) => keptBy === null).map(({ id }) => id).sort()
    expect([await of(who, 'nobody'), await countDraftsOfNobody(db.read, who)]).toEqual([nobodys, nobodys.length])
    expect((await listKeepers(db.read, who)).sort()).toEqual([...new Set(sight.flatMap(({ keptBy }) => keptBy ?? []))].sort())
    expect(await of(who, { keptBy: editor.id })).toEqual(sight.filter(({ keptBy }) => keptBy === editor.id).map(({ id }) => id).sort())
  }
})

test('page by page, what was written last first, each text once', async () => {
  const her = await person('editor')
  for (let i = 0; i < DRAFTS_A_PAGE; i++) await draft(her, a, 'es', i === 0 ? ['es', 'pt'] : ['es'])
  const first = await listDrafts(db.read, her, { whose: 'mine' })
  const second = await listDrafts(db.read, her, { whose: 'mine', before: first.at(-1)!.revisionId })
  expect([first.length, second.length]).toEqual([DRAFTS_A_PAGE, 1])
  const ids = [...first, ...second].map(({ revisionId }) => revisionId)
  expect(ids).toEqual(ids.toSorted().toReversed())
  expect(await countKept(db.read, her.id)).toEqual([{ writtenIn: a, originalLang: 'es', items: DRAFTS_A_PAGE, drafts: DRAFTS_A_PAGE }])
})
