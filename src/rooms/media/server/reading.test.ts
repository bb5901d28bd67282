// What a second reader stops and what nobody is told of it, the mark of a machine, and what is brought in.
import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { restoreRevision } from '#rooms/media/server/restore-actions.ts'
import { bringTyping, keepTyping } from '#rooms/media/server/typing-actions.ts'
import { findTyping } from '#rooms/media/server/typing-queries.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { findFollowed, findReadingState } from '#rooms/media/server/translation-queries.ts'
import { stateFacts, factsOf } from '#rooms/media/server/writing-actions.ts'
import { LONGEST_CREDIT } from '#rooms/media/writing-form.ts'
import { translationsIn } from '#rooms/media/server/testing/translations.ts'

const { db } = await testDatabase()
const room = await translationsIn(db)
const { ana, rosa, lia, later, in_, item, save, follows, followed, say, letOut, translated } = room

test('what must change holds back whatever waits in that language, also a version before with the same words or others', async () => {
  const id = await translated()
  await say(id, rosa)
  expect(await letOut(id, 'pt', ana, room.now.add({ hours: 5 }))).toBeNull()
  const drawn = JSON.stringify(factsOf((await findRevision(db.read, id, 'es'))!.frozen))
  await in_((tx) => stateFacts(tx, id, ['pt'], { when: '2026', dateOf: null, regions: [], topics: [] }, drawn, lia, later()))
  const waits = async () => (await listTextStandings(db.read, id, room.now, 'pt'))[0]!.waiting !== null
  expect(await waits()).toBe(true)
  expect(await say(id, rosa, 'changes', 'The second paragraph.')).toBeNull()
  expect(await waits(), 'facts differ').toBe(false)
  await say(id, rosa)
  expect(await letOut(id, 'pt', ana, room.now.add({ hours: 5 }))).toBeNull()
  await save(id, 'pt', 'Um.\n\nDois, mudado.', ana)
  expect(await say(id, rosa, 'changes', 'Still the second.')).toBeNull()
  expect(await waits(), 'words differ').toBe(false)
})

test('what a second reader writes, or a steward as her reason, stands in no log', async () => {
  const id = await translated()
  expect([await say(id, rosa, 'changes', 'Her real name is in it.'), await say(id, lia, 'without', 'A raid on her house.')]).toEqual([null, null])
  const told = JSON.stringify(await db.read.selectFrom('auditEntry').select(['act', 'detail']).where('subject', '=', `item:${id}`).execute())
  expect([told.includes('read-text'), told.includes('let-go-unread'), told.includes('real name'), told.includes('raid')]).toEqual([true, true, false, false])
})

test('the mark of a machine goes with its words: an older version that comes back has it, or has not, as it was', async () => {
  const id = await item()
  await save(id, 'es', 'Uno.', lia)
  const human = await save(id, 'pt', 'Um, por pessoa.', ana)
  const machine = await save(id, 'pt', 'Um.', ana, { ...(await follows(id)), byMachine: true })
  const restore = (revisionId: string) => in_(async (tx) => restoreRevision(tx, { itemId: id, lang: 'pt', revisionId, newest: (await findFollowed(tx, id, 'pt'))!.revisionId }, lia, later()))
  const isMachine = async () => (await followed(id)).byMachine
  await restore(human)
  expect(await isMachine(), 'the words of a person').toBe(false)
  await restore(machine)
  expect(await isMachine(), 'words of the machine').toBe(true)
  await save(id, 'pt', 'Um, mudado.', ana)
  expect(await isMachine(), 'new words out of those of a machine').toBe(true)
  await say(id, rosa)
  await save(id, 'pt', 'Um, por pessoa e bem.', ana)
  expect(await isMachine(), 'new words out of what was found right').toBe(false)
  await restore(machine)
  expect([await isMachine(), await say(id, lia, 'without', 'A raid.')], 'words that nobody found right').toEqual([true, 'by-machine'])
  await say(id, rosa)
  await save(id, 'pt', 'Outra coisa.', ana)
  await restore(machine)
  expect(await isMachine(), 'found right since').toBe(false)
})

test('whoever only adds to a translation from before keeps nobody from reading it, and can read it herself', async () => {
  const id = await translated()
  await db.transaction((tx) => tx.deleteFrom('translationOf').execute())
  const drawn = JSON.stringify(factsOf((await findRevision(db.read, id, 'pt'))!.frozen))
  await in_((tx) => stateFacts(tx, id, ['pt'], { when: '2026', dateOf: null, regions: [], topics: [] }, drawn, rosa, later()))
  expect((await findReadingState(db.read, id, 'pt'))!.makers).toEqual([ana])
  expect([await say(id, ana), await say(id, rosa)]).toEqual(['own-words', null])
})

test('a name beside a text is held to one line, and is read with the words', async () => {
  const id = await translated()
  await expect(save(id, 'pt', 'Um.\n\nDois.', ana, { ...(await follows(id)), credit: 'x'.repeat(LONGEST_CREDIT + 1) })).rejects.toThrow('too-long')
  await say(id, rosa)
  expect((await findReadingState(db.read, id, 'pt'))!.last!.verdict).toBe('good')
  await save(id, 'pt', 'Um.\n\nDois.', rosa, { ...(await follows(id)), credit: 'Uma pessoa' })
  expect([await letOut(id), await say(id, rosa), await say(id, lia)]).toEqual(['waits-for-reader', 'own-words', null])
  expect(await letOut(id)).toBeNull()
})

test('what is brought in takes the place of what somebody typed and did not save only on her word', async () => {
  const id = await translated()
  const newest = (await findRevision(db.read, id, 'pt'))!
  const words = (bodyMarkdown: string) => ({ baseId: newest.id, title: newest.title, teaser: newest.teaser, bodyMarkdown })
  const bring = (bodyMarkdown: string, isOver = false) => in_((tx) => bringTyping(tx, id, 'pt', ana, words(bodyMarkdown), isOver, later()))
  const typed = async () => (await findTyping(db.read, id, 'pt', ana))!.bodyMarkdown
  expect([await bring('De um arquivo.'), await typed()]).toEqual([null, 'De um arquivo.'])
  await in_((tx) => keepTyping(tx, id, 'pt', ana, words('O que ela digitou.'), later()))
  expect([await bring('De outro arquivo.'), await typed()]).toEqual(['unsaved', 'O que ela digitou.'])
  expect([await bring('De outro arquivo.', true), await typed()]).toEqual([null, 'De outro arquivo.'])
  await in_((tx) => keepTyping(tx, id, 'pt', ana, words(newest.bodyMarkdown), later()))
  expect(await bring('De novo.'), 'as it is saved').toBeNull()
})
