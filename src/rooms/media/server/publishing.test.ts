// Publishing at the desk: now, at an hour, called off, undone within a minute, restored; and the links of newsrooms.
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { callOff, correctText, letGoOut, obstacleNow, setAddress, takeDown } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { endPressLink, LONGEST_NEWSROOM, makePressLink, notePressReading } from '#rooms/media/server/press-link-actions.ts'
import { findPressLink, listPressLinks } from '#rooms/media/server/press-link-queries.ts'
import { noteCorrection } from '#rooms/media/server/publication-actions.ts'
import { restoreRevision } from '#rooms/media/server/restore-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { takeFromTrash, trashItem } from '#rooms/media/server/trash-actions.ts'
import { undoPublication } from '#rooms/media/server/undo-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const zone = 'America/Bogota'
const noon = Temporal.Instant.from('2026-11-29T12:00:00Z')
const at = (seconds: number) => noon.add({ milliseconds: Math.round(seconds * 1000) })
let count = 0

const draft = () => act({ db }, async (tx) => createItem(tx, { kind: 'news', originalLang: 'es' }, 'ana', at(-3600)))
const save = (itemId: string, title: string, frozen: Partial<Frozen> = {}, lang = 'es') =>
  act({ db }, async (tx) => (await saveRevision(tx, itemId, lang, { title, teaser: '', bodyMarkdown: `${title}.` }, { ...NOTHING_FROZEN, ...frozen }, 'ana', at(-60))).revisionId)
