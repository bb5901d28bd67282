// What a translation follows, its second reader, text of a machine, what kinds need, and notes between colleagues.
import { expect, test } from 'vitest'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { KINDS } from '#rooms/media/item.ts'
import { DEFAULT_NEEDS, type Needs } from '#rooms/media/needs.ts'
import { answerNote, closeNote, leaveNote } from '#rooms/media/server/desk-note-actions.ts'
import { listNotes, listUnanswered } from '#rooms/media/server/desk-note-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { needsDrawn, setNeeds } from '#rooms/media/server/need-actions.ts'
import { listNeeds } from '#rooms/media/server/need-queries.ts'
import { readAs } from '#rooms/media/server/reading-actions.ts'
import { restoreRevision } from '#rooms/media/server/restore-actions.ts'
import { trashItem } from '#rooms/media/server/trash-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { findFollowed, findReadingState } from '#rooms/media/server/translation-queries.ts'
import { listToTranslate } from '#rooms/media/server/translation-board-queries.ts'
import { stateFacts, factsOf } from '#rooms/media/server/writing-actions.ts'
import { translationsIn } from '#rooms/media/server/testing/translations.ts'

const { db } = await testDatabase()
const room = await translationsIn(db)
const { ana, rosa, lia, later, in_, item, save, source, follows, followed, say, letOut, acts, translated } = room

test('a translation follows the source that was seen, until somebody says that it follows a newer one', async () => {
  const id = await translated()
  const first = await source(id)
  expect((await followed(id)).sourceId).toBe(first)
  const second = await save(id, 'es', 'Uno.\n\nDos y más.', lia)
  await save(id, 'pt', 'Um só.\n\nDois.', ana, await follows(id, false))
  expect((await followed(id)).sourceId, 'not ticked').toBe(first)
  await save(id, 'pt', 'Um só.\n\nDois e mais.', ana, await follows(id))
  expect((await followed(id)).sourceId).toBe(second)
})

test('that it follows the source can be said without changing a word, and makes no version', async () => {
  const id = await translated()
  const before = (await followed(id)).revisionId
  const second = await save(id, 'es', 'Uno!\n\nDos.', lia)
  await save(id, 'pt', 'Um.\n\nDois.', ana, await follows(id))
  expect(await followed(id)).toEqual({ revisionId: before, sourceId: second, byMachine: false })
  expect((await acts(id)).filter((one) => one === 'follow-source')).toHaveLength(1)
  await save(id, 'pt', 'Um.\n\nDois.', ana, await follows(id))
  expect((await acts(id)).filter((one) => one === 'follow-source')).toHaveLength(1)
})

test('what is saved by other ways goes on following what it did, and what nobody said follows what was newest then', async () => {
  const id = await item()
  const first = await save(id, 'es', 'Uno.', lia)
  await in_((tx) => saveRevision(tx, id, 'pt', { title: 'T', teaser: '', bodyMarkdown: 'Um.' }, NOTHING_FROZEN, 'operator', later()))
  await save(id, 'es', 'Uno y dos.', lia)
  expect((await followed(id)).sourceId).toBe(first)
  await in_((tx) => saveRevision(tx, id, 'pt', { title: 'T', teaser: '', bodyMarkdown: 'Um!' }, NOTHING_FROZEN, 'operator', later()))
  expect((await followed(id)).sourceId).toBe(first)
  // As a house from before has it, and one that an export filled.
  await db.transaction((tx) => tx.deleteFrom('translationOf').execute())
  expect((await followed(id)).sourceId, 'the newest when it was saved').toBe(await source(id))
  expect((await followed(id, 'es')).sourceId).toBeNull()
})

test('a revision of another text is nothing to follow', async () => {
  const [id, other] = [await translated(), await translated()]
  await save(id, 'pt', 'Um.\n\nDois!', ana, { sourceId: await source(other), isFollowing: true, byMachine: false })
  expect((await followed(id)).sourceId).toBe(await source(id))
})

