import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { endDuty } from '#rooms/people/server/duty-actions.ts'
import { findPerson } from '#rooms/people/server/duty-queries.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { findOrganisation, listRecognisedIds } from '#rooms/people/server/organisation-queries.ts'
import { castVoice, proposeRecognition, takeBackProposal } from '#rooms/people/server/proposal-actions.ts'
import { endRecognition, recordRecognition } from '#rooms/people/server/recognition-actions.ts'
import { findDeciders, listProposalsAbout, listProposalsToVote, listRecognitions } from '#rooms/people/server/recognition-queries.ts'
import { addPerson } from '#rooms/people/server/testing/add-person.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const today = Temporal.PlainDate.from('2026-11-29')
const time = { now, today }
const NOBODY = '019aca11-0000-7000-8000-000000000009'
let count = 0
type Doer = Awaited<ReturnType<typeof person>>

async function organisation(): Promise<string> {
  const slug = `organisation-${++count}`
  const added = await act({ db }, (tx) => addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
  if (!added.added) throw new Error(added.obstacle)
  return added.id
}
const person = (duty: Parameters<typeof addPerson>[1]) => act({ db }, (tx) => addPerson(tx, duty, now))
const delegateOf = (organisationId: string) => person({ duty: 'delegate', organisationId, lang: null })
const recorded = (id: string, at = now) => act({ db }, (tx) => recordRecognition(tx, id, { recognisedOn: today, basis: 'Its statutes' }, 'operator', at))
const propose = (who: Doer, speaksFor: string, organisationId: string, kind: 'recognise' | 'end' = 'recognise', why = 'Two interviews', at = time) =>
  act({ db }, (tx) => proposeRecognition(tx, who, { organisationId, kind, why, speaksFor }, at))
const cast = (who: Doer, speaksFor: string, proposalId: string, agrees: boolean, at = time) =>
  act({ db }, (tx) => castVoice(tx, who, { proposalId, speaksFor, agrees }, at))
const about = async (id: string, at = now) => (await listProposalsAbout(db.read, id, at))[0]!
const isRecognised = async (id: string) => (await listRecognisedIds(db.read)).includes(id)

// In the order in which an alliance lives through it: three members are recorded, then they decide.
const [a, b, c] = [await organisation(), await organisation(), await organisation()]
const steward = await person({ duty: 'steward', organisationId: null, lang: null })
let ana: Doer, bea: Doer, cleo: Doer

test('while no recognised member has a delegate the stewards record, and what they recorded is marked so', async () => {
  expect(await findDeciders(db.read, now)).toBe('stewards')
  for (const id of [a, b, c]) expect(await recorded(id)).toBeNull()
  expect((await findOrganisation(db.read, a))!.recognition).toEqual({ recognisedOn: today, basis: 'Its statutes', decidedBy: 'stewards' })
  const elsewhere = await organisation()
  await delegateOf(elsewhere)
  expect(await findDeciders(db.read, now), 'a delegate of a member that is not recognised decides nothing').toBe('stewards')
})

test('from the first delegate of a recognised member on, neither stewards nor operator decide', async () => {
  ana = await delegateOf(a)
  expect(await findDeciders(db.read, now)).toBe('members')
  const other = await organisation()
  expect(await recorded(other)).toBe('members-decide')
  expect(await act({ db }, (tx) => endRecognition(tx, b, today, 'We think so', 'operator', now))).toBe('members-decide')
  expect(await isRecognised(b)).toBe(true)
  expect(await isRecognised(other)).toBe(false)
  ;[bea, cleo] = [await delegateOf(b), await delegateOf(c)]
})

test('more than half of the members recognise, and who decided and when stays on record', async () => {
  const id = await organisation()
  expect(await propose(ana, a, id)).toBeNull()
  const { id: proposalId, voices, outcome } = await about(id)
  expect([voices, outcome]).toEqual([[{ organisationId: a, agrees: true }], null])
  expect(await isRecognised(id), 'silence is no agreement').toBe(false)
  expect(await cast(bea, b, proposalId, true)).toBeNull()
  expect((await about(id)).outcome).toBe('carried')
  expect((await findOrganisation(db.read, id))!.recognition).toEqual({ recognisedOn: today, basis: 'Two interviews', decidedBy: 'members' })
  expect(await listRecognitions(db.read, id)).toMatchObject([{ decidedBy: 'members', proposalId, endedOn: null }])
  expect(await cast(cleo, c, proposalId, false), 'it is decided').toBe('closed')
  // And they end it again. It has no voice in that, though a delegate.
  const dora = await delegateOf(id)
  expect(await propose(dora, id, id, 'end', 'For myself')).toBe('not-found')
  expect(await propose(ana, a, id, 'end', 'It asked us to')).toBeNull()
  const end = (await about(id)).id
  expect(await cast(dora, id, end, false)).toBe('not-found')
  expect(await cast(cleo, c, end, true)).toBeNull()
  expect(await listRecognitions(db.read, id)).toMatchObject([{ endedOn: today, endedWhy: 'It asked us to', endDecidedBy: 'members', proposalId }])
})

test('a voice can be changed until it is decided, and a majority against it rejects', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  expect(await cast(bea, b, proposalId, false)).toBeNull()
  expect(await cast(ana, a, proposalId, false)).toBeNull()
  expect(await about(id)).toMatchObject({ outcome: 'rejected' })
  expect(await isRecognised(id)).toBe(false)
  expect(await propose(ana, a, id), 'and it can be asked again').toBeNull()
})