const standing = async (itemId: string, now: Temporal.Instant, lang = 'es') => (await listTextStandings(db.read, itemId, now, lang))[0]!
const letOut = async (itemId: string, now: Temporal.Instant, more: { seen?: string; at?: Temporal.Instant } = {}) => {
  const seen = more.seen ?? seenOf(await standing(itemId, now))
  return act({ db }, (tx) => letGoOut(tx, itemId, { lang: 'es', zone, nameSigners: async () => [], ledAmong: async () => [], ...more, seen }, 'ana', now))
}
const address = async (itemId: string, slug: string, now = noon) => {
  const seen = seenOf(await standing(itemId, now))
  return act({ db }, (tx) => setAddress(tx, itemId, { lang: 'es', seen, slug }, 'ana', now))
}
const undo = (itemId: string, publicationId: string, now: Temporal.Instant, who = 'ana') => act({ db }, (tx) => undoPublication(tx, { itemId, lang: 'es', publicationId }, who, now))
/** What readers find at an address. */
const read = async (slug: string, now: Temporal.Instant) => {
  const found = await findPublishedItem(db.read, 'es', slug, now)
  return found?.answer.found === 'item' ? found.answer.item.title : found?.answer.found
}
const isDraft = async (itemId: string) => (await db.read.selectFrom('draft').select('revisionId').where('itemId', '=', itemId).executeTakeFirst()) !== undefined
const acts = async (itemId: string) => (await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${itemId}`).orderBy('id').execute()).map((entry) => entry.act)
async function fresh(title = `Texto ${++count}`): Promise<{ id: string; slug: string; title: string }> {
  const id = await draft()
  await save(id, title)
  return { id, slug: title.toLowerCase().replaceAll(' ', '-'), title }
}

test('the newest text goes out at the address of its title, and its second time changes no address', async () => {
  const { id, slug, title } = await fresh()
  expect(await letOut(id, noon)).toBeNull()
  expect([await read(slug, noon), await isDraft(id)]).toEqual([title, false])
  expect(await letOut(id, at(1))).toBe('already-published')
  await save(id, 'Otro título')
  expect(await letOut(id, at(2))).toBeNull()
  expect([await read(slug, at(2)), await read('otro-titulo', at(2)), await address(id, 'otro-titulo', at(3))]).toEqual(['Otro título', undefined, 'was-public'])
})

test('an address that is no address, or another text’s, is refused and nothing changes', async () => {
  const [one, other] = [await fresh(), await fresh()]
  expect([await address(one.id, 'the-same'), await letOut(one.id, noon)]).toEqual([null, null])
  expect([await address(other.id, 'the-same'), await address(other.id, 'print.pdf'), await address(other.id, 'Not An Address'), await address(other.id, '')]).toEqual(['taken', 'reserved', 'malformed', 'malformed'])
  expect([await read('the-same', noon), (await standing(other.id, noon)).slug]).toEqual([one.title, null])
  expect([await address(other.id, 'first-thought'), await address(other.id, 'second-thought'), await letOut(other.id, noon)]).toEqual([null, null, null])
  expect(await read('second-thought', noon)).toBe(other.title)
  // What was never public leads nowhere, and is nobody else's.
  expect([await read('first-thought', noon), await address((await fresh()).id, 'first-thought')]).toEqual(['moved', 'taken'])
})

test('what somebody saved or published meanwhile is not published unseen', async () => {
  const { id, slug } = await fresh()
  const seen = seenOf(await standing(id, noon))
  await save(id, 'Saved meanwhile')
  expect(await letOut(id, noon, { seen })).toBe('changed-meanwhile')
  expect(await read(slug, noon)).toBeUndefined()
  const both = seenOf(await standing(id, noon))
  // Two editors at once: one schedules, one publishes.
  const outcomes = await Promise.all([letOut(id, noon, { seen: both }), letOut(id, noon, { seen: both, at: at(600) })])
  expect(outcomes.toSorted()).toEqual(['changed-meanwhile', null])
  expect((await acts(id)).filter((name) => name === 'publish-revision')).toHaveLength(1)
})

test('a text without title or words, one withdrawn and one that is none do not go out', async () => {
  const id = await draft()
  await save(id, '')
  expect([await letOut(id, noon), obstacleNow(await standing(id, noon), { waits: false, isSignedOtherwise: false, missing: [] })]).toEqual(['no-title', 'no-title'])
  const gone = await fresh()
  await letOut(gone.id, noon)
  await act({ db }, (tx) => withdrawText(tx, { itemId: gone.id, lang: 'es', why: 'Wrong.', reason: 'withdrawn' }, 'ana', at(1)))
  await save(gone.id, 'Again')
  expect(await letOut(gone.id, at(2))).toBe('withdrawn')
  expect(await letOut(newId(), noon, { seen: '' })).toBe('not-found')
  expect(await act({ db }, (tx) => letGoOut(tx, gone.id, { lang: 'pt', seen: '', zone, nameSigners: async () => [], ledAmong: async () => [] }, 'ana', noon))).toBe('not-found')
})

test('what a colleague put into the trash meanwhile stays there, now and for an hour to come, until she takes it back', async () => {
  const { id, slug, title } = await fresh()
  const [seen, who] = [seenOf(await standing(id, noon)), { id: newId(), duties: [{ duty: 'steward' as const, organisationId: null, lang: null }] }]
  expect(await act({ db }, (tx) => trashItem(tx, who, id, noon))).toBeNull()
  expect([await letOut(id, noon, { seen }), await letOut(id, noon, { seen, at: at(60) })]).toEqual(['in-trash', 'in-trash'])
  expect([await read(slug, at(60)), (await standing(id, noon)).isTrashed, (await acts(id)).at(-1)]).toEqual([undefined, true, 'trash-item'])
  expect([await act({ db }, (tx) => takeFromTrash(tx, who, id, at(1))), await letOut(id, at(2), { seen }), await read(slug, at(2))]).toEqual([null, null, title])
})

test('a scheduled text is put off, brought forward and called off; what readers had stands on', async () => {
  const { id, slug, title } = await fresh()
  expect(await letOut(id, noon, { at: at(-1) })).toBe('past')
  expect(await letOut(id, noon, { at: at(60) })).toBeNull()
  expect([await read(slug, at(59)), await read(slug, at(60))]).toEqual([undefined, title])
  expect(await letOut(id, at(1), { at: at(120) })).toBeNull()
  expect([await read(slug, at(60)), await read(slug, at(120))]).toEqual([undefined, title])
  expect(await act({ db }, async (tx) => callOff(tx, id, { lang: 'es', seen: 'old' }, 'ana', at(2)))).toBe('changed-meanwhile')
  expect(await act({ db }, async (tx) => callOff(tx, id, { lang: 'es', seen: seenOf(await standing(id, at(2))) }, 'ana', at(2)))).toBeNull()
  expect([await read(slug, at(999)), await isDraft(id)]).toEqual([undefined, true])
  expect(await letOut(id, at(3))).toBeNull()
  await save(id, 'Later')
  expect(await letOut(id, at(4), { at: at(300) })).toBeNull()
  expect([await read(slug, at(299)), await read(slug, at(300))]).toEqual([title, 'Later'])
  expect(await letOut(id, at(5))).toBeNull()
  expect([await read(slug, at(5)), (await standing(id, at(6))).waiting]).toEqual(['Later', null])
  expect(await act({ db }, async (tx) => callOff(tx, id, { lang: 'es', seen: seenOf(await standing(id, at(6))) }, 'ana', at(6)))).toBe('not-waiting')
})

test('a first publication undone within a minute was never there: no notice, no address, and a draft again', async () => {
  const { id, slug } = await fresh()
  await letOut(id, noon)
  const { here } = await standing(id, at(1))
  expect(await undo(id, here!.publicationId, at(59))).toBeNull()
  expect([await read(slug, at(59)), await read(slug, at(9999)), await isDraft(id), (await standing(id, at(60))).wasPublic]).toEqual([undefined, undefined, true, false])
  expect((await acts(id)).at(-1)).toBe('undo-publication')
  expect(await undo(id, here!.publicationId, at(59)), 'twice').toBe('not-standing')
  expect(await letOut(id, at(70)), 'it can go out again').toBeNull()
  expect(await read(slug, at(70))).toBeDefined()
})

test('a publication undone gives readers back exactly what it replaced', async () => {
  const { id, slug, title } = await fresh()
  await letOut(id, at(-7200))
  const before = await db.read.selectFrom('publication').selectAll().where('itemId', '=', id).execute()
  const seenBefore = await findPublishedItem(db.read, 'es', slug, at(100))
  await save(id, 'A mistake')
  await letOut(id, noon)
  expect(await read(slug, noon)).toBe('A mistake')
  expect(await undo(id, (await standing(id, at(2))).here!.publicationId, at(2), 'another editor')).toBeNull()
  expect(await read(slug, at(2))).toBe(title)
  expect(await db.read.selectFrom('publication').selectAll().where('id', '=', before[0]!.id).execute()).toEqual(before)
  expect(await findPublishedItem(db.read, 'es', slug, at(100))).toEqual(seenBefore)
  expect(await isDraft(id)).toBe(true)
})

test('what the undone one called off does not come back, and one called off at that very moment does not rise', async () => {
  const { id, slug, title } = await fresh()
  await letOut(id, at(-7200))
  await save(id, 'Waits')
  await letOut(id, at(-10), { at: noon })
  await save(id, 'Third')
  // Its hour and the other's are one moment: the one that waited ends as it begins.
  await letOut(id, at(-5), { at: noon })
  expect(await read(slug, at(1))).toBe('Third')
  expect(await undo(id, (await standing(id, at(1))).here!.publicationId, at(1))).toBeNull()
  expect(await read(slug, at(1))).toBe(title)
})

test('after a minute, after another decision and after a correction it is too late', async () => {
  const { id, slug } = await fresh()
  await letOut(id, noon)
  const { here } = await standing(id, noon)
  expect(await undo(id, here!.publicationId, at(60))).toBe('too-late')
  await save(id, 'Follows')
  await letOut(id, at(10), { at: at(900) })
  expect(await undo(id, here!.publicationId, at(20))).toBe('published-since')
  await act({ db }, async (tx) => callOff(tx, id, { lang: 'es', seen: seenOf(await standing(id, at(21))) }, 'ana', at(21)))
  await act({ db }, (tx) => noteCorrection(tx, id, 'es', 'It was Tuesday.', 'ana', at(25)))
  expect(await undo(id, here!.publicationId, at(30))).toBe('corrected-since')
  await act({ db }, (tx) => withdrawText(tx, { itemId: id, lang: 'es', why: 'Wrong.', reason: 'withdrawn' }, 'ana', at(40)))
  expect(await undo(id, here!.publicationId, at(41))).toBe('not-standing')
  expect(await read(slug, at(41))).toBe('gone')
})

test('a text that went out at its hour can be undone within a minute of the decision alone', async () => {
  const { id, slug } = await fresh()
  await letOut(id, noon, { at: at(20) })
  expect(await read(slug, at(21))).toBeDefined()
  expect(await undo(id, (await standing(id, at(21))).here!.publicationId, at(61))).toBe('too-late')
  expect(await undo(id, (await standing(id, at(21))).here!.publicationId, at(50))).toBeNull()
  expect(await read(slug, at(51))).toBeUndefined()
})

test('a correction and a withdrawal are of what was drawn', async () => {
  const { id, slug } = await fresh()
  await letOut(id, noon)
  const seen = seenOf(await standing(id, at(1)))
  const correct = (note: string, drawn = seen) => act({ db }, (tx) => correctText(tx, id, { lang: 'es', seen: drawn, note }, 'ana', at(2)))
  const down = (why: string, drawn: string) => act({ db }, (tx) => takeDown(tx, id, { lang: 'es', seen: drawn, why, reason: 'withdrawn' }, 'ana', at(3)))
  expect([await correct('', seen), await correct('It was Tuesday.'), await down('Wrong.', 'old')]).toEqual(['no-note', null, 'changed-meanwhile'])
  await save(id, 'Waits')
  await letOut(id, at(2), { at: at(600) })
  expect([await correct('Again.'), await down('Wrong.', seen)]).toEqual(['changed-meanwhile', 'changed-meanwhile'])
  expect(await down('', seenOf(await standing(id, at(3))))).toBe('no-reason')
  expect(await down('Wrong.', seenOf(await standing(id, at(3))))).toBeNull()
  expect([await read(slug, at(4)), await read(slug, at(601)), (await standing(id, at(4))).isWithdrawn]).toEqual(['gone', 'gone', true])
})

test('two editors who undo at once undo once', async () => {
  const { id, slug, title } = await fresh()
  await letOut(id, at(-7200))
  await save(id, 'Second')
  await letOut(id, noon)
  const { publicationId } = (await standing(id, at(1))).here!
  const outcomes = await Promise.all(['ana', 'eva'].map((who) => undo(id, publicationId, at(2), who)))
  expect([outcomes.toSorted(), await read(slug, at(3))]).toEqual([['not-standing', null], title])
})

test('an older revision comes back as a new one, without the organisations that signed it, and no reader sees a change', async () => {
  const { id, slug } = await fresh()
  const signers = [{ organisationId: newId(), name: 'Org' }, { organisationId: null, name: 'A coalition' }]
  const first = await save(id, 'First words', { topics: ['hiv'], signers })
  const second = await save(id, 'Second words')
  await address(id, slug)
  await letOut(id, noon)
  const restore = (revisionId: string, newest: string) => act({ db }, (tx) => restoreRevision(tx, { itemId: id, lang: 'es', revisionId, newest }, 'ana', at(5)))
  expect(await restore(first, first)).toEqual({ restored: false, obstacle: 'changed-meanwhile' })
  expect(await restore(newId(), second)).toEqual({ restored: false, obstacle: 'not-found' })
  const outcome = await restore(first, second)
  expect(outcome).toMatchObject({ restored: true, number: 4, isNew: true, unsigned: 1 })
  const newest = await db.read.selectFrom('revision').select(['title', 'frozen', 'number']).where('itemId', '=', id).orderBy('number', 'desc').executeTakeFirstOrThrow()
  expect([newest.title, newest.frozen.topics, newest.frozen.signers, newest.number]).toEqual(['First words', ['hiv'], [signers[1]], 4])
  expect([await read(slug, at(6)), (await acts(id)).at(-1)]).toEqual(['Second words', 'restore-revision'])
  const again = await restore(first, (await standing(id, at(7))).revisionId)
  expect(again).toMatchObject({ restored: true, isNew: false })
})

const link = (itemId: string, token: string, newsroom = 'La Nación', lang = 'es') => act({ db }, (tx) => makePressLink(tx, { itemId, lang, newsroom, token }, 'ana', noon))

test('a press link shows what waits for its hour, nothing before and the public address after', async () => {
  const { id, slug, title } = await fresh()
  expect(await link(id, 'token-1')).toBeNull()
  expect(await findPressLink(db.read, 'token-1', noon)).toMatchObject({ waiting: null, publicSlug: null, lang: 'es' })
  await letOut(id, noon, { at: at(60) })
  expect(await findPressLink(db.read, 'token-1', at(59))).toMatchObject({ waiting: { title, from: at(60) }, publicSlug: null })
  expect(await findPressLink(db.read, 'token-1', at(60))).toMatchObject({ waiting: null, publicSlug: slug })
  await save(id, `${title} otra vez`)
  await letOut(id, at(61), { at: at(90) })
  expect(await findPressLink(db.read, 'token-1', at(62)), 'what waits after that is not for whom this was made').toMatchObject({ waiting: null, publicSlug: slug })
  const kept = await db.read.selectFrom('pressLink').selectAll().execute()
  expect(kept.some(({ tokenHash, ...row }) => tokenHash.includes('token-1') || JSON.stringify(row).includes('token-1')), 'only its hash is kept').toBe(false)
})

test('a press link that was ended, or never was, opens nothing; and only a day is kept of reading', async () => {
  const { id } = await fresh()
  await link(id, 'token-2')
  const [mine] = await listPressLinks(db.read, id)
  await act({ db }, (tx) => notePressReading(tx, mine!.id, Temporal.PlainDate.from('2026-11-29')))
  expect((await listPressLinks(db.read, id))[0]).toMatchObject({ newsroom: 'La Nación', lastReadOn: Temporal.PlainDate.from('2026-11-29') })
  const end = (itemId: string, lang: string, linkId = mine!.id) => act({ db }, (tx) => endPressLink(tx, { itemId, lang, linkId }, 'ana', at(9)))
  expect([await end((await fresh()).id, 'es'), await end(id, 'pt'), await end(id, 'es', newId()), await end(id, 'es', 'no id')]).toEqual([false, false, false, false])
  expect(await findPressLink(db.read, 'token-2', at(9))).toBeDefined()
  expect([await end(id, 'es'), await end(id, 'es')]).toEqual([true, false])
  expect([await findPressLink(db.read, 'token-2', at(9)), await findPressLink(db.read, 'token-3', at(9)), await listPressLinks(db.read, id)]).toEqual([undefined, undefined, []])
})

test('a press link needs a short name, and a text', async () => {
  const { id } = await fresh()
  expect([await link(id, 'a', ' '), await link(id, 'a', 'x'.repeat(LONGEST_NEWSROOM + 1)), await link(id, 'a', 'X', 'pt'), await link(newId(), 'a')]).toEqual(['no-name', 'no-name', 'not-found', 'not-found'])
})
