// What readers are told of a text that a machine translated: that it did, and that a person read and approved it. Frozen with what went out.
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { readText, writeText } from '#rooms/media/export/exported-text.ts'
import { newsOf } from '#rooms/media/feed.ts'
import { findForApi } from '#rooms/media/server/api-queries.ts'
import { shownItem } from '#rooms/media/api/shown-item.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { hashOf } from '#rooms/media/server/item-actions.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { restoreRevision } from '#rooms/media/server/restore-actions.ts'
import { translationsIn } from '#rooms/media/server/testing/translations.ts'
import { findReadingState } from '#rooms/media/server/translation-queries.ts'

const { db } = await testDatabase()
const room = await translationsIn(db)
const { ana, rosa, lia, later, in_, item, save, follows, followed, say, letOut } = room
const SAID = 'Traduzido por máquina e depois lido e aprovado por uma pessoa.'

const made = async (byMachine: boolean, words = 'Um.') => {
  const id = await item()
  await save(id, 'es', 'Uno.', lia)
  await save(id, 'pt', words, ana, { ...(await follows(id)), byMachine })
  return id
}
const page = async (id: string) => {
  const { slug } = await db.read.selectFrom('itemSlug').select('slug').where('itemId', '=', id).where('lang', '=', 'pt').where('isCurrent', '=', true).executeTakeFirstOrThrow()
  const answer = (await findPublishedItem(db.read, 'pt', slug, room.now))!.answer
  return answer.found === 'item' ? answer.item : undefined
}
const isLabelled = async (id: string) => (await page(id))?.byMachine

test('a translation of a machine that a person found right says so on its page, in feeds and to programs; others say nothing', async () => {
  const [id, human] = [await made(true, 'Da máquina.'), await made(false, 'Da pessoa.')]
  expect(await letOut(id)).toBe('waits-for-reader')
  for (const one of [id, human]) expect([await say(one, rosa), await letOut(one)]).toEqual([null, null])
  expect([await isLabelled(id), await isLabelled(human)]).toEqual([true, false])
  const told = async (of: string) => {
    const feed = await listForFeed(db.read, { lang: 'pt' }, room.now)
    const entry = newsOf(feed.told.find((one) => one.id === of)!, { origin: 'https://a.example', lang: 'pt', zone: 'UTC' })
    const api = shownItem((await findForApi(db.read, of, room.now))!.item, 'https://a.example').texts.find(({ lang }) => lang === 'pt')!
    return [entry.html.includes(SAID), api.by_machine]
  }
  expect([await told(id), await told(human)]).toEqual([[true, true], [false, false]])
})

test('it is of what went out: what is said or saved at the desk later changes it with the next publication alone', async () => {
  const id = await made(false, 'Primeiro.')
  await say(id, rosa)
  await letOut(id)
  const before = await page(id)
  await save(id, 'pt', 'Primeiro.', ana, { ...(await follows(id)), byMachine: true })
  expect(await page(id)).toEqual(before)
  expect([await letOut(id), await isLabelled(id)]).toEqual([null, true])
  // A person rewrites it: that a machine began it stays true.
  await save(id, 'pt', 'Escrito de novo por uma pessoa.', ana)
  expect([(await followed(id)).byMachine, await say(id, rosa), await letOut(id), await isLabelled(id)]).toEqual([false, null, null, true])
})

test('an older version that comes back has the label of its words, whenever it was said of them', async () => {
  const id = await made(false, 'Por pessoa.')
  const human = (await followed(id)).revisionId
  const machine = await save(id, 'pt', 'Por máquina.', ana)
  await save(id, 'pt', 'Por máquina.', ana, { ...(await follows(id)), byMachine: true })
  const restored = async (revisionId: string) => {
    await in_(async (tx) => restoreRevision(tx, { itemId: id, lang: 'pt', revisionId, newest: (await followed(id)).revisionId }, lia, later()))
    return (await findRevision(db.read, id, 'pt'))!.frozen.byMachine
  }
  expect([await restored(human), await restored(machine), await restored(human)]).toEqual([undefined, true, undefined])
})

