// Every address of the desk × every duty and none × looking, and forms from elsewhere. The list is made from the routes: a new
// one without its row fails. What acts answer is walked in `desk-acts.test.ts`.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { framedPage, type Look } from '#framed-table.ts'
import { scriptedPages } from '#script-table.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isDeskDoor } from '#kernel/web/desk-paths.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { addPlan } from '#rooms/media/server/plan-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import type { DutyName } from '#rooms/people/person.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { addressOf, listRouteFiles } from './desk-routes.ts'
import { addDeskPerson, PASSWORD, RECOVERY as RECOVERY_CODES } from './desk-people.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

type Who = (typeof WHO)[number]
const WHO = ['nobody', 'steward', 'editor'] as const
/** Who finds what an editor finds where a row does not say otherwise: their duties are for texts and reports, or elsewhere. */
const ALSO = ['translator', 'delegate', 'documenter', 'observer', 'editor elsewhere'] as const
const SIGN_IN = '303 /desk/sign-in'
/** Who writes nothing finds no page for it; who has no duty in an organisation does not find its texts. */
const NO_WRITERS = { delegate: '404', documenter: '404', observer: '404' }
const NO_READERS = { ...NO_WRITERS, 'editor elsewhere': '404' }
/** What looking answers. `{token}` is no link's; `{id}` is that of the editor, or of her organisation. */
const ROWS: Record<string, Record<Who, string> & Partial<Record<(typeof ALSO)[number], string>>> = {
  '/desk': { nobody: SIGN_IN, steward: '200', editor: '200' },
  '/desk/account': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount`, steward: '200', editor: '200' },
  '/desk/tab': { nobody: `${SIGN_IN}?next=%2Fdesk%2Ftab`, steward: '405', editor: '405' },
  '/desk/account/challenge': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fchallenge`, steward: '405', editor: '405' },
  '/desk/account/mail': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fmail`, steward: '200', editor: '200' },
  '/desk/account/mail/{token}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fmail%2Fno-such-link`, steward: '200', editor: '200' },
  '/desk/notices': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fnotices`, steward: '200', editor: '200' },
  '/desk/drafts': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fdrafts`, steward: '200', editor: '200' },
  '/desk/media': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia`, steward: '200', editor: '200' },
  '/desk/media/new': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fnew`, steward: '200', editor: '200', ...NO_WRITERS },
  '/desk/media/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}`, steward: '303 /desk/media/{id}/es', editor: '303 /desk/media/{id}/es', ...NO_READERS },
  '/desk/media/{id}/{lang}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/{lang}/docx': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fdocx`, steward: '405', editor: '405' },
  '/desk/media/{id}/{lang}/typing': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Ftyping`, steward: '405', editor: '405' },
  '/desk/media/{id}/publish': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fpublish`, steward: '200', editor: '200', translator: '200', delegate: '404', documenter: '404', observer: '404', 'editor elsewhere': '404' },
  '/desk/media/{id}/{lang}/compare': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fcompare`, steward: '200', editor: '200', translator: '200', delegate: '404', documenter: '404', observer: '404', 'editor elsewhere': '404' },
  '/desk/media/{id}/{lang}/translate': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Ftranslate`, steward: '303 /desk/media/{id}/es', editor: '303 /desk/media/{id}/es', ...NO_READERS },
  // Of a text in its first language there is no translation.
  '/desk/media/{id}/{lang}/translation.xlf': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Ftranslation.xlf`, steward: '404', editor: '404' },
  '/desk/media/{id}/{lang}/translation.docx': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Ftranslation.docx`, steward: '404', editor: '404' },
  '/desk/media/{id}/{lang}/read': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fread`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/notes': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fnotes`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/translate': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Ftranslate`, steward: '200', editor: '200' },
  '/desk/settings/needs': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fsettings%2Fneeds`, steward: '200', editor: '404' },
  // Nothing to do, with no text.
  '/desk/media/together': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Ftogether`, steward: '404', editor: '404' },
  '/desk/media/plan': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fplan`, steward: '200', editor: '200' },
  '/desk/media/plan/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fplan%2F{id}`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/people': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fpeople`, steward: '200', editor: '404' },
  '/desk/people/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fpeople%2F{id}`, steward: '200', editor: '404' },
  '/desk/account/name': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fname`, steward: '200', editor: '200' },
  '/desk/account/password': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fpassword`, steward: '200', editor: '200' },
  '/desk/account/codes': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fcodes`, steward: '200', editor: '200' },
  '/desk/account/key': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fkey`, steward: '200', editor: '200' },
  '/desk/account/key/key.png': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fkey%2Fkey.png`, steward: '404', editor: '404' },
  '/desk/account/pin': { nobody: `${SIGN_IN}?next=%2Fdesk%2Faccount%2Fpin`, steward: '200', editor: '200' },
  '/desk/media/pictures': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fpictures`, steward: '200', editor: '200', ...NO_WRITERS },
  '/desk/media/pictures/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fpictures%2F{id}`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/pictures/{id}/view.jpg': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fpictures%2F{id}%2Fview.jpg`, steward: '404', editor: '404' },
  '/desk/media/upload': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fupload`, steward: '405', editor: '405' },
  '/desk/media/upload/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2Fupload%2Fno-such-link`, steward: '404', editor: '404' },
  '/desk/media/{id}/picture': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fpicture`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/agree': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fagree`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/colleagues/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fcolleagues%2Fno-such-link`, steward: '404', editor: '404' },
  '/desk/recover': { nobody: '200', steward: '200', editor: '200' },
  '/desk/recover/{token}': { nobody: '404', steward: '404', editor: '404' },
  '/desk/recover/{token}/key.png': { nobody: '404', steward: '404', editor: '404' },
  '/desk/media/{id}/{lang}/share': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fshare`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/{lang}/preview': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fpreview`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/{lang}/preview/page/{look}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fpreview%2Fpage%2Flight`, steward: '200', editor: '200', ...NO_READERS },
  '/desk/media/{id}/{lang}/preview/print.pdf': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fpreview%2Fprint.pdf`, steward: '200', editor: '200', ...NO_READERS },
  // Of a file that the text does not show.
  '/desk/media/{id}/{lang}/preview/blob/{hash}/{name}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fmedia%2F{id}%2Fes%2Fpreview%2Fblob%2F00%2F1.jpg`, steward: '404', editor: '404' },
  '/desk/settings': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fsettings`, steward: '200', editor: '404' },
  '/desk/settings/pages': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fsettings%2Fpages`, steward: '200', editor: '404' },
  '/desk/settings/pages/{key}/{lang}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fsettings%2Fpages%2Fabout%2Fes`, steward: '200', editor: '404' },
  '/desk/settings/press': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fsettings%2Fpress`, steward: '200', editor: '404' },
  '/desk/topics': { nobody: `${SIGN_IN}?next=%2Fdesk%2Ftopics`, steward: '200', editor: '404' },
  '/desk/topics/{key}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Ftopics%2Fhiv`, steward: '200', editor: '404' },
  '/desk/log': { nobody: `${SIGN_IN}?next=%2Fdesk%2Flog`, steward: '200', editor: '404' },
  '/desk/opening': { nobody: `${SIGN_IN}?next=%2Fdesk%2Fopening`, steward: '200', editor: '404' },
  '/desk/organisations': { nobody: `${SIGN_IN}?next=%2Fdesk%2Forganisations`, steward: '200', editor: '200' },
  '/desk/organisations/{id}': { nobody: `${SIGN_IN}?next=%2Fdesk%2Forganisations%2F{id}`, steward: '200', editor: '200' },
  '/desk/organisations/new': { nobody: `${SIGN_IN}?next=%2Fdesk%2Forganisations%2Fnew`, steward: '200', editor: '404' },
  '/desk/sign-in': { nobody: '200', steward: '303 /desk', editor: '303 /desk' },
  '/desk/sign-in/challenge': { nobody: '405', steward: '405', editor: '405' },
  '/desk/leave': { nobody: '303 /desk', steward: '303 /desk', editor: '303 /desk' },
  '/desk/in/{token}': { nobody: '404', steward: '404', editor: '404' },
  '/desk/in/{token}/challenge': { nobody: '405', steward: '405', editor: '405' },
  '/desk/in/{token}/key.png': { nobody: '404', steward: '404', editor: '404' },
}
/** As a browser sends a form without script. */
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': 'en' }
/** Acts of pages that are for stewards alone. */
const OF_STEWARDS = ['settings?/keep', 'settings/needs?/keep', 'settings/pages/about/es?/keep', 'settings/pages/about/es?/preview', 'settings/press?/add', 'settings/press?/change', 'settings/press?/remove', 'settings/press?/restore', 'opening?/choose', 'opening?/all', 'opening?/open', 'opening?/close', 'topics?/add', 'topics/hiv?/name', 'topics/hiv?/merge']
const ONION = `${'o'.repeat(56)}.onion`
const RECOVERY = RECOVERY_CODES[0]!

