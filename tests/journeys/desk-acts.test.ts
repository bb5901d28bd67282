// Every act of the desk × every duty and none, of this organisation, another, another language × a row that she may touch, one
// that she may not, one that is missing. The acts are read from the routes: a new one without its row fails.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { act } from '#kernel/database/act.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import '#rooms/media/server/planning-tables.ts'
import { newId } from '#kernel/id/id.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { findNewestWords } from '#rooms/media/server/agreement-queries.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { DUTIES, type DutyName } from '#rooms/people/person.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { invite } from '#rooms/people/server/invitation-actions.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { recordRecognition } from '#rooms/people/server/recognition-actions.ts'
import { askForRecovery } from '#rooms/people/server/recovery-actions.ts'
import { newRecoveryToken } from '#rooms/people/server/recovery-token.ts'
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
/** `besides` holds what a few viewers are answered otherwise than the others, by what each is. */
interface Act<R extends Rows = Rows> { rows: R; nobody: Answers<R>; steward: Answers<R>; others: Answers<R>; besides?: Record<string, Answers<R>> }

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

const somebodysPage = () => newRecoveryToken(now().add({ hours: 24 }))
const noticeOf = (personId: string) => act(beside, async (tx) => {
  await notify(tx, { kind: 'password-changed', to: [personId] }, now())
  return (await tx.selectFrom('deskNotice').select('id').where('personId', '=', personId).executeTakeFirstOrThrow()).id
})
const newOrganisation = async () => {
  const slug = `organisation-${++count}`
  const added = await act(beside, (tx) => addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now()))
  if (!added.added) throw new Error(added.obstacle)
  return added.id
}
/** Somebody of an organisation, who asks to come back in. */
const asking = async (organisationId: string) => {
  const { id } = await newPerson(organisationId)
  const { signInKey } = await beside.db.read.selectFrom('person').select('signInKey').where('id', '=', id).executeTakeFirstOrThrow()
  await act(beside, (tx) => askForRecovery(tx, signInKey, now()))
  return id
}
const HERE = ['editor', 'translator', 'delegate', 'documenter', 'observer', 'translator of another language', 'editor of another language']
/** What only colleagues in one organisation do for each other: for a steward it is another’s. */
const ofColleagues = (fields: Record<string, string>, answer: string): Act => {
  const rows = inEach(async (at) => ({ at: await asking(at), fields }), () => ({ at: newId(), fields }))
  const [ownRow, otherRow] = [{ 'this organisation': answer, 'another organisation': '404', missing: '404' }, { 'this organisation': '404', 'another organisation': answer, missing: '404' }]
  return { ...ofHers(rows, '404'), besides: { ...Object.fromEntries(HERE.map((is) => [is, ownRow])), 'editor of another organisation': otherRow } }
}
/** What stewards do for every organisation, and editors and delegates for their own. */
const ofItsOwn = (fields: Record<string, string>, answer: string, ofOneLanguage = answer): Act => {
  const rows = inEach((at) => ({ at, fields }), () => ({ at: newId(), fields }))
  const [here, there] = [{ 'this organisation': answer, 'another organisation': '404', missing: '404' }, { 'this organisation': '404', 'another organisation': answer, missing: '404' }]
  return { rows, nobody: SIGN_IN, steward: { 'this organisation': answer, 'another organisation': answer, missing: '404' }, others: '404', besides: { editor: here, delegate: here, 'editor of another organisation': there, 'editor of another language': { ...here, 'this organisation': ofOneLanguage } } }
}

/** What editors do with the texts of their organisation, and stewards with all. @param keeper who keeps the text; nobody else */
const ofEditors = (fields: (itemId: string) => Record<string, string>, keeper?: () => string, answer = '200'): Act => {
  const row = (writtenIn: string | null, originalLang = 'es') => async () => {
    const item = { kind: 'news' as const, originalLang, ...(keeper && { keptBy: keeper() }), ...(writtenIn !== null && { writtenIn }) }
    return { fields: fields(await act(beside, (tx) => createItem(tx, item, 'operator', now()))) }
  }
  const rows = { ...inEach((at) => row(at)(), () => ({ fields: fields(newId()) })), 'of the alliance': row(null) }
  const answers = (...open: string[]) => Object.fromEntries(Object.keys(rows).map((name) => [name, open.includes(name) ? answer : '404']))
  return {
    rows, nobody: SIGN_IN, steward: answers('this organisation', 'another organisation', 'of the alliance'), others: '404',
    besides: { editor: answers('this organisation'), 'editor of another organisation': answers('another organisation'), 'editor of another language': '404' },
  }
}

