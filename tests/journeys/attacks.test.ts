// What somebody tries who wants in, or wants more than is theirs: one attack a test, against the built program. `tests/guards`
// takes out what stands against each, and demands that its test then fails.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { invite } from '#rooms/people/server/invitation-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { addDeskPerson, type DeskPerson, PASSWORD, RECOVERY } from './desk-people.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

let house: RunningHouse, beside: HouseDatabase
let steward: DeskPerson, editor: DeskPerson
let own = '', organisationId = ''
const now = () => Temporal.Now.instant()

beforeAll(async () => {
  const port = await freePort()
  own = `http://localhost:${port}`
  house = await runHouse({ PORT: String(port), ORIGIN: 'https://one.example,https://two.example,http://open.example' }, ['--bare'])
  beside = await openHouseDatabase(house.dataDir)
  await act(beside, async (tx) => {
    const added = await addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
    if (!added.added) throw new Error(added.obstacle)
    organisationId = added.id
    steward = await addDeskPerson(tx, 'steward', 'steward')
    editor = await addDeskPerson(tx, 'editor', 'editor', { organisationId })
  })
}, 300_000)
afterAll(async () => {
  await beside?.close()
  await house?.end()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': 'en' }
const post = (path: string, headers: Record<string, string>, fields: Record<string, string> = {}) =>
  askRaw(own, path, { ...FORM, ...headers }, 'POST', new URLSearchParams(fields).toString())
const signInAt = (name: string, code: string, more: { next?: string; cookie?: string } = {}) =>
  post(`/desk/sign-in${more.next === undefined ? '' : `?next=${encodeURIComponent(more.next)}`}`,
    { host: 'two.example', origin: 'https://two.example', ...(more.cookie && { cookie: more.cookie }) }, { name, password: PASSWORD, code })
const cookieIn = (answer: { header(name: string): string | undefined }) => answer.header('set-cookie')!.split(';')[0]!
const livingSessions = (personId: string) => beside.db.read.selectFrom('session').select('id').where('personId', '=', personId).where('endedAt', 'is', null).execute()
const newLink = () => act(beside, (tx) => makeStewardLink(tx, 'operator', now()))

test('a form that another site sends, or that names no origin, does nothing (CSRF)', async () => {
  // Somebody of her own: were it let through, her session would be gone, and no other test is to fail for that.
  const hers = await act(beside, (tx) => addDeskPerson(tx, 'hers', 'editor', { organisationId }))
  const before = await livingSessions(hers.id)
  for (const origin of [undefined, 'null', 'https://evil.example', 'https://one.example']) {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      const answer = await askRaw(own, '/desk/account?/everywhere', { ...FORM, 'content-type': type, cookie: hers.cookie, ...(origin && { origin }) }, 'POST', 'a=b')
      expect(answer.status, `${origin}, ${type}`).toBe(403)
    }
  }
  expect(await livingSessions(hers.id)).toEqual(before)
})

test('each listed origin takes its own forms and no other’s; an unlisted one gets no page', async () => {
  const sent = (host: string, origin: string) => post('/desk/sign-in', { host, origin }, { name: 'steward', password: 'x', code: 'x' })
  expect((await sent('two.example', 'https://two.example')).status).toBe(400)
  expect((await sent('two.example', 'https://one.example')).status).toBe(403)
  expect((await sent('evil.example', 'https://evil.example')).status).toBe(421)
  expect((await askRaw(own, '/desk/sign-in', { host: 'evil.example' })).status).toBe(421)
})

test('a session that a stranger planted before sign-in is not hers afterwards (fixation)', async () => {
  const planted = 'x'.repeat(43)
  const cookie = cookieIn(await signInAt('editor', RECOVERY[0]!, { cookie: `__Host-altavoz=${planted}` }))
  expect(cookie).not.toContain(planted)
})

test('who signs in again where she was signed in leaves no session behind', async () => {
  const first = cookieIn(await signInAt('editor', RECOVERY[1]!))
  const before = await livingSessions(editor.id)
  const second = cookieIn(await signInAt('editor', RECOVERY[2]!, { cookie: first }))
  expect(await livingSessions(editor.id)).toHaveLength(before.length)
  expect((await askRaw(own, '/desk', { host: 'two.example', cookie: first })).status, 'the old token').toBe(303)
  expect((await askRaw(own, '/desk', { host: 'two.example', cookie: second })).status, 'the new one').toBe(200)
})

test('sign-in leads on to no other site (open redirect)', async () => {
  const answer = await signInAt('editor', RECOVERY[3]!, { next: '//evil.example/desk' })
  expect([answer.status, answer.header('location')]).toEqual([303, '/desk'])
})

test('nor does its page for who is signed in already (open redirect)', async () => {
  for (const next of ['//evil.example', 'https://evil.example/desk', '/\\evil.example', '/desk//evil.example', '/desk/../en']) {
    const answer = await askRaw(own, `/desk/sign-in?next=${encodeURIComponent(next)}`, { cookie: steward.cookie })
    expect([answer.status, answer.header('location')], next).toEqual([303, '/desk'])
  }
})

test('no spelling of a way out of a folder leads to a file (path traversal)', async () => {
  const token = 'a'.repeat(43)
  for (const path of [
    '/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/_app/immutable/../../../server.js', '/_app/%2e%2e/%2e%2e/package.json',
    '/blob/../settings.env', `/blob/${'a'.repeat(64)}/../../settings.env`, '/blob/..%2f..%2fsettings.env/x', '/en/../../package.json', '/favicon.svg/../../../package.json',
    '/desk/in/..%2f..%2f..%2fpackage.json', `/desk/in/${token}/../../../package.json`, '/en/media/..%2f..%2fpackage.json', '/..\\..\\package.json', '/\0/etc/passwd',
  ]) {
    const answer = await askRaw(own, path.replace('\0', '%00'), { cookie: steward.cookie })
    expect([303, 308, 400, 404], path).toContain(answer.status)
    expect(answer.body.toString(), path).not.toMatch(/root:.*:0:0|"devDependencies"|DATABASE_URL|createServer/)
  }
})

test('what a form adds gives her who comes in no other duty (mass assignment)', async () => {
  const who = { is: 'person' as const, id: steward.id, sessionId: steward.sessionId, duties: [] }
  const link = await act(beside, (tx) => invite(tx, who, { duty: 'translator', organisationId, lang: 'es' }, now()))
  if (link === 'not-found') throw new Error(link)
  const { totpSecret } = (await findEntryLink(beside.db.read, hashToken(link.token)))!
  const answer = await post(`/desk/in/${link.token}`, { origin: own }, {
    called: 'Luz', name: 'luz', password: 'cuatro palabras bien seguidas', code: codeOf(totpSecret!, now()),
    duty: 'steward', duties: 'steward', organisationId: '', organisation: '', lang: 'en', id: steward.id, personId: steward.id, kind: 'steward', givenBy: 'operator', sharedDevice: 'true',
  })
  expect(answer.status).toBe(200)
  const luz = await beside.db.read.selectFrom('person').select(['id', 'name']).where('signInKey', '=', 'luz').executeTakeFirstOrThrow()
  expect(await beside.db.read.selectFrom('personDuty').select(['duty', 'organisationId', 'lang', 'givenBy']).where('personId', '=', luz.id).execute())
    .toEqual([{ duty: 'translator', organisationId, lang: 'es', givenBy: steward.id }])
  const stewards = await beside.db.read.selectFrom('personDuty').select('personId').where('duty', '=', 'steward').execute()
  expect(stewards).toEqual([{ personId: steward.id }])
})

test('a name that nobody has, a wrong password and a wrong code answer with the same bytes (enumeration)', async () => {
  const tried = (name: string, password: string, code: string) => post('/desk/sign-in', { origin: own }, { name, password, code })
  const answers = [await tried('nobody', PASSWORD, 'x'), await tried('steward', 'not the password', 'x'), await tried('steward', PASSWORD, '000000')]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400])
  expect(new Set(answers.map(({ body }) => body.toString().replaceAll('"nobody"', '"steward"'))).size).toBe(1)
})

