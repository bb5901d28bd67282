import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { NOTHING_FROZEN, type Words } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { findDeskItem, findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { createItem, lockItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { signText } from '#rooms/media/server/signing-actions.ts'
import { type AskedTexts, listTexts } from '#rooms/media/server/text-list-queries.ts'
import { keepTyping, noteAtText } from '#rooms/media/server/typing-actions.ts'
import { findTyping, listOthersAt } from '#rooms/media/server/typing-queries.ts'
import { beginText, factsOf, saveTyped, type Settled, stateFacts, type Typed } from '#rooms/media/server/writing-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { mayRead } from '#rooms/media/writing.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const [a, b] = await act({ db }, async (tx) => Promise.all(['a', 'b'].map(async (slug) => {
  const id = newId()
  await tx.insertInto('organisation').values({ id, slug, createdAt: now } as never).execute()
  return id
}))) as [string, string]
let count = 0
async function person(duty: string, organisationId: string | null = a, lang: string | null = null): Promise<OnDuty> {
  const [id, name] = [newId(), `person-${++count}`]
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'en', createdAt: now, endedAt: null }).execute())
  return { id, duties: [{ duty, organisationId, lang } satisfies Duty] }
}
const [ana, rosa] = [await person('editor'), await person('editor')]
const words = (bodyMarkdown: string, title = 'Título', teaser = 'Bajada.'): Words => ({ title, teaser, bodyMarkdown })
const BODY = 'Uno.\n\nDos.\n\nTres.'
const begin = async (body = BODY, by = ana) => {
  const id = await act({ db }, (tx) => beginText(tx, by, { kind: 'news', lang: 'es', writtenIn: a, words: words(body), issuedBy: 'A' }, now))
  return { id, base: (await newest(id)).id }
}
const newest = async (id: string, lang = 'es') => (await findRevision(db.read, id, lang))!
const save = (id: string, typed: Typed, by = ana, settled?: Settled, lang = 'es') => act({ db }, async (tx) => {
  await lockItem(tx, id)
  return saveTyped(tx, id, 'es', lang, typed, settled, by.id, now)
})
const countRevisions = async (id: string) => (await db.read.selectFrom('revision').select('id').where('itemId', '=', id).execute()).length

test('a text is begun by whoever writes for its organisation in its language, who keeps it', async () => {
  const { id } = await begin()
  expect(await findDeskItem(db.read, id, now)).toMatchObject({ keptBy: ana.id, writtenIn: a, originalLang: 'es', texts: [{ lang: 'es', title: 'Título', publicRevisionId: null }] })
  const of = (who: OnDuty, writtenIn: string | null, lang = 'es') => act({ db }, (tx) => beginText(tx, who, { kind: 'news', lang, writtenIn, words: words(''), issuedBy: null }, now))
  expect(await of(ana, b)).toBe('not-found')
  expect(await of(ana, null)).toBe('not-found')
  expect(await of(await person('translator', a, 'ht'), a)).toBe('not-found')
  expect(await of(await person('delegate'), a)).toBe('not-found')
  expect(await of(await person('steward', null), null)).not.toBe('not-found')
})

test.each([
  ['as a browser sends it', (text: string) => text.replace(/\r\n?|\n/g, '\r\n')],
  ['as it is', (text: string) => text],
])('a text that was opened and saved untouched keeps every byte and makes no revision: %s', async (_, sent) => {
  const odd = '\nUno \t\n\n\n\n* a\n*  b  \n\n```\n\ncode\n```\r\n\r\nDos\u00a0.\n\n'
  const { id, base } = await begin(odd)
  expect(await save(id, { baseId: base, ...words(sent(odd)) })).toMatchObject({ saved: true, isNew: false })
  expect((await newest(id)).bodyMarkdown).toBe(odd)
  expect(await countRevisions(id)).toBe(1)
})