/** What whoever writes in an organisation does with what is planned there, and stewards with all. Its one language is nobody's own: whoever has none but one does not begin it. */
const ofPlanners = (fields: Record<string, string>, answer: string, isRemoved = false, ofOneLanguage = answer, ofSteward = answer): Act => {
  const rows = inEach(async (writtenIn) => {
    const plan = newId()
    const removedAt = isRemoved ? now() : null
    await act(beside, (tx) => tx.insertInto('plan').values({ id: plan, title: 'A plan', kind: 'news', dueDay: null, dueHour: null, langs: ['tpi'], keptBy: null, writtenIn, campaign: null, itemId: null, createdBy: 'operator', createdAt: now(), removedAt }).execute())
    return { at: plan, fields: { plan, ...fields } }
  }, () => ({ at: newId(), fields: { plan: newId(), ...fields } }))
  const [here, there] = [{ 'this organisation': answer, 'another organisation': '404', missing: '404' }, { 'this organisation': '404', 'another organisation': answer, missing: '404' }]
  return {
    rows, nobody: SIGN_IN, steward: { 'this organisation': ofSteward, 'another organisation': ofSteward, missing: '404' }, others: '404',
    besides: { ...Object.fromEntries(['translator', 'editor of another language', 'translator of another language'].map((is) => [is, { ...here, 'this organisation': ofOneLanguage }])), editor: here, 'editor of another organisation': there },
  }
}