test('a translation waits for a second reader who wrote none of it', async () => {
  const id = await translated()
  expect(await letOut(id)).toBe('waits-for-reader')
  expect(await letOut(id, 'pt', ana, room.now.add({ hours: 5 })), 'nor at an hour').toBe('waits-for-reader')
  expect(await say(id, ana)).toBe('own-words')
  expect(await letOut(id)).toBe('waits-for-reader')
  expect(await say(id, rosa)).toBeNull()
  expect(await letOut(id)).toBeNull()
  expect(await letOut(id, 'es'), 'the source needs none where stewards set nothing').toBeNull()
})

test('what was found right is these very words: every other needs a reader anew, and who wrote since is none', async () => {
  const id = await translated()
  await say(id, rosa)
  await save(id, 'pt', 'Um.\n\nDois e três.', rosa)
  expect([await letOut(id), await say(id, rosa), await say(id, ana)]).toEqual(['waits-for-reader', 'own-words', null])
  expect(await letOut(id)).toBeNull()
  // Who wrote the third version cannot read the fourth by the second.
  await save(id, 'pt', 'Um.', ana)
  await save(id, 'pt', 'Um e dois.', rosa)
  expect([await say(id, ana), await say(id, rosa), await say(id, lia)]).toEqual(['own-words', 'own-words', null])
})

test('facts that change in every language ask no reader again; an older version that comes back has been read', async () => {
  const id = await translated()
  await say(id, rosa)
  const drawn = JSON.stringify(factsOf((await findRevision(db.read, id, 'es'))!.frozen))
  await in_((tx) => stateFacts(tx, id, ['es', 'pt'], { when: '2026', dateOf: null, regions: [], topics: [] }, drawn, lia, later()))
  expect(await letOut(id)).toBeNull()
  const read = (await followed(id)).revisionId
  await save(id, 'pt', 'Outra coisa.', lia)
  expect(await letOut(id)).toBe('waits-for-reader')
  await in_(async (tx) => restoreRevision(tx, { itemId: id, lang: 'pt', revisionId: read, newest: (await findFollowed(tx, id, 'pt'))!.revisionId }, lia, later()))
  expect((await findReadingState(db.read, id, 'pt'))!.last!.verdict).toBe('good')
})

test('a translation that is said to follow a newer source is read anew, beside that one', async () => {
  const id = await translated()
  await say(id, rosa)
  await save(id, 'es', 'Uno.\n\nOtra cosa.', lia)
  expect((await findReadingState(db.read, id, 'pt'))!.last!.verdict, 'it follows the older one still').toBe('good')
  await save(id, 'pt', 'Um.\n\nDois.', rosa, await follows(id))
  expect([await letOut(id), await say(id, rosa), await say(id, lia)]).toEqual(['waits-for-reader', 'own-words', null])
})

test('what must change is told, calls off what waited for its hour, and what was not seen is not judged', async () => {
  const id = await translated()
  await say(id, rosa)
  const hour = room.now.add({ hours: 5 })
  expect(await letOut(id, 'pt', ana, hour)).toBeNull()
  expect(await say(id, rosa, 'changes')).toBe('no-note')
  expect(await say(id, lia, 'changes', 'The second paragraph.')).toBeNull()
  expect((await listTextStandings(db.read, id, room.now, 'pt'))[0]!.waiting).toBeNull()
  expect(await letOut(id)).toBe('waits-for-reader')
  const before = readAs(await followed(id))
  await save(id, 'pt', 'Um.\n\nDois, mudado.', ana)
  expect(await say(id, rosa, 'good', '', 'pt', before)).toBe('changed-meanwhile')
})

