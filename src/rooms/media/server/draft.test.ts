import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { chooseStarter } from '#rooms/media/server/starter-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { cancelScheduled, withdrawWhole } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const { item, save, publish, withdraw } = newsroom(db)
const start = Temporal.Instant.from('2026-11-29T10:00:00Z')
const at = (minutes: number) => start.add({ minutes })
await act({ db }, (tx) => foundSite(tx, { zone: 'UTC' }, start))

const draftOf = async (itemId: string, lang = 'en') =>
  (await db.read.selectFrom('draft').select('revisionId').where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst())?.revisionId

test('a text is a draft from its saving until readers are left with it, and again from the next saving', async () => {
  const id = await item('news', start)
  const first = await save(id, 'en', 'Story one', at(1))
  expect(await draftOf(id)).toBe(first.revisionId)
  await publish(id, 'en', first.revisionId, at(2))
  expect(await draftOf(id)).toBeUndefined()
  const second = await save(id, 'en', 'Story two', at(3), {}, 'story-one')
  const translated = await save(id, 'pt', 'Historia', at(3))
  expect([await draftOf(id), await draftOf(id, 'pt')]).toEqual([second.revisionId, translated.revisionId])
  await publish(id, 'en', second.revisionId, at(4))
  await publish(id, 'en', first.revisionId, at(5))
  expect(await draftOf(id), 'the newest is not what readers are left with').toBe(second.revisionId)
})

test('what goes out at an hour to come is no draft, until that is called off', async () => {
  const id = await item('news', start)
  const { revisionId } = await save(id, 'en', 'Tomorrow', at(1))
  await publish(id, 'en', revisionId, at(2), at(600))
  expect(await draftOf(id)).toBeUndefined()
  await act({ db }, (tx) => cancelScheduled(tx, id, 'en', 'operator', at(3)))
  expect(await draftOf(id)).toBe(revisionId)
})

test('what was withdrawn is no draft, one language or all', async () => {
  const id = await item('news', start)
  for (const [lang, title] of [['en', 'Gone'], ['es', 'Ido']] as const) await publish(id, lang, (await save(id, lang, title, at(1))).revisionId, at(2))
  await save(id, 'en', 'Gone and changed', at(3), {}, 'gone')
  await save(id, 'fr', 'Reste', at(3))
  await withdraw(id, 'en', at(4))
  expect([await draftOf(id, 'en'), await draftOf(id, 'fr')]).toEqual([undefined, expect.any(String)])
  await act({ db }, (tx) => withdrawWhole(tx, id, () => 'It was wrong.', 'operator', at(5)))
  expect(await draftOf(id, 'es')).toBeUndefined()
})

test('a starter text that is removed and brought back is one only between', async () => {
  const id = await act({ db }, async (tx) => {
    const itemId = await createItem(tx, { kind: 'news', originalLang: 'es', isStarter: true }, 'system', start)
    await giveSlug(tx, itemId, 'es', 'texto', start)
    const { revisionId } = await saveRevision(tx, itemId, 'es', { title: 'Texto', teaser: '', bodyMarkdown: 'Cuerpo.' }, NOTHING_FROZEN, 'system', start)
    await publishRevision(tx, { itemId, lang: 'es', revisionId, from: start, zone: 'UTC' }, 'system', start)
    return itemId
  })
  const choose = (choice: 'remove' | 'keep', drawn: 'remove' | null, minute: number) => act({ db }, (tx) => chooseStarter(tx, { itemId: id, choice, drawn }, { zone: 'UTC', wasOpen: false, why: () => '' }, 'operator', at(minute)))
  expect(await choose('remove', null, 1)).toBeNull()
  expect(await draftOf(id, 'es')).toEqual(expect.any(String))
  expect(await choose('keep', 'remove', 2)).toBeNull()
  expect(await draftOf(id, 'es')).toBeUndefined()
})

test('after all of this the drafts are those that the migration would find', async () => {
  const { rows } = await sql<{ isSame: boolean }>`with found as (
      select r.item_id, r.lang, r.id from (select distinct on (item_id, lang) item_id, lang, id from revision order by item_id, lang, number desc) r
      where not exists (select from publication p where p.revision_id = r.id and p.public_until is null) and not exists (select from withdrawal w where w.item_id = r.item_id and w.lang = r.lang))
    select count(*) > 2 and not exists (select * from found except select item_id, lang, revision_id from draft) and count(*) = (select count(*) from draft) as is_same from found`.execute(db.read as never)
  expect(rows[0]).toEqual({ isSame: true })
})