/** What is done with the Spanish text of an item, by editors of its organisation and language, and stewards; or by translators too. @param missing what a form says of a text that is not there */
const ofTexts = (made: (text: { id: string; revisionId: string; seen: string }) => Promise<Sent['fields']> | Sent['fields'], answer: string, isForTranslators = false, missing?: () => Promise<Sent['fields']> | Sent['fields']): Act => {
  const row = (writtenIn: string | null) => async () => {
    const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', ...(writtenIn !== null && { writtenIn }) }, 'operator', now()))
    const { revisionId } = await act(beside, (tx) => saveRevision(tx, id, 'es', { title: `A text ${++count}`, teaser: '', bodyMarkdown: 'Words.' }, NOTHING_FROZEN, 'operator', now()))
    const [text] = await listTextStandings(beside.db.read, id, now())
    return { at: id, fields: { lang: 'es', seen: seenOf(text!), ...(await made({ id, revisionId, seen: seenOf(text!) })) } }
  }
  const rows = { ...inEach((at) => row(at)(), async () => ({ at: newId(), fields: { lang: 'es', seen: '', ...(await missing?.()) } })), 'of the alliance': row(null) }
  const answers = (...open: string[]) => Object.fromEntries(Object.keys(rows).map((name) => [name, open.includes(name) ? answer : '404']))
  return {
    rows, nobody: SIGN_IN, steward: answers('this organisation', 'another organisation', 'of the alliance'), others: '404',
    besides: { editor: answers('this organisation'), 'editor of another organisation': answers('another organisation'), 'editor of another language': '404', ...(isForTranslators && { translator: answers('this organisation') }) },
  }
}
/** What is told to whoever reads a text of her organisation: that this is somebody else's to do, or that it was done. */
const alsoToReaders = (one: Act, told: { translator: string; ofAnotherLanguage: string }): Act => {
  const here = (answer: string) => Object.fromEntries(Object.keys(one.rows).map((name) => [name, name === 'this organisation' ? answer : '404']))
  return { ...one, besides: { ...one.besides, translator: here(told.translator), 'editor of another language': here(told.ofAnotherLanguage), 'translator of another language': here(told.ofAnotherLanguage) } }
}
/** What stewards alone do with a text of any organisation. */
const ofTextsForStewards: typeof ofTexts = (made, answer) => ({ ...ofTexts(made, answer), besides: {} })
/** What everybody does who writes or translates in the organisation of a text, in whatever language. */
const ofColleaguesOfTexts: typeof ofTexts = (made, answer) => {
  const act = ofTexts(made, answer, true)
  return { ...act, besides: { ...act.besides, ...Object.fromEntries(['editor of another language', 'translator of another language'].map((is) => [is, act.besides!.editor!])) } }
}
const writerOf = async (itemId: string) => (await beside.db.read.selectFrom('item').select('writtenIn').where('id', '=', itemId).executeTakeFirstOrThrow()).writtenIn
/** A document of the library, of an organisation or of the alliance. */
const fileOf = (organisationId: string | null) => act(beside, async (tx) => {
  const [hash, mediaType] = [(++count).toString(16).padStart(64, '0'), 'application/pdf']
  await recordBlob(tx, { hash, byteSize: 1, mediaType }, now())
  return addFile(tx, { organisationId, name: 'a.pdf', what: { kind: 'file', shown: { hash, byteSize: 1, mediaType, lang: 'es' } } }, 'operator', now())
})
const uploadOf = (personId: string) => act(beside, async (tx) => {
  const id = newId()
  await tx.insertInto('upload').values({ id, personId, name: 'a', organisationId: null, byteSize: 10n, received: 0n, fileId: null, begunAt: now() }).execute()
  return id
})
/** What whoever writes or translates in an organisation does with what it has, whatever the language; stewards with all. */
const ofWriters = (made: (organisationId: string) => Promise<Sent> | Sent, answer: string): Act => {
  const rows = { ...inEach(made, () => made(newId())), 'of the alliance': () => made('alliance') }
  const answers = (...open: string[]) => Object.fromEntries(Object.keys(rows).map((name) => [name, open.includes(name) ? answer : '404']))
  const here = answers('this organisation')
  return {
    rows, nobody: SIGN_IN, steward: answers('this organisation', 'another organisation', 'of the alliance'), others: '404',
    besides: { editor: here, translator: here, 'editor of another language': here, 'translator of another language': here, 'editor of another organisation': answers('another organisation') },
  }
}
/** Who adds a file: stewards for the alliance alone; what its members have is theirs to add. */
const ofAdders = (fields: (of: string) => Record<string, string>, answer: string): Act => ({
  ...ofWriters((of) => ({ fields: fields(of) }), answer), steward: { 'this organisation': '404', 'another organisation': '404', missing: '404', 'of the alliance': answer },
})
const ofFiles = (fields: Record<string, string>, answer: string): Act => ofWriters(async (of) => {
  const isThere = of === 'alliance' || of === a || of === b
  return { at: isThere ? await fileOf(of === 'alliance' ? null : of) : of, fields }
}, answer)
/** Publishes the text, for acts on what readers see; what is seen of it then. */
const letOut = async (id: string, seen: string) => {
  await act(beside, (tx) => letGoOut(tx, id, { lang: 'es', seen, zone: 'UTC', nameSigners: async () => [], ledAmong: async () => [] }, 'operator', now()))
  const [text] = await listTextStandings(beside.db.read, id, now())
  return { seen: seenOf(text!), publication: text!.here!.publicationId }
}
/** What editors of a text's first language do about who signs it, and stewards. @param fields of an item that a member is to sign, with a link */
const ofAskers = (fields: (about: { link: string }) => Record<string, string>, answer: string): Act => {
  const row = async (writtenIn: string): Promise<Sent> => {
    const [wishId, link] = [newId(), newId()]
    const itemId = await act(beside, async (tx) => {
      const id = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn }, 'operator', now())
      await saveRevision(tx, id, 'es', { title: 'Título', teaser: '', bodyMarkdown: 'Texto.' }, NOTHING_FROZEN, 'operator', now())
      const { revisionId, hash } = (await findNewestWords(tx, id))!
      await tx.insertInto('signerWish').values({ id: wishId, itemId: id, organisationId: b, wishedAt: now(), wishedBy: stewardId }).execute()
      await tx.insertInto('agreementAsk').values({ id: link, lang: 'es', wishId, tokenHash: Buffer.from(link), personId: stewardId, revisionId, hash, askedAt: now(), askedBy: stewardId, channel: null, deadline: null, seenAt: null, revokedAt: null, revokedBy: null }).execute()
      return id
    })
    return { at: itemId, fields: fields({ link }) }
  }
  const rows = inEach(row, () => ({ at: newId(), fields: fields({ link: newId() }) }))
  const [here, there] = [{ 'this organisation': answer, 'another organisation': '404', missing: '404' }, { 'this organisation': '404', 'another organisation': answer, missing: '404' }]
  return { rows, nobody: SIGN_IN, steward: { 'this organisation': answer, 'another organisation': answer, missing: '404' }, others: '404', besides: { editor: here, 'editor of another organisation': there } }
}

