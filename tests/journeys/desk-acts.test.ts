// Every act of the desk × every duty and none, of this organisation, another, another language × a row that she may touch, one
// that she may not, one that is missing. The acts are read from the routes: a new one without its row fails.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { newId } from '#kernel/id/id.ts'
import { DUTIES, type DutyName } from '#rooms/people/person.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { invite } from '#rooms/people/server/invitation-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'
import { actionsIn, listActs } from './desk-actions.ts'
import { addDeskPerson } from './desk-people.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

interface Viewer { is: string; id?: string; duty?: DutyName }
/** What a form is sent to, and with which fields. What stands in braces in an address is `at`. */
interface Sent { at?: string; fields?: Record<string, string> }
type Rows = Record<string, (viewer: Viewer) => Promise<Sent> | Sent>
type Answers<R> = string | Record<keyof R, string>
interface Act<R extends Rows = Rows> { rows: R; nobody: Answers<R>; steward: Answers<R>; others: Answers<R> }

let house: RunningHouse, beside: HouseDatabase
let own = '', a = '', b = '', stewardId = ''
const now = () => Temporal.Now.instant()
const SIGN_IN = '303 /desk/sign-in'
const NONE = { 'no row': () => ({}) }
let count = 0

const newSession = (personId: string) => act(beside, (tx) => startSession(tx, personId, { sharedDevice: false, device: null }, now()))
const newPerson = (organisationId: string, duty: DutyName = 'observer') => act(beside, (tx) => addDeskPerson(tx, `somebody-${++count}`, duty, { organisationId }))
const link = async (organisationId: string) => {
  const who = { is: 'person' as const, id: stewardId, sessionId: '', duties: [] }
  const made = await act(beside, (tx) => invite(tx, who, { duty: 'observer', organisationId, lang: null }, now()))
  if (made === 'not-found') throw new Error(made)
  return made
}
const dutyOf = async (personId: string) => (await beside.db.read.selectFrom('personDuty').select('id').where('personId', '=', personId).executeTakeFirstOrThrow()).id

/** The same row in this organisation, in another one, and nowhere. */
const inEach = (made: (organisationId: string) => Promise<Sent> | Sent, missing: () => Promise<Sent> | Sent) =>
  ({ 'this organisation': () => made(a), 'another organisation': () => made(b), missing })
const define = <R extends Rows>(one: Act<R>): Act => one as unknown as Act
const ofStewards = <R extends Rows>(rows: R, steward: Answers<R>) => define({ rows, nobody: SIGN_IN, steward, others: '404' })
const ofHers = (rows: Rows, answers: Answers<Rows>) => define({ rows, nobody: SIGN_IN, steward: answers, others: answers })
const ofEverybody = (rows: Rows, answers: Answers<Rows>) => define({ rows, nobody: answers, steward: answers, others: answers })
const IN_EACH = { 'this organisation': '200', 'another organisation': '200', missing: '404' }

const ACTS: Record<string, Act> = {
  '/desk/sign-in': { ...ofHers({ 'no row': () => ({ fields: { name: `nobody-${++count}`, password: 'x', code: 'x' } }) }, '303 /desk'), nobody: '400' },
  '/desk/leave': ofEverybody(NONE, '200'),
  '/desk/in/{token}': ofEverybody(
    { open: async () => ({ at: (await link(a)).token }), missing: () => ({ at: 'no-such-link' }) }, { open: '400', missing: '404' }),
  '/desk/account?/end': ofHers({
    'her own': async ({ id }) => ({ fields: { session: id ? (await newSession(id)).id : newId() } }),
    'another person’s': async () => ({ fields: { session: (await newPerson(a)).sessionId } }),
    missing: () => ({ fields: { session: newId() } }),
  }, { 'her own': '200', 'another person’s': '404', missing: '404' }),
  '/desk/account?/everywhere': ofHers(NONE, '303 /desk/sign-in'),
  '/desk/account?/out': ofHers(NONE, '303 /desk/sign-in'),
  '/desk/people?/invite': ofStewards(
    inEach((organisation) => ({ fields: { duty: 'editor', organisation } }), () => ({ fields: { duty: 'editor', organisation: newId() } })), { ...IN_EACH, missing: '400' }),
  '/desk/people?/revoke': ofStewards(inEach(async (at) => ({ fields: { link: (await link(at)).id } }), () => ({ fields: { link: newId() } })), IN_EACH),
  '/desk/topics?/add': ofStewards({
    new: () => ({ fields: { name: 'A topic', key: 'a-topic', lang: 'en' } }), taken: () => ({ fields: { name: 'HIV', key: 'hiv', lang: 'en' } }),
  }, { new: '303 /desk/topics/a-topic?new', taken: '400' }),
  '/desk/topics/{key}?/name': ofStewards({ standing: () => ({ at: 'hiv', fields: { 'name.es': 'VIH y sida', 'drawn.es': 'VIH' } }), missing: () => ({ at: 'none', fields: { 'name.es': 'A' } }) }, { standing: '200', missing: '404' }),
  '/desk/topics/{key}?/merge': ofStewards({
    asked: () => ({ at: 'hiv', fields: { into: 'migration' } }), sure: () => ({ at: 'lgbtiq', fields: { into: 'human-rights', sure: 'on' } }),
    missing: () => ({ at: 'none', fields: { into: 'migration', sure: 'on' } }), 'into what is missing': () => ({ at: 'hiv', fields: { into: 'none', sure: 'on' } }),
  }, { asked: '200', sure: '303 /desk/topics/human-rights?from=lgbtiq', missing: '404', 'into what is missing': '400' }),
  '/desk/people/{id}?/give': ofStewards(
    inEach(async (at) => ({ at: (await newPerson(at)).id, fields: { duty: 'delegate', organisation: b } }), () => ({ at: newId(), fields: { duty: 'delegate', organisation: b } })), IN_EACH),
  '/desk/people/{id}?/end': ofStewards(inEach(async (at) => {
    const { id } = await newPerson(at)
    return { at: id, fields: { duty: await dutyOf(id) } }
  }, async () => ({ at: (await newPerson(a)).id, fields: { duty: newId() } })), IN_EACH),
  '/desk/people/{id}?/leave': ofStewards(
    inEach(async (at) => ({ at: (await newPerson(at)).id, fields: { sure: 'on' } }), () => ({ at: newId(), fields: { sure: 'on' } })), IN_EACH),
}

