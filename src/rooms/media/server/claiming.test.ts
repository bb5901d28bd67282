import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { type Answer, stateOf } from '#rooms/media/agreement.ts'
import { factsIn } from '#rooms/media/claiming.ts'
import type { ExportedItem } from '#rooms/media/export/exported-item.ts'
import type { ExportedRevision } from '#rooms/media/export/exported-text.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { askSigner, leaveOutSigner, takeBackLeavingOut, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findAsk, findNewestWords, listAnswersBy, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { answerAsk } from '#rooms/media/server/answer-actions.ts'
import { claimByLink, claimFor, giveBackByLink, giveBackFor } from '#rooms/media/server/claim-actions.ts'
import { listClaimersWaitedFor, listTranslatedInto } from '#rooms/media/server/claim-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import type { NameSigners } from '#rooms/media/server/signing-as-agreed-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { takeBackPublications } from '#rooms/media/server/take-back-publication-actions.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
let now = Temporal.Instant.from('2026-11-30T10:00:00Z')
let count = 0
const later = () => (now = now.add({ minutes: 1 }))
const organisation = () => act({ db }, async (tx) => {
  const id = newId()
  await tx.insertInto('organisation').values({ id, slug: `o-${++count}`, createdAt: now } as never).execute()
  return id
})
async function person(duty: string, organisationId: string): Promise<OnDuty> {
  const [id, name] = [newId(), `person-${++count}`]
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'es', createdAt: now, endedAt: null }).execute())
  return { id, duties: [{ duty, organisationId, lang: null }] }
}
const [home, a, b] = [await organisation(), await organisation(), await organisation()]
const [editor, ofA, ofB, reader] = [await person('editor', home), await person('delegate', a), await person('delegate', b), await person('translator', home)]
const names: Record<string, string> = { [a]: 'A', [b]: 'B' }
const nameSigners: NameSigners = async (_, ids) => ids.map((id) => ({ organisationId: id, name: names[id]! }))

const write = (id: string, bodyMarkdown: string, lang = 'es') => act({ db }, (tx) => saveRevision(tx, id, lang, { title: `Texto ${lang}`, teaser: '', bodyMarkdown }, NOTHING_FROZEN, editor.id, later()))
/** A statement that a and b agreed to in Spanish, with a Kreyòl text; with the link by which each did. */
async function statement() {
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home }, editor.id, now))
  await write(id, 'Uno.\n\nDos.')
  await write(id, 'Youn.\n\nDe.', 'ht')
  for (const organisationId of [a, b]) await act({ db }, (tx) => wishSigner(tx, editor, id, { organisationId, isShown: true }, later()))
  const [toA, toB] = [await ask(id, ofA), await ask(id, ofB)]
  for (const [link, delegate] of [[toA, ofA], [toB, ofB]] as const) expect(await answer(link.tokenHash, delegate, 'agreed')).toBeNull()
  return { id, toA: toA.tokenHash, toB: toB.tokenHash }
}
async function ask(id: string, delegate: OnDuty, lang = 'es') {
  const tokenHash = Buffer.from(`${++count}`.padStart(32, '0'))
  const organisationId = delegate.duties[0]!.organisationId!
  const outcome = await act({ db }, async (tx) => askSigner(tx, editor, id, { organisationId, lang, delegate, drawn: (await findNewestWords(tx, id, lang))?.hash ?? '', tokenHash, deadline: null, channel: null }, later()))
  return { outcome, tokenHash }
}
const answer = async (tokenHash: Buffer, delegate: OnDuty, said: Answer) =>
  (await act({ db }, (tx) => answerAsk(tx, tokenHash, delegate, { answer: said, reason: said === 'declined' ? 'Poko.' : '', changes: [] }, later()))).obstacle