let house: RunningHouse, beside: HouseDatabase
let port = 0
const cookies: Record<string, string> = {}
/** What `{id}` stands for, by the address before it. */
const ids: Record<string, string> = {}
const whole = (text: string, address: string) => text.replace('{token}', 'no-such-link').replace('topics/{key}', 'topics/hiv').replace('{key}', 'about').replace('{lang}', 'es').replace('{look}', 'light').replace('{hash}/{name}', '00/1.jpg').replace('{id}', ids[address.split('/{id}')[0]!] ?? 'no-such-link')

const routes = listRouteFiles().filter((path) => /(^|\/)\+(page\.server\.ts|server\.ts|page\.svelte)$/.test(path)).map(addressOf)

async function person(tx: Tx, signInName: string, duty: DutyName, organisationId: string | null): Promise<{ id: string; token: string }> {
  const { id, cookie } = await addDeskPerson(tx, signInName, duty, { organisationId })
  return { id, token: cookie.slice('altavoz='.length) }
}

beforeAll(async () => {
  port = await freePort()
  house = await runHouse({ PORT: String(port), ORIGIN: `https://one.example,https://two.example,http://open.example,http://${ONION}` }, ['--bare'])
  beside = await openHouseDatabase(house.dataDir)
  await act(beside, async (tx) => {
    const now = Temporal.Now.instant()
    const organisation = await addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
    if (!organisation.added) throw new Error(organisation.obstacle)
    cookies.steward = (await person(tx, 'steward', 'steward', null)).token
    const editor = await person(tx, 'editor', 'editor', organisation.id)
    cookies.editor = editor.token
    ids['/desk/people'] = editor.id
    ids['/desk/organisations'] = organisation.id
    ids['/desk/media'] = await createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: organisation.id }, editor.id, now)
    await saveRevision(tx, ids['/desk/media'], 'es', { title: 'Of organisation A', teaser: '', bodyMarkdown: 'Words.' }, NOTHING_FROZEN, editor.id, now)
    const [hash, mediaType] = ['0'.repeat(64), 'application/pdf']
    await recordBlob(tx, { hash, byteSize: 1, mediaType }, now)
    ids['/desk/media/pictures'] = await addFile(tx, { organisationId: organisation.id, name: 'report.pdf', what: { kind: 'file', shown: { hash, byteSize: 1, mediaType, lang: 'es' } } }, editor.id, now)
    const onDuty = { id: editor.id, duties: [{ duty: 'editor' as const, organisationId: organisation.id, lang: null }] }
    const planned = { title: 'Of organisation A', kind: 'news' as const, dueDay: null, dueHour: null, langs: ['es'], keptBy: null, campaign: null }
    ids['/desk/media/plan'] = ((await addPlan(tx, onDuty, { planned, keeper: null }, organisation.id, now)) as { id: string }).id
    const elsewhere = await addOrganisation(tx, 'organisation-b', { texts: { en: { name: 'Organisation B', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
    if (!elsewhere.added) throw new Error(elsewhere.obstacle)
    for (const who of ALSO) cookies[who] = (await person(tx, who.replace(' ', '-'), who === 'editor elsewhere' ? 'editor' : who, who === 'editor elsewhere' ? elsewhere.id : organisation.id)).token
  })
}, 120_000)
afterAll(async () => {
  await house?.end()
})

const own = () => `http://localhost:${port}`
const cookieOf = (who: string): Record<string, string> => (cookies[who] ? { cookie: `altavoz=${cookies[who]}` } : {})
async function look(path: string, headers: Record<string, string>) {
  const answer = await askRaw(own(), path, headers)
  return [answer.status, answer.header('location')].filter(Boolean).join(' ')
}
/** An address with what may stand in it; `{token}` is no link's. */
const post = (path: string, headers: Record<string, string>, fields: Record<string, string> = {}) =>
  askRaw(own(), path, { ...FORM, ...headers }, 'POST', new URLSearchParams(fields).toString())

test('every route of the desk has its row', () => {
  expect(Object.keys(ROWS).sort()).toEqual([...new Set(routes)].sort())
})

const WALK = Object.entries(ROWS).flatMap(([address, row]) => [...WHO, ...ALSO].map((who) => ({ address, who, answer: row[who] ?? row.editor })))

test.each(WALK)('$address answers $who with $answer', async ({ address, who, answer }) => {
  const path = whole(address, address)
  expect(await look(path, cookieOf(who))).toBe(whole(answer, address))
  const kept = await askRaw(own(), path, cookieOf(who))
  expect(kept.header('cache-control')).toBe('no-store')
  // A form without an origin, or from another one, even one of ours.
  for (const origin of [undefined, 'null', 'https://evil.example', 'https://one.example']) {
    expect((await post(path, { ...cookieOf(who), ...(origin ? { origin } : {}) })).status, origin).toBe(403)
  }
})

test('a page’s policy lets a script run only where docs/threat-model.md lists the page', async () => {
  for (const [address, row] of Object.entries(ROWS)) {
    for (const who of Object.keys(row)) {
      const { body, header } = await askRaw(own(), whole(address, address), cookieOf(who))
      // What stands in a frame carries none, whoever asks.
      const isListed = (address in scriptedPages || !isDeskDoor(address)) && address !== framedPage('{look}' as Look)
      expect([header('content-security-policy')!.includes('script-src'), body.includes('<script')], `${address} ${who}`).toEqual([isListed, isListed && body.includes('<style>') && !/\.(png|jpg|xlf|docx|pdf)$|\/blob\/|\/upload\/\{id\}$/.test(address)])
    }
  }
})

test('what a page’s data would tell is told to nobody who has not signed in', async () => {
  for (const address of Object.keys(ROWS)) {
    const answer = await askRaw(own(), `${whole(address, address)}/__data.json`)
    expect(answer.body.toString(), address).not.toMatch(/signInName|sessions|Organisation A/)
  }
})

test('acting without a session ends at sign-in and changes nothing', async () => {
  const count = async () => (await beside.db.read.selectFrom('session').select('id').where('endedAt', 'is', null).execute()).length
  const before = await count()
  for (const path of ['account?/end', 'account?/everywhere', 'account?/out', 'notices?/read', 'notices?/unread', 'notices?/all', 'notices?/undo', 'drafts?/take', 'drafts?/handOn', 'media/new', 'media?/trash', 'media?/takeBack', ...['addTopic', 'takeTopic', 'plan', 'unplan', 'publish'].map((one) => `media/together?/${one}`), 'media/plan?/add', 'media/plan?/takeBack', ...['change', 'begin', 'remove'].map((one) => `media/plan/x?/${one}`), ...['save', 'preview', 'links', 'discard', 'facts'].map((one) => `media/x/es?/${one}`), 'media/x/es/typing', 'media/x/es/docx', ...['now', 'schedule', 'callOff', 'undo', 'address', 'correct', 'withdraw', 'makeLink', 'endLink'].map((one) => `media/x/publish?/${one}`), 'media/x/es/compare?/restore', 'media/x/es/translate?/save', 'media/x/es/translate?/keep', 'media/x/es/translate?/bring', 'media/x/es/read?/say', 'media/x/publish?/unread', ...['ask', 'answer', 'close'].map((one) => `media/x/notes?/${one}`), 'account/mail?/ask', 'account/mail?/start', 'account/mail?/stop', 'account/mail?/remove', 'account/mail/no-such-link', 'account?/addPasskey', 'account?/endPasskey', 'account?/renamePasskey', 'account?/again', 'account/challenge', 'organisations/new', ...['save', 'shown', 'record', 'propose', 'voice', 'back'].map((one) => `organisations/x?/${one}`), ...OF_STEWARDS, 'people?/invite', 'people?/revoke', 'people/x?/give', 'people/x?/end', 'people/x?/leave', 'account/name', 'account/password', 'account/codes', 'account/key?/begin', 'account/key?/finish', 'colleagues/x?/confirm', 'colleagues/x?/refuse', 'media/pictures?/add', ...['describe', 'consent', 'withdraw', 'redraw', 'replace'].map((one) => `media/pictures/x?/${one}`), 'media/upload', 'media/upload/x', 'media/x/picture?/show', 'media/x/picture?/hide']) {
    const answer = await post(`/desk/${path}`, { origin: own() })
    expect([answer.status, answer.header('location')]).toEqual([303, '/desk/sign-in'])
  }
  expect(await count()).toBe(before)
})

test('what stewards set is nobody else’s to set: an editor finds no such address, and nothing changes', async () => {
  const site = async () => [
    await beside.db.read.selectFrom('site').selectAll().executeTakeFirst(),
    await beside.db.read.selectFrom('topic').selectAll().orderBy('key').execute(),
    await beside.db.read.selectFrom('topicText').selectAll().orderBy('topicId').orderBy('lang').execute(),
  ]
  const before = await site()
  const fields = { drawn: '{}', colour: '#111111', title: 'A', body: 'B', sure: 'on', choice: 'remove', name: 'A', key: 'a', lang: 'en', 'name.en': 'A', into: 'migration' }
  for (const path of OF_STEWARDS) expect((await post(`/desk/${path}`, { origin: own(), ...cookieOf('editor') }, fields)).status, path).toBe(404)
  expect(await site()).toEqual(before)
})

test('with a duty elsewhere, of another kind or for another language, acting on an organisation finds nothing there', async () => {
  const now = Temporal.Now.instant()
  const own = ids['/desk/organisations']!
  const [elsewhere, translator] = await act(beside, async (tx) => {
    const other = await addOrganisation(tx, 'organisation-c', { texts: { en: { name: 'Organisation C', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
    if (!other.added) throw new Error(other.obstacle)
    return [await person(tx, 'editor-of-c', 'editor', other.id), await person(tx, 'translates', 'translator', own)]
  })
  const paths = ['save', 'shown', 'record', 'propose', 'voice', 'back'].map((one) => `/desk/organisations/${own}?/${one}`)
  for (const { token } of [elsewhere!, translator!]) {
    for (const path of [...paths, '/desk/organisations/new', `/desk/people/${ids['/desk/people']}?/give`]) {
      const answer = await post(path, { origin: `http://localhost:${port}`, cookie: `altavoz=${token}` }, { 'name-en': 'Taken over', name: 'Mine', shown: 'yes', answer: 'yes', why: 'x', duty: 'steward' })
      expect(answer.status, path).toBe(404)
    }
  }
  const rows = await beside.db.read.selectFrom('organisationText').select('name').execute()
  expect(rows.map(({ name }) => name).sort()).toEqual(['Organisation A', 'Organisation B', 'Organisation C'])
})

test('what no form sends is refused as such, and is no fault of ours', async () => {
  const answer = await fetch(`${own()}/desk/sign-in`, { method: 'POST', headers: { origin: own(), 'content-type': 'text/plain' }, body: 'name=editor' })
  expect(answer.status).toBe(415)
})

test('an unknown name, a wrong password and a wrong code answer with the same bytes', async () => {
  const tried = (name: string, password: string, code: string) => post('/desk/sign-in', { origin: own() }, { name, password, code })
  const answers = [await tried('nobody', PASSWORD, RECOVERY), await tried('editor', 'not the password', RECOVERY), await tried('editor', PASSWORD, '000000')]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400])
  const bytes = answers.map(({ body }) => body.toString().replaceAll('"nobody"', '"editor"'))
  expect(new Set(bytes).size).toBe(1)
})

test('on https the cookie is bound to its host, and each listed origin takes only its own forms', async () => {
  const fields = { name: 'steward', password: PASSWORD, code: RECOVERY }
  expect((await post('/desk/sign-in', { host: 'two.example', origin: 'https://one.example' }, fields)).status).toBe(403)
  expect((await post('/desk/sign-in', { host: 'evil.example', origin: 'https://evil.example' }, fields)).status).toBe(421)
  const planted = { cookie: `__Host-altavoz=${'x'.repeat(43)}` }
  const answer = await post('/desk/sign-in?next=//evil.example', { host: 'two.example', origin: 'https://two.example', ...planted }, fields)
  expect([answer.status, answer.header('location')]).toEqual([303, '/desk'])
  const cookie = answer.header('set-cookie')!
  expect(cookie).toMatch(/^__Host-altavoz=[\w-]{43}; /)
  expect(cookie).not.toContain('x'.repeat(43))
  for (const part of ['Max-Age=43200', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie.split('; ').map((one) => one.toLowerCase())).toContain(part.toLowerCase())
  expect(cookie).not.toMatch(/domain/i)
  expect((await askRaw(own(), '/desk', { host: 'two.example', cookie: cookie.split(';')[0]! })).status).toBe(200)
})

test('on plain http nobody signs in, and a sentence says why', async () => {
  const page = await askRaw(own(), '/desk/sign-in', { host: 'open.example', 'accept-language': 'en' })
  const text = page.body.toString()
  expect([text.includes('others could read your password'), text.includes('<form')]).toEqual([true, false])
  const answer = await post('/desk/sign-in', { host: 'open.example', origin: 'http://open.example' }, { name: 'editor', password: PASSWORD, code: RECOVERY })
  expect([answer.status, answer.header('set-cookie')]).toEqual([403, undefined])
  const asking = await askRaw(own(), '/desk/recover', { host: 'open.example' })
  expect([asking.status, asking.body.toString().includes('<form')]).toEqual([200, false])
  expect((await post('/desk/recover', { host: 'open.example', origin: 'http://open.example' }, { name: 'editor' })).status).toBe(403)
  const link = await act(beside, (tx) => makeStewardLink(tx, 'operator', Temporal.Now.instant()))
  const entering = await askRaw(own(), `/desk/in/${link.token}`, { host: 'open.example' })
  expect(entering.body.toString()).not.toMatch(/<form|class="key/)
  expect(house.printed(), 'no log line holds the token').not.toContain(link.token)
  expect((await askRaw(own(), '/desk', { host: 'open.example', cookie: `__Host-altavoz=${cookies.steward}; altavoz=${cookies.steward}` })).status).toBe(303)
})

test('an onion service signs in without https, with a cookie and passkeys of its own', async () => {
  const page = await askRaw(own(), '/desk/sign-in', { host: ONION, 'accept-language': 'en' })
  expect(page.body.toString()).toContain(`This is ${ONION}.`)
  const from = { host: ONION, origin: `http://${ONION}` }
  expect(JSON.parse((await post('/desk/sign-in/challenge', from)).body.toString())).toMatchObject({ rpId: ONION, userVerification: 'required', allowCredentials: [] })
  await act(beside, (tx) => tx.updateTable('recoveryCode').set({ usedAt: null }).execute())
  const answer = await post('/desk/sign-in', from, { name: 'editor', password: PASSWORD, code: RECOVERY })
  const cookie = answer.header('set-cookie')!
  expect([answer.status, cookie.startsWith('onion-altavoz='), /httponly/i.test(cookie), /samesite=lax/i.test(cookie), /secure/i.test(cookie)]).toEqual([303, true, true, true, false])
  expect((await askRaw(own(), '/desk', { host: ONION, cookie: cookie.split(';')[0]! })).status).toBe(200)
  expect((await askRaw(own(), '/desk', { host: `${'p'.repeat(56)}.onion`, cookie: cookie.split(';')[0]! })).status, 'an onion that is not listed').toBe(421)
})

test('a challenge is for who may ask, and only by a form of this origin', async () => {
  const asked = async (path: string, headers: Record<string, string>, fields = {}) => (await post(path, headers, fields)).status
  expect(await asked('/desk/sign-in/challenge', { host: 'open.example', origin: 'http://open.example' })).toBe(403)
  expect((await askRaw(own(), '/desk/sign-in/challenge', { origin: 'https://evil.example', 'content-type': 'application/json' }, 'POST', '{}')).status).toBe(415)
  expect(await asked('/desk/in/no-such-link/challenge', { origin: own() }, { called: 'Luz', name: 'luz' })).toBe(404)
  const { token } = await act(beside, (tx) => makeStewardLink(tx, 'operator', Temporal.Now.instant()))
  expect(await asked(`/desk/in/${token}/challenge`, { origin: own() }, { called: 'Luz', name: 'STEWARD' }), 'a name that is taken').toBe(400)
  expect(await asked(`/desk/in/${token}/challenge`, { origin: own() }, { called: 'Luz', name: 'luz' })).toBe(200)
  expect(await asked('/desk/account/challenge', { origin: own(), ...cookieOf('editor') })).toBe(200)
})

test('the first start printed a link, and a later one prints none', async () => {
  expect(house.printed()).toMatch(/^https:\/\/one\.example\/desk\/in\/[\w-]{43}$/m)
  await beside.close()
  await house.stop()
  await house.startAgain()
  expect(house.printed()).not.toContain('/desk/in/')
})