test('what two changed in different paragraphs is joined, whoever saves first', async () => {
  const { id, base } = await begin()
  expect(await save(id, { baseId: base, ...words('Uno!\n\nDos.\n\nTres.') }, rosa)).toMatchObject({ saved: true, joined: false })
  expect(await save(id, { baseId: base, ...words('Uno.\n\nDos.\n\nTres!', 'Otro título') })).toMatchObject({ saved: true, joined: true })
  expect(await newest(id)).toMatchObject({ title: 'Otro título', bodyMarkdown: 'Uno!\n\nDos.\n\nTres!', number: 3 })
})

test('what both changed is asked about and nothing is written; settled, it is what was settled on', async () => {
  const { id, base } = await begin()
  await save(id, { baseId: base, ...words('Uno.\n\nDos, dice ella.\n\nTres.', 'Suyo') }, rosa)
  const theirs = await newest(id)
  const mine = { baseId: base, ...words('Uno.\n\nDos, digo yo.\n\nTres!', 'Mío') }
  const asked = await save(id, mine)
  expect(asked).toMatchObject({ saved: false, obstacle: 'conflict', theirsId: theirs.id, joined: {
    title: [{ conflict: { before: 'Título', theirs: 'Suyo', mine: 'Mío' } }], bodyMarkdown: [{ text: 'Uno.\n\n' }, { conflict: { before: 'Dos.', theirs: 'Dos, dice ella.', mine: 'Dos, digo yo.' } }, { text: '\n\nTres!' }],
  } })
  expect(await newest(id)).toEqual(theirs)
  expect(await save(id, mine, ana, { theirsId: theirs.id, texts: ['Ambos', 'Dos, decimos.\r\nJuntas.'] })).toMatchObject({ saved: true, joined: true })
  expect(await newest(id)).toMatchObject({ title: 'Ambos', bodyMarkdown: 'Uno.\n\nDos, decimos.\nJuntas.\n\nTres!' })
})

test('what was saved while somebody settled is joined too, or asked about anew', async () => {
  const { id, base } = await begin()
  await save(id, { baseId: base, ...words('Uno.\n\nDos suyo.\n\nTres.') }, rosa)
  const theirs = await newest(id)
  const mine = { baseId: base, ...words('Uno.\n\nDos mío.\n\nTres.') }
  await save(id, { baseId: theirs.id, ...words('Uno.\n\nDos suyo.\n\nTres, y más.') }, rosa)
  expect(await save(id, mine, ana, { theirsId: theirs.id, texts: ['Dos de las dos.'] })).toMatchObject({ saved: true })
  expect((await newest(id)).bodyMarkdown).toBe('Uno.\n\nDos de las dos.\n\nTres, y más.')
  // And where the very same paragraph moved again, nobody's words go under.
  const again = await begin()
  await save(again.id, { baseId: again.base, ...words('Uno.\n\nDos A.\n\nTres.') }, rosa)
  const first = await newest(again.id)
  await save(again.id, { baseId: first.id, ...words('Uno.\n\nDos B.\n\nTres.') }, rosa)
  expect(await save(again.id, { baseId: again.base, ...words('Uno.\n\nDos C.\n\nTres.') }, ana, { theirsId: first.id, texts: ['Dos AC.'] }))
    .toMatchObject({ saved: false, joined: { bodyMarkdown: [{ text: 'Uno.\n\n' }, { conflict: { before: 'Dos A.', theirs: 'Dos B.', mine: 'Dos AC.' } }, { text: '\n\nTres.' }] } })
})

test('what is settled and joined is held to the limits of what is typed', async () => {
  const { id, base } = await begin()
  await save(id, { baseId: base, ...words('Uno.\n\nDos suyo.\n\nTres.', 'Suyo') }, rosa)
  const theirsId = (await newest(id)).id
  const mine = { baseId: base, ...words('Uno.\n\nDos mío.\n\nTres.', 'Mío') }
  for (const texts of [['', 'Dos.'], ['x'.repeat(301), 'Dos.'], ['Título', 'x'.repeat(200_001)]]) expect(await save(id, mine, ana, { theirsId, texts })).toEqual({ saved: false, obstacle: 'too-long' })
  expect((await newest(id)).id).toBe(theirsId)
})

