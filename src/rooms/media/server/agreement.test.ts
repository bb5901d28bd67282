import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { type Answer, stateOf, type WantedChange } from '#rooms/media/agreement.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { askSigner, leaveOutSigner, revokeAsk, takeBackLeavingOut, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { agreementState, findAsk, findNewestWords, listAgreedSigners, listAnswersBy, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { answerAsk } from '#rooms/media/server/answer-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { signText } from '#rooms/media/server/signing-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const start = Temporal.Instant.from('2026-11-29T10:00:00Z')
let [count, now] = [0, start]
const later = (hours = 1) => (now = now.add({ hours }))
/** Organisations and people are rows of another room: here only their ids count. */
const organisation = () => act({ db }, async (tx) => {
  const id = newId()
  await tx.insertInto('organisation').values({ id, slug: `o-${++count}`, createdAt: now } as never).execute()
  return id
})
async function person(duty?: string, organisationId: string | null = null, lang: string | null = null): Promise<OnDuty> {
  const id = newId()
  const name = `person-${++count}`
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'es', createdAt: now, endedAt: null }).execute())
  return { id, duties: duty === undefined ? [] : [{ duty, organisationId, lang } satisfies Duty] }
}
const [home, a, b] = [await organisation(), await organisation(), await organisation()]
const editor = await person('editor', home)
const [ofA, ofB] = [await person('delegate', a), await person('delegate', b)]
const entries = async (itemId: string) => (await db.read.selectFrom('auditEntry').select('act').where('subject', '=', `item:${itemId}`).orderBy('id').execute()).map((one) => one.act)

/** A statement of the editor's organisation that a and b are to sign. */
async function statement(signers = [a, b]) {
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home }, editor.id, now))
  await write(id, 'Uno.\n\nDos.')
  for (const organisationId of signers) expect(await wish(id, organisationId)).toBeNull()
  return id
}
const write = (id: string, bodyMarkdown: string, lang = 'es') => act({ db }, (tx) => saveRevision(tx, id, lang, { title: 'Título', teaser: '', bodyMarkdown }, NOTHING_FROZEN, editor.id, now))
const wish = (id: string, organisationId: string, who = editor, isShown = true) => act({ db }, (tx) => wishSigner(tx, who, id, { organisationId, isShown }, now))
const hashOf = async (id: string) => (await findNewestWords(db.read, id))!.hash
const token = () => Buffer.from(`${++count}`.padStart(32, '0'))
async function ask(id: string, organisationId: string, delegate: OnDuty, over: { who?: OnDuty; drawn?: string; deadline?: Temporal.Instant | null } = {}) {
  const tokenHash = token()
  const outcome = await act({ db }, async (tx) => askSigner(tx, over.who ?? editor, id, { organisationId, delegate, drawn: over.drawn ?? await hashOf(id), tokenHash, deadline: over.deadline ?? null, channel: null }, now))
  return { outcome, tokenHash }
}
const answer = async (tokenHash: Buffer, delegate: OnDuty, said: Answer = 'agreed', reason = '', changes: WantedChange[] = []) =>
  (await act({ db }, (tx) => answerAsk(tx, tokenHash, delegate, { answer: said, reason, changes }, now))).obstacle
const states = async (id: string) => Object.fromEntries(await Promise.all((await listSigners(db.read, id)).map(async (one) => [one.organisationId === a ? 'a' : 'b', stateOf(one, await hashOf(id), now)])))
const agreed = async (id: string) => listAgreedSigners(db.read, id, await hashOf(id))

test('two are asked; one agrees, and of the other silence is never agreement', async () => {
  const id = await statement()
  expect(await states(id)).toEqual({ a: 'not-asked', b: 'not-asked' })
  const [toA, toB] = [await ask(id, a, ofA), await ask(id, b, ofB, { deadline: now.add({ hours: 2 }) })]
  expect([toA.outcome, toB.outcome, await states(id)]).toEqual([null, null, { a: 'asked', b: 'asked' }])
  later()
  expect(await answer(toA.tokenHash, ofA)).toBeNull()
  expect(await answer(toA.tokenHash, ofA), 'a button that was tapped twice says nothing twice').toBeNull()
  later(5)
  expect(await states(id)).toEqual({ a: 'agreed', b: 'no-answer' })
  expect([await agreed(id), await agreementState(db.read, id, now)]).toEqual([[a], { wished: 2, agreed: 1, openIds: [b] }])
  expect(await answer(toB.tokenHash, ofB), 'late is better than never').toBeNull()
  expect(await agreementState(db.read, id, now)).toEqual({ wished: 2, agreed: 2, openIds: [] })
  expect(await entries(id)).toEqual(['create-item', 'save-revision', 'wish-signer', 'wish-signer', 'ask-signer', 'ask-signer', 'answer-ask', 'answer-ask'])
})

