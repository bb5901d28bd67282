import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { endDuty, giveDuty } from '#rooms/people/server/duty-actions.ts'
import { findPerson } from '#rooms/people/server/duty-queries.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { addPerson } from '#rooms/people/server/testing/add-person.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const later = now.add({ minutes: 1 })
const added = await act({ db }, (tx) => addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now))
if (!added.added) throw new Error(added.obstacle)
const organisationId = added.id
const editor = { duty: 'editor' as const, organisationId, lang: 'es' }
const steward = { duty: 'steward' as const, organisationId: null, lang: null }
const person = (duty: Parameters<typeof addPerson>[1]) => act({ db }, (tx) => addPerson(tx, duty, now))
const first = await person(steward)
const dutiesOf = async (token: string, at = later) => (await findSignedIn(db.read, hashToken(token), at))!.viewer.duties
const give = (who: typeof first, id: string, to: Parameters<typeof giveDuty>[3]) => act({ db }, (tx) => giveDuty(tx, who, id, to, now))
const newestOf = async (id: string) => (await findPerson(db.read, id))!.duties[0]!

test('a further duty holds from the next click, and so does its end; given back it is a new one', async () => {
  const her = await person(editor)
  const further = { ...editor, lang: 'pt' }
  expect(await give(first, her.id, further)).toBeNull()
  expect(await dutiesOf(her.token, now)).toEqual([editor, further])
  const { id } = await newestOf(her.id)
  expect(await act({ db }, (tx) => endDuty(tx, first, her.id, id, later))).toBeNull()
  expect(await dutiesOf(her.token, later)).toEqual([editor])
  expect(await act({ db }, (tx) => endDuty(tx, first, her.id, id, later)), 'once').toBe('not-found')
  expect(await give(first, her.id, further)).toBeNull()
  expect((await findPerson(db.read, her.id))!.duties.map(({ lang, until, givenByName }) => [lang, until?.toString() ?? null, givenByName])).toEqual([
    ['pt', null, first.name], ['pt', later.toString(), first.name], ['es', null, null],
  ])
})

test('what she has is not given twice, and nothing in an organisation that is not there', async () => {
  const her = await person(editor)
  expect(await give(first, her.id, editor)).toBe('already-held')
  for (const missing of ['019aca11-0000-7000-8000-000000000009', 'no id', '']) {
    expect(await give(first, her.id, { ...editor, organisationId: missing }), missing).toBe('no-organisation')
  }
})

test('only a steward gives and ends, also when her session still says that she is one', async () => {
  const her = await person(editor)
  const former = await person(steward)
  const { id } = await newestOf(former.id)
  expect(await act({ db }, (tx) => endDuty(tx, first, former.id, id, now))).toBeNull()
  for (const who of [her, former]) {
    expect(await give(who, her.id, { ...editor, lang: 'fr' })).toBe('not-found')
    expect(await give(who, who.id, steward)).toBe('not-found')
    const mine = await newestOf(her.id)
    expect(await act({ db }, (tx) => endDuty(tx, who, her.id, mine.id, now))).toBe('not-found')
  }
  expect(await dutiesOf(her.token)).toEqual([editor])
})

test('a duty is ended under its own person, and none is given to who left or never was', async () => {
  const [her, other] = [await person(editor), await person(editor)]
  const { id } = await newestOf(her.id)
  expect(await act({ db }, (tx) => endDuty(tx, first, other.id, id, now))).toBe('not-found')
  await act({ db }, (tx) => letGo(tx, first, other.id, now))
  for (const gone of [other.id, '019aca11-0000-7000-8000-000000000009', 'no id']) expect(await give(first, gone, { ...editor, lang: 'fr' }), gone).toBe('not-found')
  expect((await findPerson(db.read, other.id))!.endedAt).toEqual(now)
  expect(await findPerson(db.read, 'no id')).toBeUndefined()
})

test('the last steward keeps her duty, also when two end each other’s at once', async () => {
  const mine = await newestOf(first.id)
  expect(await act({ db }, (tx) => endDuty(tx, first, first.id, mine.id, now))).toBe('last-steward')
  const second = await person(steward)
  const hers = await newestOf(second.id)
  let turn = 0
  const outcomes = await twiceAtOnce(db, (tx) => (turn++ === 0 ? endDuty(tx, first, second.id, hers.id, now) : endDuty(tx, second, first.id, mine.id, now)))
  expect(outcomes).toEqual([null, 'not-found'])
  expect(await dutiesOf(first.token)).toEqual([steward])
})

test('the same duty given twice at once is one duty', async () => {
  const her = await person(editor)
  expect(await twiceAtOnce(db, (tx) => giveDuty(tx, first, her.id, { ...editor, lang: 'ht' }, now))).toEqual([null, 'already-held'])
})

test('each act leaves its entry, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'detail', 'subject']).where('act', 'in', ['give-duty', 'end-duty']).execute()
  expect(entries.map(({ act: done }) => done)).toEqual(expect.arrayContaining(['give-duty', 'end-duty']))
  expect(JSON.stringify(entries)).not.toContain(first.name)
})