test('many who save at once: each paragraph that somebody wrote stands in the text', async () => {
  const { id, base } = await begin(Array.from({ length: 8 }, (_, i) => `Párrafo ${i}.`).join('\n\n'))
  const saved = await Promise.all(Array.from({ length: 8 }, (_, i) => save(id, { baseId: base, ...words(Array.from({ length: 8 }, (_, j) => (i === j ? `Mío ${i}.` : `Párrafo ${j}.`)).join('\n\n')) }, i % 2 ? ana : rosa)))
  expect(saved.every((one) => one.saved)).toBe(true)
  expect((await newest(id)).bodyMarkdown).toBe(Array.from({ length: 8 }, (_, i) => `Mío ${i}.`).join('\n\n'))
})

test('a new language begins with the facts of its source and nobody’s signature, and two who begin it at once are asked', async () => {
  const { id } = await begin()
  await act({ db }, (tx) => saveRevision(tx, id, 'es', words(BODY), { ...NOTHING_FROZEN, when: '2026', topics: ['hiv'], signers: [{ organisationId: a, name: 'A' }], translator: 'X' }, ana.id, now))
  expect(await save(id, { baseId: null, ...words('Youn.', 'Tit') }, ana, undefined, 'ht')).toMatchObject({ saved: true, isNew: true, joined: false })
  expect((await newest(id, 'ht')).frozen).toEqual({ ...NOTHING_FROZEN, when: '2026', topics: ['hiv'] })
  expect(await save(id, { baseId: null, ...words('De.', 'Tit') }, rosa, undefined, 'ht')).toMatchObject({ saved: false, obstacle: 'conflict' })
  expect((await newest(id, 'ht')).bodyMarkdown).toBe('Youn.')
})

test('who signed agreed to other words: a changed text does not name them, an untouched one does', async () => {
  const { id } = await begin()
  await act({ db }, (tx) => signText(tx, { itemId: id, lang: 'es' }, [{ organisationId: a, name: 'A' }], 'operator', now))
  const base = (await newest(id)).id
  expect(await save(id, { baseId: base, ...words(BODY) })).toMatchObject({ isNew: false })
  expect((await newest(id)).frozen.signers).toHaveLength(1)
  expect(await save(id, { baseId: base, ...words('Otra cosa.') })).toMatchObject({ saved: true, unsigned: 1 })
  expect((await newest(id)).frozen.signers).toEqual([])
})

test('saving moves nothing that readers see, and what was withdrawn is not written on', async () => {
  const { id, base } = await begin()
  await act({ db }, (tx) => publishRevision(tx, { itemId: id, lang: 'es', revisionId: base, from: now, zone: 'UTC' }, ana.id, now))
  await save(id, { baseId: base, ...words('Otro.') })
  expect((await findDeskItem(db.read, id, now))!.texts[0]).toMatchObject({ publicRevisionId: base, number: 2 })
  await act({ db }, (tx) => withdrawText(tx, { itemId: id, lang: 'es', why: 'Error.', reason: 'withdrawn' }, ana.id, now))
  expect(await save(id, { baseId: base, ...words('Más.') })).toEqual({ saved: false, obstacle: 'withdrawn' })
})

test('a base that is not of this text is refused', async () => {
  const [one, other] = [await begin(), await begin()]
  for (const baseId of [other.base, newId(), 'x']) expect(await save(one.id, { baseId, ...words('Otro.') })).toEqual({ saved: false, obstacle: 'no-base' })
})

test('what is being typed is kept for who types it alone, until she saves', async () => {
  const { id, base } = await begin()
  const keep = (by: OnDuty, body: string) => act({ db }, (tx) => keepTyping(tx, id, 'es', by.id, { baseId: base, ...words(body) }, now))
  await keep(ana, 'Uno')
  await keep(ana, 'Uno y')
  await keep(rosa, 'De Rosa')
  expect(await findTyping(db.read, id, 'es', ana.id)).toMatchObject({ bodyMarkdown: 'Uno y', baseId: base })
  await save(id, { baseId: base, ...words('Uno y dos.') })
  expect(await findTyping(db.read, id, 'es', ana.id)).toBeUndefined()
  expect(await findTyping(db.read, id, 'es', rosa.id)).toMatchObject({ bodyMarkdown: 'De Rosa' })
})