/** What the members are asked about an organisation, by the first of them. */
const question = async () => {
  const [id, organisationId] = [newId(), await newOrganisation()]
  await act(beside, (tx) => tx.insertInto('recognitionProposal').values({
    id, organisationId, kind: 'recognise', why: 'x', proposedAt: now(), proposedBy: stewardId, proposedFor: a, closesAt: now().add({ hours: 24 }), closedAt: null, outcome: null,
  }).execute())
  return { at: organisationId, proposal: id }
}
/** What only a delegate of a member that is recognised does, for it. */
const ofDelegates = (fields: (about: { proposal: string }) => Record<string, string>): Act => {
  const rows = {
    'an open question': async () => {
      const { at, proposal } = await question()
      return { at, fields: fields({ proposal }) }
    },
    missing: () => ({ at: b, fields: fields({ proposal: newId() }) }),
  }
  return { ...ofHers(rows, '404'), besides: { delegate: { 'an open question': '200', missing: '404' } } }
}

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
  '/desk/sign-in/challenge': ofEverybody(NONE, '200'),
  '/desk/in/{token}/challenge': ofEverybody({ open: async () => ({ at: (await link(a)).token }), missing: () => ({ at: 'no-such-link' }) }, { open: '400', missing: '404' }),
  '/desk/recover': ofEverybody({ 'no name': () => ({ fields: { name: '' } }) }, '400'),
  '/desk/recover/{token}?/code': ofEverybody({ open: () => ({ at: somebodysPage(), fields: { recovery: 'no code' } }), missing: () => ({ at: 'no-such-page' }) }, { open: '400', missing: '404' }),
  '/desk/recover/{token}?/back': ofEverybody({ missing: () => ({ at: 'no-such-page' }) }, '404'),
  '/desk/tab': ofHers({ 'her own': () => ({ fields: { is: 'open', at: '1' } }), 'of no tab': () => ({ fields: { is: 'torn', at: '1' } }) }, { 'her own': '204', 'of no tab': '400' }),
  '/desk/account?/addPasskey': ofHers(NONE, '400'),
  '/desk/account?/endPasskey': ofHers({ missing: () => ({ fields: { id: newId() } }) }, '404'),
  '/desk/account?/renamePasskey': ofHers({ missing: () => ({ fields: { id: newId(), label: 'mine' } }) }, '404'),
  '/desk/account?/again': ofHers(NONE, '303 /desk/sign-in?next=/desk/account'),
  '/desk/account/challenge': ofHers(NONE, '200'),
  '/desk/account/name': ofHers({ good: () => ({ fields: { called: 'Somebody', lang: 'en' } }), bad: () => ({ fields: { called: '', lang: 'xx' } }) }, { good: '200', bad: '400' }),
  '/desk/account/password': ofHers(NONE, '400'),
  '/desk/account/codes': ofHers(NONE, '400'),
  '/desk/account/key?/begin': ofHers(NONE, '400'),
  '/desk/account/key?/finish': ofHers(NONE, '400'),
  '/desk/account/mail?/ask': ofHers({ 'where no mail is sent': () => ({ fields: { address: 'somebody@example.org' } }) }, '404'),
  '/desk/account/mail?/start': ofHers({ 'without an address': () => ({}) }, '404'),
  '/desk/account/mail?/stop': ofHers({ 'without an address': () => ({}) }, '404'),
  '/desk/account/mail?/remove': ofHers(NONE, '200'),
  '/desk/account/mail/{token}': ofHers({ missing: () => ({ at: 'no-such-link' }) }, '404'),
  '/desk/notices?/read': ofHers({ 'another person’s': async () => ({ fields: { notice: await noticeOf((await newPerson(a)).id) } }), missing: () => ({ fields: { notice: newId() } }) }, '404'),
  '/desk/notices?/unread': ofHers({ 'another person’s': async () => ({ fields: { notice: await noticeOf((await newPerson(a)).id) } }), missing: () => ({ fields: { notice: newId() } }) }, '404'),
  '/desk/notices?/all': ofHers({ 'no moment': () => ({ fields: { seen: 'now' } }) }, '400'),
  '/desk/notices?/undo': ofHers({ 'no moment': () => ({ fields: { marked: 'now' } }) }, '400'),
  '/desk/account/pin': ofHers(NONE, '400'),
  '/desk/media/{id}/agree?/add': ofAskers(() => ({ organisation: a }), '400'),
  '/desk/media/{id}/agree?/ask': ofAskers(() => ({ organisation: b, whom: stewardId, drawn: 'other words' }), '409'),
  '/desk/media/{id}/agree?/revoke': ofAskers(({ link }) => ({ ask: link }), '200'),
  '/desk/media/{id}/agree?/leaveOut': ofAskers(() => ({ organisation: b, why: 'x', drawn: 'asked' }), '200'),
  '/desk/media/{id}/agree?/claim': ofAskers(() => ({ organisation: b, lang: 'ht' }), '400'),
  '/desk/media/{id}/agree?/giveBack': ofAskers(() => ({ organisation: b, lang: 'ht', asked: 'on' }), '400'),
  '/desk/media/{id}/agree?/takeBack': ofAskers(() => ({ organisation: b }), '409'),
  '/desk/drafts?/take': ofEditors((itemId) => ({ take: itemId })),
  '/desk/drafts?/handOn': ofEditors((itemId) => ({ item: itemId, next: 'nobody', [`kept.${itemId}`]: stewardId }), () => stewardId),
  '/desk/media?/trash': alsoToReaders(ofEditors((itemId) => ({ item: itemId })), { translator: '409', ofAnotherLanguage: '409' }),
  '/desk/media?/takeBack': alsoToReaders(ofEditors((itemId) => ({ item: itemId }), undefined, '409'), { translator: '409', ofAnotherLanguage: '409' }),
  '/desk/media/together?/addTopic': alsoToReaders(ofTexts(({ id }) => ({ item: id, topic: 'hiv' }), '200', false, () => ({ item: newId(), topic: 'hiv' })), { translator: '200', ofAnotherLanguage: '409' }),
  '/desk/media/together?/takeTopic': alsoToReaders(ofTexts(({ id }) => ({ item: id, topic: 'hiv' }), '409', false, () => ({ item: newId(), topic: 'hiv' })), { translator: '409', ofAnotherLanguage: '409' }),
  // A plan for an organisation is its own to begin, of a text that stands already too.
  '/desk/media/together?/plan': { ...alsoToReaders(ofTexts(({ id }) => ({ item: id, day: '2030-12-17', keeper: 'as-is' }), '200', false, () => ({ item: newId(), day: '2030-12-17', keeper: 'as-is' })), { translator: '200', ofAnotherLanguage: '409' }), steward: { 'this organisation': '409', 'another organisation': '409', missing: '404', 'of the alliance': '200' } },
  '/desk/media/together?/unplan': alsoToReaders(ofTexts(({ id }) => ({ item: id }), '409', false, () => ({ item: newId() })), { translator: '409', ofAnotherLanguage: '409' }),
  '/desk/media/together?/publish': alsoToReaders(ofTexts(({ id, seen }) => ({ text: `${id} es ${seen}` }), '200', false, () => ({ text: `${newId()} es x` })), { translator: '409', ofAnotherLanguage: '409' }),
  '/desk/media/plan?/add': {
    rows: { 'this organisation': () => ({ fields: { title: '', writer: a } }), 'another organisation': () => ({ fields: { title: 'Un plan', kind: 'news', langs: 'es', writer: b } }) },
    nobody: SIGN_IN, steward: { 'this organisation': '400', 'another organisation': '400' }, others: '404', besides: {
      ...Object.fromEntries(['editor', 'translator', 'editor of another language', 'translator of another language'].map((is) => [is, '400'])),
      'editor of another organisation': { 'this organisation': '400', 'another organisation': '303 /desk/media/plan?done=added' },
    },
  },
  '/desk/media/plan?/takeBack': ofPlanners({}, '303 /desk/media/plan?done=back', true),
  '/desk/media/plan/{id}?/change': ofPlanners({ title: '' }, '400'),
  '/desk/media/plan/{id}?/begin': ofPlanners({}, '303 /desk/media/{id}/tpi', false, '409', '409'),
  '/desk/media/plan/{id}?/remove': ofPlanners({}, '303 /desk/media/plan?removed={id}'),
  // For an organisation that is not hers, in no form of hers: refused as any choice that is not there.
  '/desk/media/new': {
    rows: { 'this organisation': () => ({ fields: { kind: 'news', lang: 'es', writer: a, title: '' } }), 'another organisation': () => ({ fields: { kind: 'news', lang: 'es', writer: b, title: 'Ajeno' } }) },
    nobody: SIGN_IN, steward: '400', others: '404', besides: {
      ...Object.fromEntries(['editor', 'translator', 'editor of another language', 'translator of another language'].map((is) => [is, '400'])),
      'editor of another organisation': { 'this organisation': '400', 'another organisation': '303 /desk/media/{id}/es?saved=begun' },
    },
  },
  '/desk/media/{id}/{lang}?/save': ofTexts(({ revisionId: base }) => ({ base, title: '', body: 'Otro.' }), '400', true),
  '/desk/media/{id}/{lang}?/preview': ofTexts(({ revisionId: base }) => ({ base, title: 'A', body: 'B' }), '200', true),
  '/desk/media/{id}/{lang}?/links': ofTexts(({ revisionId: base }) => ({ base, title: 'A', body: 'B' }), '200', true),
  '/desk/media/{id}/{lang}?/discard': ofTexts(({ revisionId: base }) => ({ base }), '303 /desk/media/{id}/es?saved=discarded', true),
  '/desk/media/{id}/{lang}?/facts': ofTexts(() => ({ when: 'never' }), '400', true),
  '/desk/media/{id}/{lang}/typing': ofTexts(({ revisionId: base }) => ({ base, title: 'A', teaser: '', body: 'B' }), '200', true),
  '/desk/media/{id}/{lang}/docx': ofTexts(() => ({}), '400', true),
  '/desk/media/{id}/publish?/now': ofTexts(() => ({ seen: 'something else' }), '409'),
  '/desk/media/{id}/publish?/schedule': ofTexts(() => ({ day: '2020-01-01', hour: '09:00', zone: 'UTC' }), '400'),
  '/desk/media/{id}/publish?/callOff': ofTexts(() => ({}), '409'),
  '/desk/media/{id}/publish?/undo': ofTexts(() => ({ publication: newId() }), '409'),
  '/desk/media/{id}/publish?/address': ofTexts(() => ({ slug: 'Not An Address' }), '400'),
  '/desk/media/{id}/publish?/correct': ofTexts(async ({ id, seen }) => ({ ...(await letOut(id, seen)), note: '' }), '400'),
  '/desk/media/{id}/publish?/withdraw': ofTexts(async ({ id, seen }) => ({ ...(await letOut(id, seen)), reason: 'withdrawn', why: 'It was wrong.' }), '200'),
  '/desk/media/{id}/publish?/makeLink': ofTexts(() => ({ newsroom: 'A newsroom' }), '200'),
  '/desk/media/{id}/publish?/endLink': ofTexts(() => ({ link: newId() }), '404'),
  // Of a text in its first language, which nobody translates.
  '/desk/media/{id}/{lang}/translate?/save': ofTexts(({ revisionId: base }) => ({ base, title: '', 'p.0': 'Otro.' }), '404', true),
  '/desk/media/{id}/{lang}/translate?/keep': ofTexts(({ revisionId: base }) => ({ base, title: '', 'p.0': 'Otro.' }), '404', true),
  '/desk/media/{id}/{lang}/translate?/bring': ofTexts(() => ({}), '404', true),
  '/desk/media/{id}/{lang}/read?/say': ofTexts(() => ({ read: 'something else', verdict: 'good' }), '409', true),
  '/desk/media/{id}/publish?/unread': ofTextsForStewards(() => ({ read: 'something else', why: 'It cannot wait.' }), '409'),
  '/desk/media/{id}/notes?/ask': ofColleaguesOfTexts(() => ({ text: '' }), '400'),
  '/desk/media/{id}/notes?/answer': ofColleaguesOfTexts(() => ({ note: newId(), answer: 'x' }), '404'),
  '/desk/media/{id}/notes?/close': ofColleaguesOfTexts(() => ({ note: newId() }), '404'),
  '/desk/media/{id}/picture?/show': ofTexts(async ({ id }) => ({ in: 'es', file: await fileOf(await writerOf(id)) }), '303 /desk/media/{id}/picture?done=saved', true),
  '/desk/media/{id}/picture?/hide': ofTexts(async ({ id }) => ({ in: 'es', file: await fileOf(await writerOf(id)) }), '303 /desk/media/{id}/picture?done=same', true),
  '/desk/media/pictures?/add': ofAdders((of) => ({ for: of }), '400'),
  '/desk/media/upload': ofAdders((of) => ({ for: of, name: 'a.jpg', size: '10' }), '200'),
  '/desk/media/upload/{id}': ofHers({
    'her own': async ({ id }) => ({ at: id ? await uploadOf(id) : newId(), fields: { stop: '1' } }),
    'another person’s': async () => ({ at: await uploadOf((await newPerson(a)).id), fields: { stop: '1' } }),
    missing: () => ({ at: newId(), fields: { stop: '1' } }),
  }, { 'her own': '200', 'another person’s': '404', missing: '404' }),
  '/desk/media/pictures/{id}?/describe': ofFiles({ name: 'b.pdf', drawn: JSON.stringify({ name: 'a.pdf', credit: '', licence: '', alts: {} }) }, '303 /desk/media/pictures/{id}?done=kept'),
  '/desk/media/pictures/{id}?/consent': ofFiles({ seen: '0', state: 'not-needed', reason: 'a drawing' }, '303 /desk/media/pictures/{id}?done=recorded'),
  '/desk/media/pictures/{id}?/withdraw': ofFiles({ sure: 'on' }, '303 /desk/media/pictures/{id}?done=out'),
  '/desk/media/pictures/{id}?/redraw': ofFiles({ how: 'blur', x: '0', y: '0', width: '10', height: '10' }, '400'),
  '/desk/media/pictures/{id}?/replace': ofFiles({ next: 'none' }, '400'),
  '/desk/media/{id}/{lang}/compare?/restore': ofTexts(({ revisionId }) => ({ revision: revisionId, newest: newId() }), '409', true),
  '/desk/colleagues/{id}?/confirm': ofColleagues({ code: 'no code' }, '400'),
  '/desk/colleagues/{id}?/refuse': ofColleagues({ sure: 'on' }, '200'),
  '/desk/settings?/keep': ofStewards({ 'what stands': () => ({ fields: { drawn: '{}' } }) }, '200'),
  '/desk/settings/needs?/keep': ofStewards({ 'what another set': () => ({ fields: { drawn: '' } }) }, '409'),
  '/desk/settings/pages/{key}/{lang}?/keep': ofStewards({ 'no title': () => ({ at: 'about', fields: { title: '', body: '', drawn: '' } }), missing: () => ({ at: 'no-page', fields: { title: 'A', body: 'B' } }) }, { 'no title': '400', missing: '404' }),
  '/desk/settings/pages/{key}/{lang}?/preview': ofStewards({ about: () => ({ at: 'about', fields: { title: 'A', body: 'B' } }), missing: () => ({ at: 'no-page', fields: { title: 'A', body: 'B' } }) }, { about: '200', missing: '404' }),
  '/desk/settings/press?/add': ofStewards({
    new: () => ({ fields: { channel: `press-${++count}@example.org`, 'who.en': 'Duty' } }), 'no name': () => ({ fields: { channel: 'press@example.org' } }),
  }, { new: '303 /desk/settings/press?said=added', 'no name': '400' }),
  '/desk/settings/press?/change': ofStewards({ missing: () => ({ fields: { channel: 'press@example.org', 'who.en': 'Duty', seen: 'gone@example.org' } }) }, '409'),
  '/desk/settings/press?/remove': ofStewards({ missing: () => ({ fields: { seen: 'gone@example.org' } }) }, '409'),
  '/desk/settings/press?/restore': ofStewards({
    removed: () => ({ fields: { channel: `press-${++count}@example.org`, 'who.en': 'Duty', place: '0' } }), 'no name': () => ({ fields: { channel: 'press@example.org' } }),
  }, { removed: '200', 'no name': '400' }),
  '/desk/opening?/choose': ofStewards(NONE, '400'),
  '/desk/opening?/all': ofStewards(NONE, '400'),
  '/desk/opening?/open': ofStewards(NONE, '400'),
  '/desk/opening?/close': ofStewards(NONE, '400'),
  '/desk/organisations/new': ofStewards({ 'no name': () => ({ fields: { name: '' } }) }, '400'),
  '/desk/organisations/{id}?/save': ofItsOwn({ drawn: 'something else' }, '400'),
  '/desk/organisations/{id}?/shown': ofItsOwn({ shown: 'yes' }, '200', '404'),
  '/desk/organisations/{id}?/record': ofStewards(inEach((at) => ({ at, fields: { why: '' } }), () => ({ at: newId(), fields: { why: '' } })), { 'this organisation': '400', 'another organisation': '400', missing: '404' }),
  // Only a delegate of a recognised member asks; what is asked of nothing that is there, nobody does.
  '/desk/organisations/{id}?/propose': { ...ofHers({ 'an organisation': async () => ({ at: await newOrganisation(), fields: { why: 'x', member: a } }), missing: () => ({ at: newId(), fields: { why: 'x', member: a } }) }, '404'), besides: { delegate: { 'an organisation': '200', missing: '404' } } },
  '/desk/organisations/{id}?/voice': ofDelegates((fields) => ({ ...fields, answer: 'no', member: a })),
  '/desk/organisations/{id}?/back': ofDelegates((fields) => fields),
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
  '/desk/people/{id}?/out': ofStewards(inEach(async (at) => ({ at: (await newPerson(at)).id }), () => ({ at: newId() })), IN_EACH),
  '/desk/people/{id}?/leave': ofStewards(
    inEach(async (at) => ({ at: (await newPerson(at)).id, fields: { sure: 'on' } }), () => ({ at: newId(), fields: { sure: 'on' } })), IN_EACH),
}

