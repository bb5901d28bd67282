import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { askSigner, leaveOutSigner, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findNewestWords, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { answerAsk } from '#rooms/media/server/answer-actions.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPreview } from '#rooms/media/server/preview-queries.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import type { NameSigners } from '#rooms/media/server/signing-as-agreed-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { type Answer, stateOf } from '#rooms/media/agreement.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
let now = Temporal.Instant.from('2026-11-29T10:00:00Z')
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
const [editor, ofA, ofB] = [await person('editor', home), await person('delegate', a), await person('delegate', b)]
const names: Record<string, string> = { [a]: 'A', [b]: 'B' }
const nameSigners: NameSigners = async (_, ids) => ids.map((id) => ({ organisationId: id, name: names[id]! }))

const write = (id: string, bodyMarkdown: string, lang = 'es') => act({ db }, (tx) => saveRevision(tx, id, lang, { title: `Texto ${lang}`, teaser: '', bodyMarkdown }, NOTHING_FROZEN, editor.id, later()))
async function statement(signers: string[]) {
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home }, editor.id, now))
  await write(id, 'Uno.\n\nDos.')
  for (const organisationId of signers) await act({ db }, (tx) => wishSigner(tx, editor, id, { organisationId, isShown: true }, later()))
  return id
}
async function agree(id: string, delegate: OnDuty) {
  const { obstacle, tokenHash } = await say(id, delegate, 'agreed')
  expect(obstacle).toBeNull()
  return tokenHash
}
const answer = async (tokenHash: Buffer, delegate: OnDuty, said: Answer) =>
  (await act({ db }, (tx) => answerAsk(tx, tokenHash, delegate, { answer: said, reason: said === 'declined' ? 'Ya no.' : '', changes: [] }, later()))).obstacle