const VIEWERS: Viewer[] = [
  { is: 'nobody' }, ...DUTIES.map((duty) => ({ is: duty, duty })), { is: 'editor of another organisation', duty: 'editor' }, { is: 'translator of another language', duty: 'translator' },
]

beforeAll(async () => {
  const port = await freePort()
  own = `http://localhost:${port}`
  house = await runHouse({ PORT: String(port) }, ['--bare'])
  beside = await openHouseDatabase(house.dataDir)
  await act(beside, async (tx) => {
    const organisation = async (slug: string) => {
      const added = await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
      if (!added.added) throw new Error(added.obstacle)
      return added.id
    }
    ;[a, b] = [await organisation('organisation-a'), await organisation('organisation-b')]
    await makeStewardLink(tx, 'operator', now())
    // Another steward: who ends a session or a duty of hers leaves somebody behind.
    stewardId = (await addDeskPerson(tx, 'another-steward', 'steward')).id
    for (const viewer of VIEWERS) {
      if (!viewer.duty) continue
      const organisationId = viewer.duty === 'steward' ? null : viewer.is.includes('another organisation') ? b : a
      viewer.id = (await addDeskPerson(tx, viewer.is.replaceAll(' ', '-'), viewer.duty, { organisationId, lang: viewer.is.includes('another language') ? 'fr' : viewer.duty === 'translator' ? 'es' : null })).id
    }
  })
}, 300_000)
afterAll(async () => {
  await beside?.close()
  await house?.end()
})

/** Everything that acts of the desk change. */
async function state(): Promise<string> {
  const { read } = beside.db
  return JSON.stringify([
    await read.selectFrom('session').select(['id', 'endedAt']).orderBy('id').execute(),
    await read.selectFrom('person').select(['id', 'name', 'signInName', 'endedAt']).orderBy('id').execute(),
    await read.selectFrom('personDuty').select(['id', 'until']).orderBy('id').execute(),
    await read.selectFrom('entryLink').select(['id', 'usedAt', 'revokedAt']).orderBy('id').execute(),
    await read.selectFrom('topic').select(['key', 'mergedInto']).orderBy('key').execute(),
    await read.selectFrom('topicText').select(['topicId', 'lang', 'name']).orderBy('topicId').orderBy('lang').execute(),
    await read.selectFrom('auditEntry').select(({ fn }) => fn.countAll<bigint>().as('entries')).execute(),
  ], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

async function send(address: string, cookie: Record<string, string>, { at = '', fields = {} }: Sent) {
  const before = await state()
  const answer = await askRaw(own, address.replace(/\{\w+\}/, at), {
    'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': 'en', origin: own, ...cookie,
  }, 'POST', new URLSearchParams(fields).toString())
  const said = [answer.status, answer.header('location')].filter(Boolean).join(' ')
  const typed = [at, ...Object.values(fields)].filter((text) => text.length > 5)
  return { said, body: typed.reduce((body, text) => body.replaceAll(text, '…'), answer.body.toString()), isChanged: (await state()) !== before }
}

test('every act of the desk has its row', () => {
  expect(Object.keys(ACTS).sort()).toEqual(listActs())
})

describe.each(Object.entries(ACTS))('%s', (address, { rows, ...answers }) => {
  test.each(VIEWERS)('answers $is as its row says, and changes nothing where it refuses', async (viewer) => {
    const expected = answers[viewer.is === 'nobody' ? 'nobody' : viewer.duty === 'steward' ? 'steward' : 'others']
    const refusals = new Set<string>()
    const cookie: Record<string, string> = viewer.id ? { cookie: `altavoz=${(await newSession(viewer.id)).token}` } : {}
    for (const [row, sent] of Object.entries(rows)) {
      const { said, body, isChanged } = await send(address, cookie, await sent(viewer))
      expect(said, row).toBe(typeof expected === 'string' ? expected : expected[row])
      if (/^4/.test(said) || (!viewer.id && said === SIGN_IN)) expect(isChanged, row).toBe(false)
      if (said === '404') refusals.add(body)
    }
    expect(refusals.size, 'no row and no right give the same bytes').toBeLessThan(2)
  })
})

test('an act that is written in another way is not overlooked', () => {
  expect(actionsIn('export const actions = { async a() {}, b: () => {} } satisfies Actions')).toEqual(['a', 'b'])
  expect(actionsIn('export const load = () => ({})')).toEqual([])
  for (const hidden of ['export const actions = { ...others }', 'export const actions = made()', 'export { actions } from "./elsewhere"', 'export const actions = { [name]: act }']) {
    expect(() => actionsIn(hidden), hidden).toThrow()
  }
})