test('a steward can answer for a text that goes out unread, but never for one of a machine', async () => {
  const id = await translated()
  expect([await say(id, lia, 'without'), await say(id, lia, 'without', 'A raid tonight.')]).toEqual(['no-note', null])
  expect(await letOut(id)).toBeNull()
  expect(await acts(id)).toContain('let-go-unread')
  const other = await item()
  await save(other, 'es', 'Uno.', lia)
  await save(other, 'pt', 'Um.', ana, { ...(await follows(other)), byMachine: true })
  await set({ ...DEFAULT_NEEDS, translationReader: false })
  expect([await letOut(other), await say(other, lia, 'without', 'A raid.')]).toEqual(['waits-for-reader', 'by-machine'])
  // It stays so through every version until a person finds it right.
  await save(other, 'pt', 'Um!', ana)
  expect([(await followed(other)).byMachine, await letOut(other)]).toEqual([true, 'waits-for-reader'])
  expect([await say(other, rosa), await letOut(other)]).toEqual([null, null])
  await save(other, 'pt', 'Um, por pessoa.', ana)
  expect([(await followed(other)).byMachine, await letOut(other)]).toEqual([false, null])
  await set(DEFAULT_NEEDS)
})

const set = (needs: Needs) => in_(async (tx) => setNeeds(tx, { ...(await listNeeds(tx)), news: needs }, needsDrawn(await listNeeds(tx)), 'operator', later()))

test('stewards set what each kind needs, and nobody writes over what another set meanwhile', async () => {
  const drawn = needsDrawn(await listNeeds(db.read))
  expect(await set({ translationReader: true, sourceReader: true, agreement: true, ledAgreement: false, otherEditor: true })).toBe(1)
  expect(await in_((tx) => setNeeds(tx, Object.fromEntries(KINDS.map((kind) => [kind, DEFAULT_NEEDS])) as never, drawn, 'operator', later()))).toBe('changed-meanwhile')
  const id = await item()
  await save(id, 'es', 'Uno.', ana)
  expect(await letOut(id, 'es')).toBe('waits-for-reader')
  await say(id, rosa, 'good', '', 'es')
  expect(await letOut(id, 'es')).toBe('waits-for-agreement')
  expect(await set({ ...DEFAULT_NEEDS, otherEditor: true })).toBe(1)
  expect([await letOut(id, 'es', ana), await letOut(id, 'es', rosa)]).toEqual(['waits-for-editor', null])
  await set(DEFAULT_NEEDS)
})

test('whoever translated is named as she chose, or nobody is', async () => {
  const id = await translated()
  const credit = async (name: string) => save(id, 'pt', 'Um.\n\nDois.', ana, { ...(await follows(id)), credit: name })
  const named = async () => (await findRevision(db.read, id, 'pt'))!.frozen.translator
  expect(await named()).toBeUndefined()
  await credit('Uma pessoa')
  expect(await named()).toBe('Uma pessoa')
  const before = (await followed(id)).revisionId
  await credit('Uma pessoa')
  expect((await followed(id)).revisionId).toBe(before)
  await credit('')
  expect(await named()).toBeUndefined()
})

test('a note is left, answered once, closed and opened again, and its keeper is told while it waits', async () => {
  const id = await item('news', rosa)
  await save(id, 'es', 'Uno.', lia)
  const leave = (text: string, by = ana) => in_((tx) => leaveNote(tx, { itemId: id, lang: 'pt', paragraph: 'Uno.', text }, by, later()))
  expect([await leave(''), await leave('What does “uno” mean here?'), await leave('My own.', rosa)]).toEqual(['empty', null, null])
  expect(await listUnanswered(db.read, rosa)).toMatchObject([{ itemId: id, count: 1 }])
  // What is in the trash waits for nobody, until somebody works on it again.
  const steward = { id: lia, duties: [{ duty: 'steward', organisationId: null, lang: null }] }
  expect([await in_((tx) => trashItem(tx, steward, id, later())), await listUnanswered(db.read, rosa)]).toEqual([null, []])
  await save(id, 'es', 'Uno.', lia)
  expect(await listUnanswered(db.read, rosa), 'nothing was changed').toEqual([])
  await save(id, 'pt', 'Um.', ana)
  expect([await listUnanswered(db.read, rosa), (await acts(id)).filter((one) => one.includes('trash'))]).toMatchObject([[{ itemId: id, count: 1 }], ['trash-item', 'take-from-trash']])
  const [, note] = await listNotes(db.read, id)
  expect(note).toMatchObject({ text: 'What does “uno” mean here?', paragraph: 'Uno.', lang: 'pt' })
  const answer = (noteId: string, itemId = id) => in_((tx) => answerNote(tx, { itemId, noteId, answer: 'The first.' }, rosa, later()))
  expect([await answer(note!.id, await item()), await answer(newId()), await answer(note!.id), await answer(note!.id)]).toEqual(['not-found', 'not-found', null, 'changed-meanwhile'])
  expect(await listUnanswered(db.read, rosa)).toEqual([])
  const close = (isClosed: boolean) => in_((tx) => closeNote(tx, { itemId: id, noteId: note!.id, isClosed }, ana, later()))
  expect([await close(true), await close(true), await close(false)]).toEqual([null, 'changed-meanwhile', null])
  // The log tells that there is a note, and never what it says.
  const told = JSON.stringify(await db.read.selectFrom('auditEntry').select('detail').where('subject', '=', `item:${id}`).execute())
  expect(told).not.toContain('uno')
})