const say = async (id: string, delegate: OnDuty, said: Answer, lang = 'ht') => answer((await ask(id, delegate, lang)).tokenHash, delegate, said)
const claimed = (tokenHash: Buffer, delegate: OnDuty, lang = 'ht') => act({ db }, (tx) => claimByLink(tx, tokenHash, delegate, lang, later()))
const claim = async (tokenHash: Buffer, delegate = ofA, lang = 'ht') => (await claimed(tokenHash, delegate, lang)).obstacle
const giveBack = async (tokenHash: Buffer, delegate = ofA, lang = 'ht') => (await act({ db }, (tx) => giveBackByLink(tx, tokenHash, delegate, lang, later()))).obstacle
async function letOut(id: string, lang = 'ht', at?: Temporal.Instant) {
  const [text] = await listTextStandings(db.read, id, later(), lang)
  if (lang !== 'es') await act({ db }, async (tx) => recordReading(tx, { itemId: id, lang, read: readAs((await findFollowed(tx, id, lang))!), verdict: 'good', note: '' }, reader.id, now))
  return act({ db }, (tx) => letGoOut(tx, id, { lang, seen: seenOf(text!), zone: 'UTC', nameSigners, ledAmong: async () => [], ...(at && { at }) }, editor.id, now))
}
const standing = async (id: string, lang: string) => (await listTextStandings(db.read, id, now, lang))[0]!
const tomorrow = () => now.add({ hours: 24 })
async function signedBy(id: string, lang: string) {
  const { here, waiting } = await standing(id, lang)
  return (await findRevision(db.read, id, lang, (here ?? waiting)!.revisionId))!.frozen.signers.map(({ name }) => name)
}
const states = async (id: string, lang: string) => Promise.all((await listSigners(db.read, id)).map(async (one) => stateOf(factsIn(one, lang), (await findNewestWords(db.read, id, lang))?.hash ?? '', now)))
const entries = async (id: string) => (await db.read.selectFrom('auditEntry').select(['act', 'actor', 'detail']).where('subject', '=', `item:${id}`).orderBy('id').execute())

test('a translation waits for who claimed it, goes out with the names once she agreed to these words, and a change asks again', async () => {
  const { id, toA } = await statement()
  expect(await letOut(id, 'es')).toBeNull()
  expect(await claim(toA)).toBeNull()
  expect(await claim(toA)).toBe('claimed-already')
  expect(await letOut(id), 'silence is never agreement').toBe('waits-for-claimers')
  expect(await listClaimersWaitedFor(db.read, id, 'ht')).toEqual([a])
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect(await letOut(id)).toBeNull()
  expect(await signedBy(id, 'ht')).toEqual(['A', 'B'])
  await write(id, 'Youn.\n\nDe, ak plis.', 'ht')
  expect(await letOut(id)).toBe('waits-for-claimers')
  expect(await letOut(id, 'ht', tomorrow())).toBe('waits-for-claimers')
  const again = await ask(id, ofA, 'ht')
  const found = (await findAsk(db.read, again.tokenHash))!
  expect((await listAnswersBy(db.read, found)).filter(({ lang }) => lang === 'ht').map(({ hash }) => hash === found.hash), 'the yes to the words before stays on record').toEqual([false])
  expect(await answer(again.tokenHash, ofA, 'agreed')).toBeNull()
  expect(await letOut(id)).toBeNull()
  expect((await entries(id)).filter(({ act: one }) => one === 'claim-language')).toMatchObject([{ actor: ofA.id, detail: { organisationId: a, lang: 'ht' } }])
})

test('a language that nobody claimed asks nobody: its second reader is enough', async () => {
  const { id, toA } = await statement()
  await write(id, 'Um.', 'pt')
  expect(await claim(toA)).toBeNull()
  expect(await letOut(id, 'es')).toBeNull()
  expect(await letOut(id, 'pt')).toBeNull()
  expect(await signedBy(id, 'pt')).toEqual(['A', 'B'])
  expect((await ask(id, ofA, 'pt')).outcome).toBe('not-claimed')
  expect((await ask(id, ofB, 'ht')).outcome).toBe('not-claimed')
})

test('no other way out passes by who claimed it', async () => {
  const { id, toA } = await statement()
  expect(await claim(toA)).toBeNull()
  const { revisionId } = await standing(id, 'ht')
  const out = () => act({ db }, (tx) => publishRevision(tx, { itemId: id, lang: 'ht', revisionId, from: later(), zone: 'UTC' }, 'operator', now))
  expect(await out()).toEqual({ published: false, obstacle: 'waits-for-claimers' })
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect((await out()).published).toBe(true)
})

test('an export that is taken back publishes nothing that waits for who claimed it', async () => {
  const { id, toA } = await statement()
  expect(await claim(toA)).toBeNull()
  const { revisionId } = await standing(id, 'ht')
  const revision = (await findRevision(db.read, id, 'ht', revisionId))!
  const takeBack = (notes: string[]) => act({ db }, async (tx) => takeBackPublications(tx, {
    id, kind: 'statement',
    publications: [{ id: newId(), lang: 'ht', revisionId, publicFrom: now, publicUntil: null, publishedBy: 'export', createdAt: now, sortDay: now.toZonedDateTimeISO('UTC').toPlainDate(), fromDay: null, toDay: null, inTranslation: [] }],
  } as unknown as ExportedItem, 'ht', [{ id: revisionId, frozen: revision.frozen } as unknown as ExportedRevision], notes))
  const notes: string[] = []
  expect([await takeBack(notes), notes, (await standing(id, 'ht')).here]).toEqual([false, ['readers do not see it in ht: an organisation asks to approve the text in this language, and has not agreed to these words'], null])
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect([await takeBack(notes), notes.length, (await standing(id, 'ht')).here !== null]).toEqual([true, 1, true])
})