test('who has a text open is told to the others for a minute', async () => {
  const { id } = await begin()
  await act({ db }, (tx) => noteAtText(tx, id, 'es', rosa.id, now))
  expect(await listOthersAt(db.read, id, 'es', ana.id, now.add({ seconds: 59 }))).toEqual([rosa.id])
  expect(await listOthersAt(db.read, id, 'es', rosa.id, now)).toEqual([])
  expect(await listOthersAt(db.read, id, 'es', ana.id, now.add({ seconds: 61 }))).toEqual([])
  await act({ db }, (tx) => noteAtText(tx, id, 'es', ana.id, now.add({ seconds: 61 })))
  expect(await db.read.selectFrom('atText').select('personId').where('itemId', '=', id).execute()).toEqual([{ personId: ana.id }])
})

test('facts are stated in every language at once, and not over what somebody stated meanwhile', async () => {
  const { id } = await begin()
  await save(id, { baseId: null, ...words('Youn.', 'Tit') }, ana, undefined, 'ht')
  const drawn = JSON.stringify(factsOf((await newest(id)).frozen))
  const facts = { when: '2026-12-03', dateOf: 'happened' as const, regions: [{ place: 'PY' }], topics: ['hiv'] }
  const state = (given: typeof facts, seen: string, langs = ['es', 'ht']) => act({ db }, (tx) => stateFacts(tx, id, langs, given, seen, ana.id, now))
  expect(await state(facts, drawn)).toEqual({ changed: 2 })
  expect([(await newest(id)).frozen, (await newest(id, 'ht')).frozen].map(factsOf)).toEqual([facts, facts])
  expect(await state(facts, drawn)).toEqual({ stands: JSON.stringify(facts) })
  expect(await state(facts, JSON.stringify(facts))).toEqual({ changed: 0 })
  expect(await state(facts, drawn, ['fr'])).toBe('not-found')
})

test('the list holds what somebody may read, and no more, by title, language and standing', async () => {
  const steward = await person('steward', null)
  const everybody = [steward, ana, await person('translator', a, 'ht'), await person('editor', b), await person('delegate'), await person('editor', b, 'pt')]
  const made = await Promise.all(([a, b, null] as const).map((writtenIn, i) => act({ db }, async (tx) => {
    const id = await createItem(tx, { kind: 'news', originalLang: 'es', ...(writtenIn !== null && { writtenIn }) }, 'operator', now)
    const { revisionId } = await saveRevision(tx, id, 'es', words(BODY, `Lista_100% ${i}`), NOTHING_FROZEN, 'operator', now)
    if (i === 1) await publishRevision(tx, { itemId: id, lang: 'es', revisionId, from: now, zone: 'UTC' }, 'operator', now)
    if (i === 2) await publishRevision(tx, { itemId: id, lang: 'es', revisionId, from: now.add({ hours: 1 }), zone: 'UTC' }, 'operator', now)
    return { id, writtenIn, originalLang: 'es' }
  })))
  const seen = async (who: OnDuty, asked: Partial<AskedTexts> = {}) => (await listTexts(db.read, who, { q: 'lista_100%', ...asked }, now)).map(({ id }) => made.findIndex((one) => one.id === id)).toSorted()
  for (const who of everybody) expect(await seen(who)).toEqual(made.flatMap((item, i) => (mayRead(who, item) ? [i] : [])))
  expect(await seen(steward, { state: 'draft' })).toEqual([0])
  expect(await seen(steward, { state: 'public', lang: 'es' })).toEqual([1])
  expect(await seen(steward, { state: 'waiting' })).toEqual([2])
  expect(await seen(steward, { state: 'missing', lang: 'ht' })).toEqual([0, 1, 2])
  expect(await seen(steward, { lang: 'ht' })).toEqual([])
  expect(await seen(steward, { q: 'lista%100' })).toEqual([])
  const first = await listTexts(db.read, steward, { q: '' }, now, 2)
  expect((await listTexts(db.read, steward, { q: '', before: first[1]!.id }, now, 2)).every(({ id }) => id < first[1]!.id)).toBe(true)
})