test('a link that ended and one that never was answer with the same bytes (enumeration)', async () => {
  const ended = await newLink()
  await newLink()
  const bodies = await Promise.all([ended.token, 'x'.repeat(43), 'x'].map(async (token) => {
    const answer = await askRaw(own, `/desk/in/${token}`, { 'accept-language': 'en' })
    return `${answer.status} ${answer.body}`
  }))
  expect(new Set(bodies).size).toBe(1)
})

test('a fault behind a link writes the route and no token into the log', async () => {
  const { token } = await newLink()
  const renamed = (from: string, to: string) => act(beside, (tx) => sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx))
  await renamed('entry_link', 'entry_link_away')
  try {
    expect((await askRaw(own, `/desk/in/${token}`)).status).toBe(500)
  } finally {
    await renamed('entry_link_away', 'entry_link')
  }
  await expect.poll(() => house.printed()).toContain('request failed')
  expect(house.printed()).toContain('"route":"/(desk)/desk/(open)/in/[token]"')
  expect(house.printed()).not.toContain(token)
})

describe('the cookie of a session', () => {
  let flags: string[] = []
  beforeAll(async () => {
    const answer = await signInAt('steward', RECOVERY[0]!)
    flags = answer.header('set-cookie')!.toLowerCase().split('; ')
  })
  test.each(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=43200'])('says %s', (flag) => expect(flags).toContain(flag.toLowerCase()))
  test('is bound to this host by its name, and to no domain', () => {
    expect(flags[0]).toMatch(/^__host-altavoz=/)
    expect(flags.join()).not.toContain('domain')
  })
})

test('over plain http nobody signs in, with whatever fits', async () => {
  const answer = await post('/desk/sign-in', { host: 'open.example', origin: 'http://open.example' }, { name: 'steward', password: PASSWORD, code: RECOVERY[1]! })
  expect([answer.status, answer.header('set-cookie')]).toEqual([403, undefined])
})

test('who has not signed in is sent to sign-in by every page behind it', async () => {
  for (const path of ['/desk', '/desk/account', '/desk/people', '/%64esk/account']) {
    const answer = await askRaw(own, path)
    expect([answer.status, answer.header('location')?.split('?')[0]], path).toEqual([303, '/desk/sign-in'])
  }
  // Kit tells a script of the redirect in words of its own.
  expect(JSON.parse((await askRaw(own, '/desk/account/__data.json')).body.toString())).toMatchObject({ type: 'redirect', location: expect.stringMatching(/^\/desk\/sign-in/) })
})

test('who is no steward finds no page of people, and acts on nobody there', async () => {
  const missing = await askRaw(own, '/desk/people', { cookie: editor.cookie })
  expect(missing.status).toBe(404)
  expect(missing.body.toString()).not.toContain(steward.id)
  const answer = await post(`/desk/people/${steward.id}?/leave`, { origin: own, cookie: editor.cookie }, { sure: 'on' })
  expect(answer.status).toBe(404)
  expect(await livingSessions(steward.id)).not.toEqual([])
})

test('a password is asked in a masked field that password keepers know, and no page asks for a hint', async () => {
  const { token } = await newLink()
  const fieldsOf = async (path: string) => ((await askRaw(own, path)).body.toString().match(/<input[^>]*>/g) ?? []).filter((field) => /name="(?!passkey)/.test(field))
  const named = (fields: string[]) => fields.map((field) => /name="(\w+)"/.exec(field)?.[1])
  const [back, first] = [await fieldsOf('/desk/sign-in'), await fieldsOf(`/desk/in/${token}`)]
  expect(named(back)).toEqual(['name', 'password', 'code', 'shared'])
  expect(named(first)).toEqual(['called', 'name', 'password', 'code'])
  for (const [fields, keeper] of [[back, 'current-password'], [first, 'new-password']] as const) {
    const field = fields.find((one) => one.includes('name="password"'))!
    expect(field).toMatch(/ type="password"/)
    expect(field).toContain(`autocomplete="${keeper}"`)
    expect(field).not.toMatch(/ on[a-z]+=|maxlength|readonly/)
  }
})