test('only a delegate of a recognised member proposes and speaks, for that member alone', async () => {
  const id = await organisation()
  const [stranger, editor] = [await delegateOf(id), await person({ duty: 'editor', organisationId: a, lang: null })]
  for (const who of [stranger, editor, steward]) {
    expect(await propose(who, a, id)).toBe('not-found')
    expect(await propose(who, id, id)).toBe('not-found')
  }
  expect(await propose(ana, b, id), 'nor for another member').toBe('not-found')
  expect(await propose(ana, a, NOBODY)).toBe('not-found')
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  for (const who of [stranger, editor, steward, ana]) expect(await cast(who, b, proposalId, true)).toBe('not-found')
  for (const missing of [NOBODY, 'no id', '']) expect(await cast(bea, b, missing, true), missing).toBe('not-found')
  expect(await isRecognised(id)).toBe(false)
})

test('whose duty ended speaks no more, also when her session still says that she may', async () => {
  const id = await organisation()
  const former = await delegateOf(b)
  const left = await delegateOf(b)
  const [duty] = (await findPerson(db.read, former.id))!.duties
  await act({ db }, (tx) => endDuty(tx, steward, former.id, duty!.id, now))
  await act({ db }, (tx) => letGo(tx, steward, left.id, now))
  await propose(ana, a, id)
  for (const who of [former, left]) {
    expect(await propose(who, b, await organisation())).toBe('not-found')
    expect(await cast(who, b, (await about(id)).id, true)).toBe('not-found')
  }
})

test('one question at a time about an organisation, with its reason, and none about what stands already', async () => {
  const id = await organisation()
  expect(await propose(ana, a, id, 'recognise', ' ')).toBe('no-reason')
  expect(await propose(ana, a, id, 'end')).toBe('not-recognised')
  expect(await propose(ana, a, b)).toBe('already-recognised')
  expect(await propose(ana, a, id)).toBeNull()
  expect(await propose(bea, b, id)).toBe('already-proposed')
})

test('after thirty days it is over: it cannot be carried, and can be asked anew', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  const over = { now: now.add({ hours: 30 * 24 }), today: today.add({ days: 30 }) }
  expect((await about(id, over.now)).outcome).toBe('lapsed')
  expect((await listProposalsToVote(db.read, bea, over.now)).map((one) => one.id)).not.toContain(proposalId)
  expect(await cast(bea, b, proposalId, true, over)).toBe('closed')
  expect(await isRecognised(id)).toBe(false)
  expect(await propose(bea, b, id, 'recognise', 'Anew', over)).toBeNull()
  expect((await listProposalsAbout(db.read, id, over.now)).map(({ outcome }) => outcome)).toEqual([null, 'lapsed'])
})

test('what waits for a delegate is what her member has not answered', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  const waiting = async (who: Doer) => (await listProposalsToVote(db.read, who, now)).filter((one) => one.id === proposalId).map(({ silent }) => silent)
  expect([await waiting(ana), await waiting(bea), await waiting(steward)]).toEqual([[], [[b]], []])
  await cast(bea, b, proposalId, false)
  expect(await waiting(bea)).toEqual([])
})

test('only the member that proposed takes it back, while it is open', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  const takeBack = (who: Doer) => act({ db }, (tx) => takeBackProposal(tx, who, proposalId, now))
  expect([await takeBack(bea), await takeBack(steward)]).toEqual(['not-found', 'not-found'])
  expect(await takeBack(ana)).toBeNull()
  expect((await about(id)).outcome).toBe('taken-back')
  expect(await takeBack(ana)).toBe('closed')
  expect(await cast(bea, b, proposalId, true)).toBe('closed')
})

test('two voices at once are both counted, and carry it once', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  const { id: proposalId } = await about(id)
  let turn = 0
  const outcomes = await twiceAtOnce(db, (tx) => (turn++ === 0
    ? castVoice(tx, bea, { proposalId, speaksFor: b, agrees: true }, time) : castVoice(tx, cleo, { proposalId, speaksFor: c, agrees: true }, time)))
  expect(outcomes).toEqual([null, 'closed'])
  expect(await listRecognitions(db.read, id)).toHaveLength(1)
})

test('when the members are fewer, what they are asked is counted anew', async () => {
  // Recognised now: a, b, c and the one of the test before, whose delegate is nobody. Two of four is no majority.
  const [x, fourth] = [await organisation(), (await listRecognisedIds(db.read)).find((id) => ![a, b, c].includes(id))!]
  await propose(ana, a, x)
  await cast(bea, b, (await about(x)).id, true)
  expect(await isRecognised(x)).toBe(false)
  await propose(ana, a, fourth, 'end', 'It is no more')
  await cast(bea, b, (await about(fourth)).id, true)
  expect(await isRecognised(fourth)).toBe(false)
  expect(await isRecognised(x), 'two of three').toBe(true)
})

test('when nobody can decide any more the stewards record again, and an open question about it is over', async () => {
  const id = await organisation()
  await propose(ana, a, id)
  for (const who of [ana, bea, cleo]) await act({ db }, (tx) => letGo(tx, steward, who.id, now))
  const spare = await db.read.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('personId').where('duty', '=', 'delegate').where('endedAt', 'is', null).execute()
  for (const { personId } of spare) await act({ db }, (tx) => letGo(tx, steward, personId, now))
  expect(await recorded(id)).toBeNull()
  expect((await about(id)).outcome).toBe('lapsed')
})

test('each act leaves its entry, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'detail', 'subject']).execute()
  for (const one of ['propose-recognition', 'cast-voice', 'decide-proposal', 'take-back-proposal']) expect(entries.map(({ act: done }) => done)).toContain(one)
  expect(JSON.stringify(entries)).not.toMatch(/interview|statutes|asked us/)
})