test('the board shows what is missing, behind or unread in her languages, and nothing else', async () => {
  const steward = { id: lia, duties: [{ duty: 'steward', organisationId: null, lang: null }] }
  const mine = new Set<string>()
  const states = async (toDo?: 'missing' | 'behind' | 'reader', lang = 'pt') => Object.fromEntries((await listToTranslate(db.read, steward, { langs: [lang], toDo }, 500)).filter(({ id }) => mine.has(id)).map(({ id, cells }) => [id, cells.find((cell) => cell.lang === lang)?.state ?? 'missing']))
  const [missing, unread, behind, ready] = [await item(), await translated(), await translated(), await translated()]
  for (const id of [missing, unread, behind, ready]) mine.add(id)
  await save(missing, 'es', 'Uno dos tres.', lia)
  await save(behind, 'es', 'Uno.\n\nOtra.', lia)
  await say(ready, rosa)
  // What is planned stands first, by its day.
  await db.transaction((tx) => tx.insertInto('plan').values([[unread, '2026-12-09'], [missing, '2026-12-03']].map(([itemId, day]) => ({ id: newId(), title: 'T', kind: 'news' as const, dueDay: Temporal.PlainDate.from(day!), dueHour: null, langs: ['pt'], keptBy: null, writtenIn: null, campaign: null, itemId: itemId!, createdBy: lia, createdAt: room.now, removedAt: null }))).execute())
  const paged: string[] = []
  for (let before: string | undefined; ;) {
    const page = await listToTranslate(db.read, steward, { langs: ['pt'], ...(before && { before }) }, 1)
    if (page.length === 0) break
    paged.push(before = page[0]!.id)
  }
  expect(paged).toEqual((await listToTranslate(db.read, steward, { langs: ['pt'] }, 500)).map(({ id }) => id))
  expect(paged.slice(0, 2)).toEqual([missing, unread])
  const short: { id: string; words: number }[] = []
  for (let before: string | undefined; ;) {
    const page = await listToTranslate(db.read, steward, { langs: ['pt'], order: 'length', ...(before && { before }) }, 1)
    if (page.length === 0) break
    short.push(page[0]!)
    before = page[0]!.id
  }
  expect(short.map(({ id }) => id).sort()).toEqual([...paged].sort())
  expect(short.map(({ words }) => words)).toEqual(short.map(({ words }) => words).sort((one, other) => one - other))
  expect(new Set(short.map(({ words }) => words)).size, 'of several lengths').toBeGreaterThan(1)
  expect(await states()).toEqual({ [missing]: 'missing', [unread]: 'reader', [behind]: 'behind' })
  expect([await states('missing'), await states('behind')]).toEqual([{ [missing]: 'missing' }, { [behind]: 'behind' }])
  expect(Object.keys(await states('reader')).sort()).toEqual([unread, behind].sort())
  expect(Object.keys(await states(undefined, 'es')), 'the first language is not translated').toEqual([])
  expect(await listToTranslate(db.read, { id: ana, duties: [{ duty: 'editor', organisationId: newId(), lang: null }] }, { langs: ['pt'] })).toEqual([])
})
