import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listNotices } from '#rooms/media/server/notice-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { chooseStarter } from '#rooms/media/server/starter-actions.ts'
import { listStarterItems } from '#rooms/media/server/starter-queries.ts'
import type { StarterChoice } from '#rooms/media/starter-choice.ts'

const { db } = await testDatabase()
const WHO = '0199f6a0-0000-7000-8000-000000000001'
const SIGNERS = [{ organisationId: null, name: 'Altavoz starter library' }]
let time = Temporal.Instant.from('2026-11-29T10:00:00Z')
const later = () => (time = time.add({ minutes: 1 }))
let count = 0

await act({ db }, (tx) => foundSite(tx, { zone: 'UTC' }, time))

/** A text as the starter library brings it, in two languages. */
async function starterItem(isStarter = true) {
  const n = ++count
  const id = await act({ db }, async (tx) => {
    const itemId = await createItem(tx, { kind: 'news', originalLang: 'es', isStarter }, 'system', time)
    for (const lang of ['es', 'en']) {
      await giveSlug(tx, itemId, lang, `texto-${n}-${lang}`, time)
      const { revisionId } = await saveRevision(tx, itemId, lang, { title: `Texto ${n}`, teaser: 'Bajada.', bodyMarkdown: 'Cuerpo.' }, { ...NOTHING_FROZEN, signers: SIGNERS }, 'system', time)
      await publishRevision(tx, { itemId, lang, revisionId, from: time, zone: 'UTC' }, 'system', time)
    }
    return itemId
  })
  const answer = async (lang = 'es') => (await findPublishedItem(db.read, lang, `texto-${n}-${lang}`, later()))?.answer
  return { id, answer }
}
const choose = (itemId: string, choice: StarterChoice, drawn: StarterChoice | null, wasOpen = false) =>
  act({ db }, (tx) => chooseStarter(tx, { itemId, choice, drawn }, { zone: 'UTC', wasOpen, why: () => 'Vino con el programa.' }, WHO, later()))
const decisionOf = async (id: string) => (await listStarterItems(db.read)).find((item) => item.id === id)?.decision

test('an adopted text loses its mark, and its words and its signer stay as they are', async () => {
  const { id, answer } = await starterItem()
  const before = await answer()
  expect(await choose(id, 'adopt', null)).toBeNull()
  const after = await answer()
  if (before?.found !== 'item' || after?.found !== 'item') throw new Error('not public')
  expect(after.item).toEqual({ ...before.item, isStarter: false })
  expect(after.item.signers, 'nobody signs by a click').toEqual(SIGNERS)
  expect(await decisionOf(id), 'it stays in the list').toBe('adopt')
})

test('a kept text stays as it is, marked', async () => {
  const { id, answer } = await starterItem()
  const before = await answer()
  expect(await choose(id, 'keep', null)).toBeNull()
  expect(await answer()).toEqual(before)
  expect(await decisionOf(id)).toBe('keep')
})

test('removed before the house was ever open it is gone in every language without a notice, and can come back', async () => {
  const { id, answer } = await starterItem()
  expect(await choose(id, 'remove', null)).toBeNull()
  expect([await answer('es'), await answer('en')]).toEqual([undefined, undefined])
  expect((await listNotices(db.read, 'es', 1, later())).notices).toEqual([])
  expect(await choose(id, 'keep', 'remove')).toBeNull()
  for (const lang of ['es', 'en']) expect(await answer(lang)).toMatchObject({ found: 'item', item: { isStarter: true } })
})

test('removed from a house that was open it leaves a dated notice, and does not come back', async () => {
  const { id, answer } = await starterItem()
  expect(await choose(id, 'remove', null, true)).toBeNull()
  expect(await answer()).toMatchObject({ found: 'gone', tombstone: { reason: 'withdrawn', note: 'Vino con el programa.' } })
  for (const choice of ['adopt', 'keep'] as const) expect(await choose(id, choice, 'remove', true)).toBe('withdrawn')
  expect(await decisionOf(id)).toBe('remove')
})

test('what somebody else decided meanwhile is not decided over in silence', async () => {
  const { id } = await starterItem()
  expect(await choose(id, 'adopt', null)).toBeNull()
  expect(await choose(id, 'remove', null)).toBe('meanwhile')
  expect(await choose(id, 'adopt', null), 'both want the same').toBeNull()
  expect(await choose(id, 'remove', 'adopt'), 'knowingly').toBeNull()
})

test('an adopted text in which people have worked since is no example any more', async () => {
  const { id } = await starterItem()
  expect(await choose(id, 'adopt', null)).toBeNull()
  await act({ db }, (tx) => saveRevision(tx, id, 'es', { title: 'Nuestro', teaser: '', bodyMarkdown: 'Nuestro.' }, NOTHING_FROZEN, WHO, later()))
  for (const choice of ['keep', 'remove'] as const) expect(await choose(id, choice, 'adopt')).toBe('worked-on')
})

test('no text of the alliance can be decided on, and each decision leaves its entry', async () => {
  const { id } = await starterItem(false)
  expect(await choose(id, 'remove', null)).toBe('not-found')
  const entries = await db.read.selectFrom('auditEntry').select(['actor', 'detail']).where('act', '=', 'choose-starter').orderBy('id').execute()
  expect(entries[0]).toEqual({ actor: WHO, detail: { choice: 'adopt' } })
})
