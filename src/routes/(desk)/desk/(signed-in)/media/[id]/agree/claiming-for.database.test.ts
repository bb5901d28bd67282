// The rooms are joined here: what an editor notes for an organisation is told to whoever speaks for it.
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { claimingFor, givingBackFor } from './claiming-for.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-30T10:00:00Z')
const house = { db, clock: () => now } as unknown as App.Locals['house']

const [home, organisationId, other] = await act({ db }, async (tx) => {
  const ids = [newId(), newId(), newId()] as const
  for (const id of ids) await tx.insertInto('organisation').values({ id, slug: `o-${id}`, createdAt: now } as never).execute()
  return ids
})
const [editor, ana, bel] = [await standingPerson(db, 'eva', 'editor', home, now), await standingPerson(db, 'ana', 'delegate', organisationId, now), await standingPerson(db, 'bel', 'delegate', organisationId, now)]
await standingPerson(db, 'cata', 'delegate', other, now)
const itemId = await act({ db }, async (tx) => {
  const id = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home }, editor.id, now)
  for (const lang of ['es', 'ht']) await saveRevision(tx, id, lang, { title: lang, teaser: '', bodyMarkdown: 'Uno.' }, NOTHING_FROZEN, editor.id, now)
  await wishSigner(tx, editor, id, { organisationId, isShown: true }, now)
  return id
})
const told = async () => (await db.read.selectFrom('deskNotice').select(['personId', 'kind', 'subject']).orderBy('personId').execute())
const toBoth = (kind: string) => [ana.id, bel.id].sort().map((personId) => ({ personId, kind, subject: null }))

test('what an editor notes for an organisation, and gives back for it, is told to its delegates, without the text', async () => {
  const locals = { house, viewer: editor }
  const claim = { organisationId, lang: 'ht' }
  expect([await claimingFor({ house, viewer: ana }, itemId, claim), await claimingFor(locals, itemId, { ...claim, lang: 'fr' }), await told()]).toEqual(['not-found', 'no-language', []])
  expect(await claimingFor(locals, itemId, claim)).toBeNull()
  expect(await told()).toEqual(toBoth('language-claimed-for'))
  expect(await givingBackFor(locals, itemId, { ...claim, isAskedFor: false })).toBe('not-asked-for')
  expect(await told()).toHaveLength(2)
  expect(await givingBackFor(locals, itemId, { ...claim, isAskedFor: true })).toBeNull()
  expect((await told()).filter(({ kind }) => kind === 'language-given-back-for')).toEqual(toBoth('language-given-back-for'))
})

test('whoever planned what a claim calls off is told, and whoever keeps it, while they may come in', async () => {
  const [planner, keeper] = [await standingPerson(db, 'pia', 'editor', home, now), await standingPerson(db, 'kim', 'editor', home, now)]
  const plan = (by: string, hours: number) => act({ db }, async (tx) => {
    const { id } = await tx.selectFrom('revision').select('id').where('itemId', '=', itemId).where('lang', '=', 'ht').executeTakeFirstOrThrow()
    await publishRevision(tx, { itemId, lang: 'ht', revisionId: id, from: now.add({ hours }), zone: 'UTC' }, by, now)
    await tx.deleteFrom('deskNotice').execute()
  })
  const calledOff = async () => (await told()).filter(({ kind }) => kind === 'publication-called-off')
  const claim = { organisationId, lang: 'ht' }
  await act({ db }, (tx) => tx.updateTable('item').set({ keptBy: keeper.id }).where('id', '=', itemId).execute())
  await plan(planner.id, 24)
  expect(await claimingFor({ house, viewer: editor }, itemId, claim)).toBeNull()
  expect(await calledOff()).toEqual([planner.id, keeper.id].sort().map((personId) => ({ personId, kind: 'publication-called-off', subject: itemId })))
  expect(await givingBackFor({ house, viewer: editor }, itemId, { ...claim, isAskedFor: true })).toBeNull()
  await plan(planner.id, 25)
  await act({ db }, (tx) => tx.updateTable('person').set({ endedAt: now }).where('id', '=', planner.id).execute())
  expect(await claimingFor({ house, viewer: keeper }, itemId, claim)).toBeNull()
  expect(await calledOff(), 'she has left, and the keeper did it herself').toEqual([])
})