async function say(id: string, delegate: OnDuty, said: Answer) {
  const tokenHash = Buffer.from(`${++count}`.padStart(32, '0'))
  const organisationId = delegate.duties[0]!.organisationId!
  await act({ db }, async (tx) => askSigner(tx, editor, id, { organisationId, delegate, drawn: (await findNewestWords(tx, id))!.hash, tokenHash, deadline: null, channel: null }, later()))
  return { obstacle: await answer(tokenHash, delegate, said), tokenHash }
}
async function leaveOut(id: string, organisationId: string) {
  const signer = (await listSigners(db.read, id)).find((one) => one.organisationId === organisationId)!
  const drawn = stateOf(signer, (await findNewestWords(db.read, id))!.hash, now)
  expect(await act({ db }, (tx) => leaveOutSigner(tx, editor, id, { organisationId, why: 'Su asamblea es en enero.', drawn }, later()))).toBeNull()
}
async function letOut(id: string, lang = 'es', at?: Temporal.Instant, name = nameSigners) {
  const [text] = await listTextStandings(db.read, id, later(), lang)
  // A translation is read by somebody else first.
  if (lang !== 'es') await act({ db }, async (tx) => recordReading(tx, { itemId: id, lang, read: readAs((await findFollowed(tx, id, lang))!), verdict: 'good', note: '' }, ofB.id, now))
  return act({ db }, (tx) => letGoOut(tx, id, { lang, seen: seenOf(text!), zone: 'UTC', nameSigners: name, ledAmong: async () => [], ...(at && { at }) }, editor.id, now))
}
/** The signers that readers see, or will see. */
async function signedBy(id: string, lang = 'es') {
  const [text] = await listTextStandings(db.read, id, now, lang)
  const revision = await findRevision(db.read, id, lang, (text!.here ?? text!.waiting)!.revisionId)
  return revision!.frozen.signers.map(({ name }) => name)
}
const entries = async (id: string) => (await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${id}`).orderBy('id').execute()).map((one) => one.act)

test('a text waits for everybody who is to sign it, and goes out signed by exactly those', async () => {
  const id = await statement([a, b])
  expect(await letOut(id)).toBe('waits-for-signers')
  await agree(id, ofA)
  expect(await letOut(id), 'silence is never agreement').toBe('waits-for-signers')
  await agree(id, ofB)
  expect(await letOut(id)).toBeNull()
  expect(await signedBy(id)).toEqual(['A', 'B'])
  expect((await entries(id)).slice(-3)).toEqual(['save-revision', 'sign-text', 'publish-revision'])
})

test('who is left out openly is not waited for, and is not named', async () => {
  const id = await statement([a, b])
  await agree(id, ofA)
  await agree(id, ofB)
  await leaveOut(id, b)
  expect(await letOut(id)).toBeNull()
  expect(await signedBy(id)).toEqual(['A'])
})

test('a changed word waits for everybody again, also for the hour that was planned', async () => {
  const id = await statement([a])
  await agree(id, ofA)
  expect(await letOut(id, 'es', now.add({ hours: 5 }))).toBeNull()
  expect(await signedBy(id)).toEqual(['A'])
  await write(id, 'Uno.\n\nDos, y más.')
  expect(await letOut(id)).toBe('waits-for-signers')
  expect(await signedBy(id), 'what waits for its hour is what was agreed to').toEqual(['A'])
})

test('a translation is signed by whom its source is, and asks nobody; before the source it waits as the source does', async () => {
  const id = await statement([a, b])
  await write(id, 'Youn.', 'ht')
  expect(await letOut(id, 'ht')).toBe('waits-for-signers')
  await agree(id, ofA)
  await leaveOut(id, b)
  expect(await letOut(id)).toBeNull()
  await write(id, 'Uno.\n\nDos, otra vez en borrador.')
  expect(await letOut(id, 'ht')).toBeNull()
  expect(await signedBy(id, 'ht')).toEqual(['A'])
})

test('who no longer agrees to be shown is named nowhere', async () => {
  const id = await statement([a, b])
  await agree(id, ofA)
  await agree(id, ofB)
  expect(await letOut(id, 'es', undefined, async (_, ids) => ids.filter((one) => one === b).map((one) => ({ organisationId: one, name: 'B' })))).toBeNull()
  expect(await signedBy(id)).toEqual(['B'])
})

test('a no, or being left out, calls off what waits for its hour with that name', async () => {
  const [said, left] = [await statement([a, b]), await statement([a, b])]
  for (const id of [said, left]) {
    await agree(id, ofB)
    expect(await letOut((await agree(id, ofA), id), 'es', now.add({ hours: 5 }))).toBeNull()
  }
  const link = await say(said, ofA, 'declined')
  expect(link.obstacle).toBeNull()
  await leaveOut(left, a)
  for (const id of [said, left]) expect((await listTextStandings(db.read, id, now))[0]).toMatchObject({ here: null, waiting: null })
  expect(await entries(said)).toContain('cancel-publication')
})

test('a translation does not name who said no since, nor anybody of a source that was taken down', async () => {
  const id = await statement([a, b])
  await agree(id, ofB)
  await agree(id, ofA)
  await write(id, 'Youn.', 'ht')
  await write(id, 'Um.', 'pt')
  expect(await letOut(id)).toBeNull()
  await say(id, ofA, 'declined')
  expect(await letOut(id, 'ht')).toBeNull()
  expect(await signedBy(id, 'ht')).toEqual(['B'])
  await act({ db }, (tx) => withdrawText(tx, { itemId: id, lang: 'es', why: '–', reason: 'removed_for_safety' }, editor.id, later()))
  expect(await letOut(id, 'pt')).toBeNull()
  expect(await signedBy(id, 'pt')).toEqual([])
})

test('a name is taken off what readers see once its organisation was left out, and put on once it agreed', async () => {
  const id = await statement([a, b])
  await agree(id, ofA)
  await agree(id, ofB)
  expect(await letOut(id)).toBeNull()
  expect(await letOut(id)).toBe('already-published')
  await leaveOut(id, a)
  expect(await letOut(id)).toBeNull()
  expect(await signedBy(id)).toEqual(['B'])
})

test('a later no ends an earlier yes, also where the old words come back', async () => {
  const id = await statement([a])
  await agree(id, ofA)
  await write(id, 'Uno.\n\nOtra cosa.')
  await say(id, ofA, 'declined')
  await write(id, 'Uno.\n\nDos.')
  expect(await letOut(id)).toBe('waits-for-signers')
})

test('a text that nobody is to sign goes out as it is', async () => {
  const id = await statement([])
  expect(await letOut(id)).toBeNull()
  expect([await signedBy(id), (await findRevision(db.read, id, 'es'))!.number]).toEqual([[], 1])
})

test('a preview names who would sign at that moment, and nobody above words that she did not agree to', async () => {
  const id = await statement([a, b])
  const drawn = async (lang = 'es', typed = false) => {
    const words = { title: 'Texto es', teaser: '', bodyMarkdown: 'Otra cosa.', html: '<p>Otra cosa.</p>', notes: '', contents: [] }
    return (await findPreview(db.read, id, lang, now, (_, ids) => nameSigners(undefined as never, ids, lang), typed ? words : undefined))!.item.signers.map(({ name }) => name)
  }
  await agree(id, ofA)
  expect(await drawn(), 'it waits for B').toEqual([])
  await agree(id, ofB)
  expect([await drawn(), await drawn('es', true)]).toEqual([['A', 'B'], []])
  await write(id, 'Youn.', 'ht')
  expect(await letOut(id)).toBeNull()
  expect([await drawn(), await drawn('es', true), await drawn('ht'), await drawn('ht', true)]).toEqual([['A', 'B'], [], ['A', 'B'], []])
  await say(id, ofA, 'declined')
  // Readers go on seeing what went out; what would go out now does not name her.
  expect([await drawn(), await drawn('ht')]).toEqual([['A', 'B'], ['B']])
  await act({ db }, async (tx) => saveRevision(tx, id, 'es', { title: 'Texto es', teaser: '', bodyMarkdown: 'Dos, y más.' }, (await findRevision(tx, id, 'es'))!.frozen, editor.id, later()))
  expect(await drawn(), 'saved words that nobody agreed to').toEqual([])
})