test('only a delegate of the organisation claims, by a link of her own that still opens; and only what the item is to be in', async () => {
  const { id, toA, toB } = await statement()
  expect(await claim(toA, ofB), 'another organisation’s delegate').toBe('dead')
  expect(await claim(toA, { ...ofA, duties: [] }), 'one whose duty ended').toBe('dead')
  expect(await claim(Buffer.from('x'.repeat(32)))).toBe('dead')
  expect(await claim(toA, ofA, 'es'), 'the source is for all').toBe('no-language')
  expect(await claim(toA, ofA, 'fr')).toBe('no-language')
  expect(await listTranslatedInto(db.read, id)).toEqual(['ht'])
  const left = (await states(id, 'es'))[1]!
  expect(await act({ db }, (tx) => leaveOutSigner(tx, editor, id, { organisationId: b, why: 'Enero.', drawn: left }, later()))).toBeNull()
  expect(await claim(toB, ofB)).toBe('dead')
  expect(await giveBack(toA)).toBe('not-claimed')
  expect(await claim(toA)).toBeNull()
  expect(await giveBack(toA, ofB)).toBe('dead')
})

test('what is planned in a language is called off where she claims it, and where she says no; the source stays planned', async () => {
  const { id, toA } = await statement()
  expect([await letOut(id, 'es', tomorrow()), await letOut(id, 'ht', tomorrow())]).toEqual([null, null])
  expect(await claim(toA)).toBeNull()
  expect([(await standing(id, 'es')).waiting !== null, (await standing(id, 'ht')).waiting]).toEqual([true, null])
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect(await letOut(id, 'ht', tomorrow())).toBeNull()
  expect(await giveBack(toA)).toBeNull()
  expect(await claim(toA), 'what she agreed to stays planned').toBeNull()
  expect((await standing(id, 'ht')).waiting).not.toBeNull()
  await write(id, 'Youn.\n\nDe, ak yon fot.', 'ht')
  expect(await say(id, ofA, 'declined')).toBeNull()
  expect([(await standing(id, 'es')).waiting !== null, (await standing(id, 'ht')).waiting, await states(id, 'es')]).toEqual([true, null, ['agreed', 'agreed']])
  expect(await signedBy(id, 'es'), 'a no to a translation is none to the source').toEqual(['A', 'B'])
})

test('whoever planned what is called off, and whoever keeps it, is to be told, and nobody where nothing was', async () => {
  const { id, toA, toB } = await statement()
  const keeper = await person('editor', home)
  await act({ db }, (tx) => tx.updateTable('item').set({ keptBy: keeper.id }).where('id', '=', id).execute())
  expect(await letOut(id, 'ht', tomorrow())).toBeNull()
  expect(await claimed(toA, ofA)).toMatchObject({ obstacle: null, calledOffOf: [editor.id, keeper.id] })
  expect(await claimed(toB, ofB), 'nothing is planned any more').toMatchObject({ obstacle: null, calledOffOf: [] })
  for (const delegate of [ofA, ofB]) expect(await say(id, delegate, 'agreed')).toBeNull()
  expect(await letOut(id, 'ht', tomorrow())).toBeNull()
  const { tokenHash } = await ask(id, ofB, 'ht')
  expect(await act({ db }, (tx) => answerAsk(tx, tokenHash, ofB, { answer: 'declined', reason: 'Poko.', changes: [] }, later()))).toMatchObject({ calledOffOf: [editor.id, keeper.id] })
})

test('a no to the source calls off all that names her, and ends her yes to the translation', async () => {
  const { id, toA } = await statement()
  expect(await claim(toA)).toBeNull()
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect([await letOut(id, 'es', tomorrow()), await letOut(id, 'ht', tomorrow())]).toEqual([null, null])
  expect(await say(id, ofA, 'declined', 'es')).toBeNull()
  expect([(await standing(id, 'es')).waiting, (await standing(id, 'ht')).waiting, await listClaimersWaitedFor(db.read, id, 'ht')]).toEqual([null, null, [a]])
})