test('of two delegates the last word of their organisation counts: whoever says no again is heard again', async () => {
  const id = await statement([a])
  const colleague = await person('delegate', a)
  const [hers, theirs] = [await ask(id, a, ofA), await ask(id, a, colleague)]
  expect(await answer(hers.tokenHash, ofA, 'declined', 'Falta algo.')).toBeNull()
  later()
  expect(await answer(theirs.tokenHash, colleague)).toBeNull()
  expect(await states(id)).toEqual({ a: 'agreed' })
  later()
  expect(await answer(hers.tokenHash, ofA, 'declined', 'Falta algo.')).toBeNull()
  expect([await states(id), await agreed(id), (await entries(id)).filter((one) => one === 'answer-ask').length]).toEqual([{ a: 'declined' }, [], 3])
})

test('a change asks again, and the earlier yes stays on record and counts no more; the same words again count again', async () => {
  const id = await statement([a])
  const first = await ask(id, a, ofA)
  await answer(first.tokenHash, ofA)
  await write(id, 'Uno.\n\nDos, y algo más.')
  expect([await states(id), await agreed(id)]).toEqual([{ a: 'not-asked' }, []])
  expect(await answer(first.tokenHash, ofA), 'the link is tied to its revision').toBe('text-changed')
  const second = await ask(id, a, ofA)
  expect(await answer(first.tokenHash, ofA), 'one link lives at a time').toBe('dead')
  expect(await answer(second.tokenHash, ofA, 'agreed-if', '', [{ block: 1, was: 'Uno.', wanted: 'Una.' }])).toBeNull()
  const [{ answers }] = await listSigners(db.read, id) as [Awaited<ReturnType<typeof listSigners>>[number]]
  expect(answers.map((one) => [one.answer, one.changes])).toEqual([['agreed', []], ['agreed-if', [{ block: 1, was: 'Uno.', wanted: 'Una.' }]]])
  await write(id, 'Uno.\n\nDos.')
  expect([await states(id), await agreed(id)]).toEqual([{ a: 'agreed' }, [a]])
})

test('a translation asks nobody again, and neither does naming who signs', async () => {
  const id = await statement([a])
  await answer((await ask(id, a, ofA)).tokenHash, ofA)
  await write(id, 'Um.\n\nDois.', 'pt')
  await act({ db }, (tx) => signText(tx, { itemId: id, lang: 'es' }, [{ organisationId: a, name: 'A' }], editor.id, now))
  expect([await states(id), await agreed(id)]).toEqual([{ a: 'agreed' }, [a]])
})

test('what one delegate said is not taken for what another of the same organisation has read', async () => {
  const [id, other] = [await statement([a]), await person('delegate', a)]
  const first = await ask(id, a, ofA)
  await answer(first.tokenHash, ofA)
  await write(id, 'Otro.')
  const [again, toOther] = [await ask(id, a, ofA), await ask(id, a, other)]
  const saidBy = async ({ tokenHash }: { tokenHash: Buffer }) => (await listAnswersBy(db.read, (await findAsk(db.read, tokenHash))!)).length
  expect([await saidBy(again), await saidBy(toOther)]).toEqual([1, 0])
})

test('the last answer counts, and each stays on record', async () => {
  const id = await statement([a])
  const { tokenHash } = await ask(id, a, ofA)
  for (const [said, reason] of [['agreed', ''], ['declined', 'Nuestra asamblea es en enero.'], ['agreed', '']] as const) {
    later()
    expect(await answer(tokenHash, ofA, said, reason)).toBeNull()
    expect(await states(id)).toEqual({ a: said })
  }
  expect((await listSigners(db.read, id))[0]!.answers.map(({ answer: said, reason }) => [said, reason])).toEqual([['agreed', null], ['declined', 'Nuestra asamblea es en enero.'], ['agreed', null]])
})

test('another organisation’s delegate, one whose duty ended, and who is not the one asked answer nothing', async () => {
  const id = await statement()
  const { tokenHash } = await ask(id, a, ofA)
  for (const [who, why] of [[ofB, 'of another organisation'], [{ id: ofA.id, duties: [] }, 'her duty ended'], [await person('delegate', a), 'another delegate of the same'], [editor, 'the editor who asked']] as const) {
    expect(await answer(tokenHash, who), why).toBe('dead')
  }
  expect(await answer(token(), ofA), 'a link that never was').toBe('dead')
  expect([await states(id), (await entries(id)).includes('answer-ask')]).toEqual([{ a: 'asked', b: 'not-asked' }, false])
})

test('a revoked link answers nothing, and what it answered before stays', async () => {
  const id = await statement([a])
  const { tokenHash } = await ask(id, a, ofA)
  await answer(tokenHash, ofA)
  const [{ asks }] = await listSigners(db.read, id) as [Awaited<ReturnType<typeof listSigners>>[number]]
  expect(await act({ db }, (tx) => revokeAsk(tx, editor, id, asks[0]!.id, now))).toBeNull()
  expect(await act({ db }, (tx) => revokeAsk(tx, editor, id, asks[0]!.id, now)), 'once').toBe('not-found')
  expect([await answer(tokenHash, ofA, 'declined', 'x'), await states(id)]).toEqual(['dead', { a: 'agreed' }])
})