/** As a house stands that said it before versions held the word: the mark is there, and no version tells of it. */
const before = (id: string) => in_(async (tx) => {
  const rows = await tx.selectFrom('revision').select(['id', 'title', 'teaser', 'bodyMarkdown', 'frozen']).where('itemId', '=', id).where('lang', '=', 'pt').execute()
  for (const { id: revisionId, frozen: { byMachine: _, ...frozen }, ...words } of rows) await tx.updateTable('revision').set({ frozen: JSON.stringify(frozen) as never, hash: hashOf('news', 'pt', words, frozen) }).where('id', '=', revisionId).execute()
})

test('what was said before versions held the word is told too: of what goes out, of what is saved next and of an older version that comes back', async () => {
  const goes = await made(true, 'Sai.')
  await before(goes)
  expect([await say(goes, rosa), await letOut(goes), await isLabelled(goes)]).toEqual([null, null, true])
  // Found right and put into better words, so that its own mark is gone.
  const [saved, corrected] = [await made(true, 'Salvo.'), await made(true, 'Voltou.')]
  for (const id of [saved, corrected]) {
    await say(id, rosa)
    await save(id, 'pt', 'Palavras melhores.', ana)
    await before(id)
  }
  expect((await followed(saved)).byMachine).toBe(false)
  await save(saved, 'pt', 'Palavras ainda melhores.', ana)
  expect((await findRevision(db.read, saved, 'pt'))!.frozen.byMachine).toBe(true)
  const newest = (await followed(corrected)).revisionId
  const { id: first } = await db.read.selectFrom('revision').select('id').where('itemId', '=', corrected).where('lang', '=', 'pt').where('number', '=', 1).executeTakeFirstOrThrow()
  await in_((tx) => restoreRevision(tx, { itemId: corrected, lang: 'pt', revisionId: first, newest }, lia, later()))
  expect((await findRevision(db.read, corrected, 'pt'))!.frozen.byMachine).toBe(true)
  // Nothing is said of what a person made.
  const human = await made(false, 'De pessoa.')
  expect([await say(human, rosa), await letOut(human), await isLabelled(human)]).toEqual([null, null, false])
})

test('by no command does a translation of a machine go out that nobody found right', async () => {
  const id = await made(true)
  const publish = async () => act({ db }, async (tx) => publishRevision(tx, { itemId: id, lang: 'pt', revisionId: (await followed(id)).revisionId, from: later(), zone: 'UTC' }, 'operator', room.now))
  expect(await publish()).toEqual({ published: false, obstacle: 'unread-machine' })
  await say(id, rosa)
  await say(id, lia, 'changes', 'The verb.')
  expect(await publish()).toEqual({ published: false, obstacle: 'unread-machine' })
  await say(id, rosa)
  expect(await publish()).toMatchObject({ published: true })
})

test('a reader’s newer no to the same words holds a text of a machine back with a sentence, also once the source is as it was; nothing is changed', async () => {
  const id = await made(true, 'Da máquina, outra vez.')
  await say(id, rosa)
  await save(id, 'es', 'Dos.', lia)
  await save(id, 'pt', 'Da máquina, outra vez.', ana, await follows(id))
  await say(id, rosa, 'changes', 'The verb.')
  await save(id, 'es', 'Uno.', lia)
  await save(id, 'pt', 'Da máquina, outra vez.', ana, await follows(id))
  const [were, newest] = [await room.acts(id), await followed(id)]
  expect([(await findReadingState(db.read, id, 'pt'))!.last?.verdict, await letOut(id)]).toEqual(['good', 'waits-for-reader'])
  expect([await room.acts(id), await followed(id)]).toEqual([were, newest])
  await say(id, rosa)
  expect(await letOut(id)).toBeNull()
})

test('it goes into an export and comes back, and a text without it is written and hashed as before', async () => {
  const id = await made(true)
  const { bodyHtml: _, notesHtml: __, title, teaser, bodyMarkdown, ...revision } = (await findRevision(db.read, id, 'pt'))!
  const exported = { ...revision, kind: 'news' as const, words: { title, teaser, bodyMarkdown } }
  const text = writeText(exported, {})
  expect([text.includes('byMachine: true'), readText('a.md', text)]).toEqual([true, exported])
  expect(Object.keys((await findRevision(db.read, id, 'es'))!.frozen)).not.toContain('byMachine')
})