const VIEWERS: Viewer[] = [
  { is: 'nobody' }, ...DUTIES.map((duty) => ({ is: duty, duty })), { is: 'editor of another organisation', duty: 'editor' }, { is: 'translator of another language', duty: 'translator' }, { is: 'editor of another language', duty: 'editor' },
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
    await recordRecognition(tx, a, { recognisedOn: Temporal.Now.plainDateISO(), basis: 'a decision' }, 'operator', now())
    // Enough people that colleagues can let each other back in.
    for (const n of [1, 2, 3]) await addDeskPerson(tx, `there-${n}`, 'observer', { organisationId: b })
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
const CHANGED: Record<string, string[]> = {
  session: ['id', 'endedAt'],
  person: ['id', 'name', 'signInName', 'endedAt'],
  personDuty: ['id', 'until'],
  entryLink: ['id', 'usedAt', 'revokedAt'],
  passkey: ['id', 'label'],
  passkeyChallenge: ['hash'],
  recoveryCode: ['personId', 'hash', 'usedAt'],
  personSecret: ['personId', 'passwordHash', 'totpSecret'],
  recoveryRequest: ['id', 'usedAt'],
  recoveryConfirmation: ['personId'],
  deskNotice: ['id', 'readAt'],
  organisation: ['id', 'agreedToBeShownAt'],
  organisationText: ['organisationId', 'name', 'about'],
  organisationRecognition: ['id', 'endedOn'],
  recognitionProposal: ['id', 'closedAt'],
  topic: ['key', 'mergedInto'],
  topicText: ['topicId', 'lang', 'name'],
  item: ['id', 'keptBy'],
  revision: ['id', 'hash'],
  libraryFile: ['id', 'name'],
  consent: ['fileId', 'number'],
  upload: ['id'],
  typing: ['itemId', 'personId', 'bodyMarkdown'],
  publication: ['id', 'publicUntil'],
  itemSlug: ['itemId', 'slug', 'isCurrent'],
  itemCorrection: ['id'],
  withdrawal: ['id'],
  trashedItem: ['itemId'],
  plan: ['id', 'version', 'removedAt'],
  pressLink: ['id', 'revokedAt'],
  agreementAsk: ['id', 'revokedAt'],
  signerLeavingOut: ['id', 'takenBackAt'],
  languageClaim: ['id', 'givenBackAt'],
  auditEntry: ['id'],
}

/** One sum over each of them, made where they lie: it is asked for twice an act. */
async function state(): Promise<string> {
  const sums = Object.entries(CHANGED).map(([table, columns]) => sql`(select md5(coalesce(string_agg(one::text, '' order by one::text), '')) from (select ${sql.join(columns.map((name) => sql.ref(name)))} from ${sql.table(table)}) one)`)
  return JSON.stringify((await sql`select array[${sql.join(sums)}] as sums`.execute(beside.db.read as never)).rows)
}

async function send(address: string, cookie: Record<string, string>, { at = '', fields = {} }: Sent) {
  const before = await state()
  const answer = await askRaw(own, address.replace('{lang}', 'es').replace(/\{\w+\}/, at), {
    'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': 'en', origin: own, ...cookie,
  }, 'POST', new URLSearchParams(fields).toString())
  const said = [answer.status, answer.header('location')?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')].filter(Boolean).join(' ')
  const typed = [at, ...Object.values(fields)].filter((text) => text.length > 5)
  return { said, body: typed.reduce((body, text) => body.replaceAll(text, '…'), answer.body.toString()), isChanged: (await state()) !== before }
}

test('every act of the desk has its row', () => {
  expect(Object.keys(ACTS).sort()).toEqual(listActs())
})

describe.each(Object.entries(ACTS))('%s', (address, { rows, ...answers }) => {
  test.each(VIEWERS)('answers $is as its row says, and changes nothing where it refuses', async (viewer) => {
    const expected = answers.besides?.[viewer.is] ?? answers[viewer.is === 'nobody' ? 'nobody' : viewer.duty === 'steward' ? 'steward' : 'others']
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