test('left out openly it is not waited for and not named, its links open nothing; taken back all is as before', async () => {
  const id = await statement()
  const { tokenHash } = await ask(id, a, ofA)
  const leave = (drawn: string, why = 'No respondió a tres mensajes.') => act({ db }, (tx) => leaveOutSigner(tx, editor, id, { organisationId: a, why, drawn }, now))
  expect(await leave('asked', '  ')).toBe('no-reason')
  await answer(tokenHash, ofA)
  expect(await leave('asked'), 'an answer that came meanwhile is looked at first').toBe('changed-meanwhile')
  expect(await leave('agreed')).toBeNull()
  expect(await leave('left-out')).toBe('changed-meanwhile')
  expect([await states(id), await agreed(id), await agreementState(db.read, id, now)]).toEqual([{ a: 'left-out', b: 'not-asked' }, [], { wished: 1, agreed: 0, openIds: [b] }])
  expect([await answer(tokenHash, ofA), (await ask(id, a, ofA)).outcome]).toEqual(['dead', 'left-out'])
  const takeBack = () => act({ db }, (tx) => takeBackLeavingOut(tx, editor, id, a, now))
  expect([await takeBack(), await takeBack()]).toEqual([null, 'changed-meanwhile'])
  expect([await agreed(id), await answer(tokenHash, ofA)]).toEqual([[a], null])
  expect(await leave('agreed'), 'and again, as another row').toBeNull()
})

test('who may not ask finds no item, whatever she sends; what an editor of one language may ask about is hers', async () => {
  const id = await statement([a])
  const { outcome } = await ask(id, a, ofA)
  const [{ asks }] = await listSigners(db.read, id) as [Awaited<ReturnType<typeof listSigners>>[number]]
  const before = (await entries(id)).length
  for (const who of [await person('editor', a), await person('translator', home), await person('editor', home, 'pt'), await person('delegate', home), ofA, await person()]) {
    const acts = [
      await wish(id, b, who), (await ask(id, a, ofA, { who })).outcome, await act({ db }, (tx) => revokeAsk(tx, who, id, asks[0]!.id, now)),
      await act({ db }, (tx) => leaveOutSigner(tx, who, id, { organisationId: a, why: 'x', drawn: 'asked' }, now)), await act({ db }, (tx) => takeBackLeavingOut(tx, who, id, a, now)),
    ]
    expect(new Set(acts), JSON.stringify(who.duties)).toEqual(new Set(['not-found']))
  }
  expect([(await entries(id)).length - before, outcome]).toEqual([0, null])
  expect(await wish(id, b, await person('editor', home, 'es'))).toBeNull()
  expect(await wish(id, b, await person('steward'))).toBe('wished-already')
  expect(await wish(newId(), b)).toBe('not-found')
  const other = await statement([a])
  expect(await act({ db }, (tx) => revokeAsk(tx, editor, other, asks[0]!.id, now)), 'a link of another item').toBe('not-found')
})

test('asked about words that were changed meanwhile, or somebody who speaks for nobody, nothing is sent', async () => {
  const id = await statement([a])
  const drawn = await hashOf(id)
  await write(id, 'Otro.')
  expect((await ask(id, a, ofA, { drawn })).outcome).toBe('changed-meanwhile')
  expect((await ask(id, a, ofB)).outcome).toBe('no-delegate')
  expect((await ask(id, b, ofB)).outcome, 'not among those that are to sign').toBe('not-found')
  expect((await ask(id, a, ofA, { deadline: now })).outcome).toBe('deadline-passed')
  expect(await wish(id, b, editor, false)).toBe('not-shown')
  expect(await states(id)).toEqual({ a: 'not-asked' })
})

test('of a text that was taken down nobody is asked, and its links are dead', async () => {
  const id = await statement([a])
  const { tokenHash } = await ask(id, a, ofA)
  await act({ db }, async (tx) => {
    const { revisionId } = (await findNewestWords(tx, id))!
    await tx.insertInto('publication').values({ id: newId(), itemId: id, lang: 'es', revisionId, publicFrom: now, publicUntil: null, publishedBy: editor.id, createdAt: now, kind: 'statement', sortDay: now.toZonedDateTimeISO('UTC').toPlainDate(), fromDay: null, toDay: null, places: [], placesNamed: [], topics: [], inTranslation: [], words: '', head: '' }).execute()
  })
  later()
  await act({ db }, (tx) => withdrawText(tx, { itemId: id, lang: 'es', why: 'x', reason: 'withdrawn' }, editor.id, now))
  expect([await answer(tokenHash, ofA), (await ask(id, a, ofA)).outcome, await wish(id, b)]).toEqual(['dead', 'withdrawn', 'withdrawn'])
})

test('of two answers and a change at once none is lost, and no yes is counted for words that she did not see', async () => {
  const id = await statement([a])
  const { tokenHash } = await ask(id, a, ofA)
  const [first, second] = await Promise.all([answer(tokenHash, ofA), write(id, 'Cambiado.'), answer(tokenHash, ofA, 'declined', 'x')].map((one, i) => (i === 1 ? one.then(() => 'written') : one)))
  expect([null, 'text-changed']).toContain(first)
  expect(second).toBe('written')
  expect([await states(id), await agreed(id)]).toEqual([{ a: 'not-asked' }, []])
})