test('a yes to the translation that a no to the source ended is given anew by the same link; tapped twice it is said once', async () => {
  const { id, toA } = await statement()
  expect(await claim(toA)).toBeNull()
  const link = (await ask(id, ofA, 'ht')).tokenHash
  const answered = async () => (await entries(id)).filter((one) => one.act === 'answer-ask' && one.actor === ofA.id).length
  expect(await answer(link, ofA, 'agreed')).toBeNull()
  const before = await answered()
  expect(await answer(link, ofA, 'agreed')).toBeNull()
  expect(await answered(), 'tapped twice').toBe(before)
  expect(await answer(toA, ofA, 'declined')).toBeNull()
  expect(await states(id, 'ht')).not.toContain('agreed')
  expect(await answer(link, ofA, 'agreed')).toBeNull()
  expect([await answered(), (await states(id, 'ht'))[0], await listClaimersWaitedFor(db.read, id, 'ht')]).toEqual([before + 2, 'agreed', []])
})

test('left out openly she holds nothing back; taken back, what was planned meanwhile waits for her again', async () => {
  const { id, toA } = await statement()
  expect(await letOut(id, 'es')).toBeNull()
  expect(await claim(toA)).toBeNull()
  expect(await act({ db }, (tx) => leaveOutSigner(tx, editor, id, { organisationId: a, why: 'Enero.', drawn: 'agreed' }, later()))).toBeNull()
  expect(await letOut(id, 'ht', tomorrow())).toBeNull()
  expect(await signedBy(id, 'ht')).toEqual(['B'])
  expect(await act({ db }, (tx) => takeBackLeavingOut(tx, editor, id, a, later()))).toBeNull()
  expect((await standing(id, 'ht')).waiting).toBeNull()
})

test('given back, the translation asks nobody, and its link takes no answer until she claims it again', async () => {
  const { id, toA } = await statement()
  expect(await letOut(id, 'es')).toBeNull()
  expect(await claim(toA)).toBeNull()
  const link = (await ask(id, ofA, 'ht')).tokenHash
  expect(await answer(toA, ofA, 'agreed'), 'her link about the source stays open').toBeNull()
  expect(await giveBack(link)).toBeNull()
  expect(await answer(link, ofA, 'declined')).toBe('given-back')
  expect(await claim(link)).toBeNull()
  expect(await letOut(id)).toBe('waits-for-claimers')
  expect(await giveBack(link)).toBeNull()
  expect(await letOut(id)).toBeNull()
  expect((await entries(id)).filter(({ act: one }) => /language/.test(one)).map(({ act: one }) => one)).toEqual(['claim-language', 'give-back-language', 'claim-language', 'give-back-language'])
})

test('an editor claims for an organisation, and gives back where it asked for it and never over its no; whoever may not ask finds no item', async () => {
  const { id } = await statement()
  const claims = async (who = editor, lang = 'ht', organisationId = a) => (await act({ db }, (tx) => claimFor(tx, who, id, { organisationId, lang }, later()))).obstacle
  const back = (isAskedFor: boolean, who = editor) => act({ db }, (tx) => giveBackFor(tx, who, id, { organisationId: a, lang: 'ht', isAskedFor }, later()))
  for (const who of [ofA, reader]) expect(await claims(who)).toBe('not-found')
  expect([await claims(editor, 'ht', home), await claims(editor, 'fr'), await back(true)]).toEqual(['not-found', 'no-language', 'not-claimed'])
  expect(await claims()).toBeNull()
  expect(await letOut(id)).toBe('waits-for-claimers')
  expect([await back(false), await back(true, ofA)]).toEqual(['not-asked-for', 'not-found'])
  expect(await say(id, ofA, 'declined')).toBeNull()
  expect(await back(true)).toBe('said-no')
  expect(await say(id, ofA, 'agreed')).toBeNull()
  expect(await back(true)).toBeNull()
  expect((await entries(id)).slice(-1)).toMatchObject([{ act: 'give-back-language', actor: editor.id, detail: { organisationId: a, lang: 'ht' } }])
})

test('with its source, or itself, taken down a translation asks nobody', async () => {
  const { id, toA } = await statement()
  expect(await claim(toA)).toBeNull()
  const link = (await ask(id, ofA, 'ht')).tokenHash
  expect(await letOut(id, 'es')).toBeNull()
  expect(await act({ db }, (tx) => withdrawText(tx, { itemId: id, lang: 'es', why: '–', reason: 'removed_for_safety' }, editor.id, later()))).toBeNull()
  expect([await answer(link, ofA, 'agreed'), (await ask(id, ofA, 'ht')).outcome, await letOut(id)]).toEqual(['dead', 'withdrawn', 'waits-for-claimers'])
})
