// The library and consent: on a real database, with real pictures.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { articleData } from '#rooms/media/article-data.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { newsOf } from '#rooms/media/feed.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { isOut, type LibraryFile, type LibraryPicture, maySeeFile } from '#rooms/media/library.ts'
import { shownHere, shownToOthers } from '#rooms/media/server/consent-export-queries.ts'
import { takeBackConsents } from '#rooms/media/server/consent-take-back-actions.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { letGoOut, obstacleNow } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { addFile, answerConsent, describeFile, lockFile, lockFiles, recordConsent, redrawFile, withdrawConsent } from '#rooms/media/server/library-actions.ts'
import { findFile, listFiles, listUses } from '#rooms/media/server/library-queries.ts'
import { keepSent, redrawn, releasePicture, releasing } from '#rooms/media/server/sent-file.ts'
import { hideFile, replaceFile, showFile } from '#rooms/media/server/showing-actions.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import type { ShownFile } from '#rooms/media/shown.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-library-'))
afterAll(() => rmSync(folder, { recursive: true }))
const blobs = await openBlobs(db, folder)
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (hours = 0.01) => (now = now.add({ seconds: Math.round(hours * 3600) }))
const house = { db, blobs, clock: () => now, jobs: { send: async () => {} } as never }
const zone = 'America/Bogota'
const STEWARD: OnDuty = { id: newId(), duties: [{ duty: 'steward', organisationId: null, lang: null }] }
const [ORG, OTHER] = [newId(), newId()]
for (const [id, slug] of [[ORG, 'one'], [OTHER, 'two']] as const) await db.transaction((tx) => tx.insertInto('organisation').values({ id, slug, createdAt: now } as never).execute())
const editorOf = (organisationId: string, duty: 'editor' | 'translator' = 'editor', lang: string | null = null): OnDuty => ({ id: newId(), duties: [{ duty, organisationId, lang }] })

let shade = 0
/** No two alike, and none that a JPEG makes so. */
const picture = () => sharp({ create: { width: 300, height: 200, channels: 3, background: { r: (++shade * 37) % 256, g: (shade * 101) % 256, b: 90 } } }).png().toBuffer()
async function added(organisationId: string | null = null, bytes?: Buffer): Promise<LibraryFile> {
  const kept = await keepSent(house, bytes ?? (await picture()), 'es')
  if ('refused' in kept) throw new Error(kept.refused)
  const id = await act({ db }, async (tx) => {
    await kept.nameBlobs(tx, now)
    return addFile(tx, { organisationId, name: 'marcha.jpg', what: kept.what }, 'ana', later())
  })
  return (await findFile(db.read, id))!
}
const GIVEN: Consent = { state: 'given', reason: '', shownIn: ['site', 'prints', 'networks'], untilOn: null, endsAt: null, faceMayBeSeen: true }
const agree = (file: LibraryFile, more: Partial<Consent> = {}) => act({ db }, (tx) => recordConsent(tx, file, { ...GIVEN, ...more }, 'ana', later()))
const takeBack = (file: LibraryFile) => act({ db }, async (tx) => withdrawConsent(tx, (await findFile(tx, file.id))!, 'ana', later()))

let count = 0
async function item(writtenIn: string | null = null) {
  const title = `Marcha ${++count}`
  const id = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', ...(writtenIn && { writtenIn }) }, 'ana', later()))
  await act({ db }, (tx) => saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'Palabras.' }, NOTHING_FROZEN, 'ana', now))
  return { id, slug: `marcha-${count}` }
}
const show = (itemId: string, file: LibraryFile) => act({ db }, (tx) => showFile(tx, itemId, ['es'], file, 'ana', later()))
const letOut = async (itemId: string) => {
  const [text] = await listTextStandings(db.read, itemId, later())
  return act({ db }, (tx) => letGoOut(tx, itemId, { lang: 'es', seen: seenOf(text!), zone, nameSigners: async () => [], ledAmong: async () => [] }, 'ana', now))
}
const page = async (slug: string, at = now) => {
  const found = await findPublishedItem(db.read, 'es', slug, at)
  return found?.answer.found === 'item' ? { item: found.answer.item, changesAt: found.changesAt } : undefined
}
const largeOf = (file: LibraryFile) => (file.what.kind === 'picture' ? file.what.shown.large.hash : file.what.shown.hash)
const isThere = (file: LibraryFile, at = now) => isShownByText(db.read, largeOf(file), at)
const PDF = (text: string) => Buffer.from(`%PDF-1.7\n${text}`)

test('a text whose picture has unknown consent does not go out; with consent it does, and its alternative text stands in its language', async () => {
  const [{ id, slug }, file] = [await item(), await added()]
  await act({ db }, (tx) => describeFile(tx, file, { name: 'marcha', credit: 'Red X', licence: 'CC BY 4.0', alts: { es: 'Paraguas rojos' } }, 'ana', later()))
  await show(id, (await findFile(db.read, file.id))!)
  expect(await letOut(id)).toBe('picture-consent')
  expect(await page(slug)).toBeUndefined()
  await agree(file)
  expect(await letOut(id)).toBeNull()
  expect((await page(slug))?.item.picture).toMatchObject({ alt: 'Paraguas rojos', credit: 'Red X', licence: 'CC BY 4.0', keptFrom: [] })
  expect(await isThere(file)).toBe(true)
})

test('consent that is taken back takes the picture out of page, feed and address at once, of older revisions too, and consent anew brings it back', async () => {
  const [{ id, slug }, file, pdf] = [await item(), await added(), await added(null, PDF('canary'))]
  for (const one of [file, pdf]) {
    await agree(one)
    await show(id, one)
  }
  await letOut(id)
  const feed = async () => (await listForFeed(db.read, { lang: 'es' } as never, now)).told.flatMap((one) => ('files' in one && one.slug === slug ? one.files.map(({ hash }) => hash) : []))
  expect([await isThere(file), await isThere(pdf), await feed()]).toEqual([true, true, [largeOf(pdf)]])
  await takeBack(file)
  await takeBack(pdf)
  expect([await isThere(file), await isThere(pdf), await feed()]).toEqual([false, false, []])
  expect((await page(slug))?.item).toMatchObject({ picture: null, files: [] })
  // The text is frozen as it was: what people agreed to does not change.
  const [{ frozen }] = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', id).orderBy('number', 'desc').limit(1).execute() as unknown as [{ frozen: { picture?: unknown } }]
  expect(frozen.picture).toBeDefined()
  await act({ db }, (tx) => saveRevision(tx, id, 'es', { title: 'Otra', teaser: '', bodyMarkdown: 'Palabras.' }, frozen as never, 'ana', later()))
  expect(await letOut(id)).toBe('picture-consent')
  await agree(file)
  await agree(pdf)
  expect([await isThere(file), (await page(slug))?.item.picture !== null]).toEqual([true, true])
})

test('at the end of the last day consent is over by the clock alone, and a kept page knows when', async () => {
  const [{ id, slug }, file] = [await item(), await added()]
  const endsAt = now.add({ hours: 30 })
  await agree(file, { untilOn: Temporal.PlainDate.from('2026-11-25'), endsAt })
  await show(id, file)
  await letOut(id)
  const before = await page(slug, endsAt.subtract({ seconds: 1 }))
  expect([before?.item.picture !== null, before?.changesAt?.toString(), await isThere(file, endsAt.subtract({ seconds: 1 }))]).toEqual([true, endsAt.toString(), true])
  expect([(await page(slug, endsAt))?.item.picture, await isThere(file, endsAt)]).toEqual([null, false])
})

test('a file that is agreed for the site alone is shown there, and handed on neither by a feed nor by a search engine nor by a public export', async () => {
  const [{ id, slug }, file, free] = [await item(), await added(null, PDF('here alone')), await added(null, PDF('for all'))]
  await agree(file, { shownIn: ['site'] })
  await agree(free)
  for (const one of [file, free]) await show(id, one)
  await letOut(id)
  const found = (await page(slug))!.item
  expect(found.files.map(({ hash, keptFrom }) => [hash, keptFrom])).toEqual([[largeOf(file), ['prints', 'networks']], [largeOf(free), []]])
  const entry = (await listForFeed(db.read, { lang: 'es' } as never, now)).told.find((one) => 'slug' in one && one.slug === slug)!
  const told = JSON.stringify([newsOf(entry, { origin: 'https://x.example', lang: 'es', zone }), articleData(found, 'https://x.example/es/x', 'X', 'card')])
  const { frozen } = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  const exported = await shownToOthers(db.read, id, frozen, now)
  expect([told.includes(largeOf(file)), told.includes(largeOf(free)), exported.files?.map(({ hash }) => hash), JSON.stringify(exported).includes('keptFrom')]).toEqual([false, true, [largeOf(free)], false])
})

test('what is agreed for the site alone is kept from press kits and other sites, and what is not agreed for the site is nowhere', async () => {
  const [{ id, slug }, file] = [await item(), await added()]
  await agree(file, { shownIn: ['site'] })
  await show(id, file)
  await letOut(id)
  expect((await page(slug))?.item.picture?.keptFrom).toEqual(['prints', 'networks'])
  await agree(file, { shownIn: ['prints'] })
  expect([(await page(slug))?.item.picture, await isThere(file)]).toEqual([null, false])
})

test('where nobody may recognise a face, what the picture was before it was blurred is out, whoever shows it, and comes back by no older version', async () => {
  const [shown, draft] = [await item(ORG), await item(ORG)]
  // Blurred, one colour stays as it is.
  const file = await added(ORG, await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).png().toBuffer())
  if (file.what.kind !== 'picture') throw new Error('no picture')
  await agree(file)
  for (const { id } of [shown, draft]) await show(id, file)
  await letOut(shown.id)
  expect((await page(shown.slug))?.item.picture).not.toBeNull()
  const drawn = await redrawn(house, file.what.shown, { x: 0, y: 0, width: 50, height: 50 }, 'blur')
  if ('refused' in drawn) throw new Error(drawn.refused)
  later()
  await act({ db }, (tx) => redrawFile(tx, file, drawn, 'ana', later()))
  const blurred = (await findFile(db.read, file.id))!
  expect([await isThere(file), (await page(shown.slug))?.item.picture?.large.hash]).toEqual([true, largeOf(file)])
  for (const consent of [{ faceMayBeSeen: false }, { state: 'not-needed', reason: 'Nobody is seen', shownIn: [], faceMayBeSeen: false }] as Partial<Consent>[]) {
    await agree(blurred, consent)
    expect([await isThere(file), (await page(shown.slug))?.item.picture]).toEqual([false, null])
    expect(await letOut(draft.id)).toBe('picture-consent')
  }
  await show(draft.id, blurred)
  expect([await letOut(draft.id), (await page(draft.slug))?.item.picture?.large.hash, await isThere(blurred)]).toEqual([null, largeOf(blurred), true])
  const first = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', draft.id).orderBy('number', 'asc').offset(1).limit(1).executeTakeFirstOrThrow()
  await act({ db }, (tx) => saveRevision(tx, draft.id, 'es', { title: 'Como antes', teaser: '', bodyMarkdown: 'Palabras.' }, first.frozen, 'ana', later()))
  expect([await letOut(draft.id), await isThere(file)]).toEqual(['picture-consent', false])
  // Where a picture is cropped after nobody had to be asked, what it was shows nobody either.
  const drawing = await added(ORG)
  const other = await item(ORG)
  await agree(drawing, { state: 'not-needed', reason: 'A drawing', shownIn: [], faceMayBeSeen: false })
  await show(other.id, drawing)
  await letOut(other.id)
  later()
  const cut = await redrawn(house, (drawing.what as { shown: LibraryPicture }).shown, { x: 0, y: 0, width: 50, height: 50 }, 'crop')
  if ('refused' in cut) throw new Error(cut.refused)
  await act({ db }, (tx) => redrawFile(tx, drawing, cut, 'ana', later()))
  expect(await isThere(drawing)).toBe(true)
})

test('what one organisation records of the same file, all but that it was taken back, says nothing for texts of another', async () => {
  const bytes = PDF('the same report')
  const [here, there] = [await added(ORG, bytes), await added(OTHER, bytes)]
  const { id, slug } = await item(ORG)
  await show(id, here)
  await agree(there, { state: 'not-needed', reason: 'x', shownIn: [] })
  expect(await letOut(id)).toBe('picture-consent')
  await agree(here)
  expect(await letOut(id)).toBeNull()
  for (const doubt of [{ shownIn: ['prints'] }, { endsAt: now.subtract({ hours: 1 }) }] as Partial<Consent>[]) await agree(there, doubt)
  expect([(await page(slug))?.item.files.length, await isThere(here)]).toEqual([1, true])
  await takeBack(there)
  expect([(await page(slug))?.item.files.length, await isThere(here)]).toEqual([0, false])
})

test('captions that a film was given later are of the same people: they go out with it, and with it they are gone', async () => {
  const [film, captions] = await Promise.all(['film', 'captions'].map((text) => blobs.write(PDF(`of ${text}`))))
  await act({ db }, async (tx) => { for (const one of [film!, captions!]) await recordBlob(tx, { ...one, mediaType: 'text/vtt' }, now) })
  const { id } = await item(ORG)
  const shown = { hash: film!.hash, byteSize: film!.byteSize, name: 'film.mp4', title: 'Film', mediaType: 'video/mp4', lang: 'es' }
  const save = (title: string, files: ShownFile[]) => act({ db }, (tx) => saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'x' }, { ...NOTHING_FROZEN, files }, 'operator', later()))
  await save('Uno', [shown])
  await save('Dos', [{ ...shown, captions: { hash: captions!.hash, lang: 'es' } }])
  const [file] = await listFiles(db.read, STEWARD, { q: 'Film' }, now)
  await agree(file!)
  expect(await letOut(id)).toBeNull()
  expect(await isShownByText(db.read, captions!.hash, now)).toBe(true)
  await takeBack(file!)
  expect(await isShownByText(db.read, captions!.hash, now)).toBe(false)
})

test('a form drawn before somebody else recorded anything records nothing, and what was taken out comes back only by whoever asked anew', async () => {
  const file = await added()
  const answer = (seen: number, isAgain = false) => act({ db }, async (tx) => answerConsent(tx, (await lockFile(tx, file.id))!, GIVEN, { seen, isAgain }, 'ana', later()))
  const state = async () => { const { consent } = (await findFile(db.read, file.id))!; return [consent?.number, consent?.state] }
  expect([await answer(NaN), await answer(1), await state()]).toEqual(['meanwhile', 'meanwhile', [undefined, undefined]])
  expect([await answer(0), await answer(0), await state()]).toEqual([null, 'meanwhile', [1, 'given']])
  await takeBack(file)
  expect([await answer(1), await answer(1, true), await answer(2), await state()]).toEqual(['meanwhile', 'meanwhile', 'not-again', [2, 'withdrawn']])
  expect([await answer(2, true), await state()]).toEqual([null, [3, 'given']])
})

test('whoever added the same file learns that it was taken out elsewhere, and is not drawn it', async () => {
  const bytes = await picture()
  const [here, there] = [await added(ORG, bytes), await added(OTHER, bytes)]
  await agree(here)
  await takeBack(there)
  const found = (await findFile(db.read, here.id))!
  expect([found.isOutElsewhere, isOut(found), found.consent?.state]).toEqual([true, true, 'given'])
  expect((await listFiles(db.read, editorOf(ORG), { q: '', state: 'withdrawn' }, now, 1000)).map(({ id }) => id)).toContain(here.id)
  await agree(there)
  expect(isOut((await findFile(db.read, here.id))!)).toBe(false)
})

test('a draft of others that shows the same file is told to nobody else: by no number, no list and no answer', async () => {
  const bytes = PDF('in a draft of others')
  const [here, there] = [await added(ORG, bytes), await added(OTHER, bytes)]
  const draft = await item(OTHER)
  await show(draft.id, there)
  await agree(there)
  const uses = async (who: OnDuty) => {
    const all = await listFiles(db.read, who, { q: '' }, now, 1000)
    const unused = await listFiles(db.read, who, { q: '', state: 'unused' }, now, 1000)
    return [all.find(({ id }) => id === here.id)?.uses, unused.some(({ id }) => id === here.id)]
  }
  const seen = async () => (await listUses(db.read, here.id, now)).map(({ isSeen }) => isSeen)
  const left = async () => (await act({ db }, (tx) => replaceFile(tx, editorOf(ORG), here, here, zone, later()))).left
  expect([await uses(editorOf(ORG)), await uses(STEWARD), await seen(), await left()]).toEqual([[0, true], [1, false], [false], 0])
  await letOut(draft.id)
  expect([await uses(editorOf(ORG)), await seen(), await left()]).toEqual([[1, false], [true], 1])
})

test('two who put files in each other’s place take turns, and what only names a file waits for nobody', async () => {
  const [one, two] = [await added(ORG), await added(ORG)]
  const both = (ids: string[]) => act({ db }, (tx) => lockFiles(tx, ids))
  for (let round = 0; round < 20; round++) expect((await Promise.all([both([one.id, two.id]), both([two.id, one.id])])).map(({ size }) => size)).toEqual([2, 2])
  await act({ db }, async (tx) => {
    await lockFile(tx, one.id)
    await act({ db }, async (other) => {
      await sql`set local lock_timeout = '500ms'`.execute(other)
      await other.insertInto('libraryAlt').values({ fileId: one.id, lang: 'pt', text: 'Uma rua' }).execute()
    })
  })
})

test('an export from elsewhere brings nothing back that was taken back here, and nothing of days to come; what was recorded earlier there comes', async () => {
  const file = await added(ORG)
  const { id } = await item(ORG)
  await show(id, file)
  const told = (recordedAt: Temporal.Instant) => act({ db }, (tx) => takeBackConsents(tx, id, [{ ...GIVEN, shownIn: [...GIVEN.shownIn], hash: largeOf(file), recordedAt }], 'ana', now))
  const state = async () => (await findFile(db.read, file.id))!.consent?.state
  await told(now.add({ hours: 1 }))
  expect(await state()).toBeUndefined()
  await told(now)
  expect(await state()).toBe('given')
  await takeBack(file)
  later(2)
  await told(now)
  expect(await state()).toBe('withdrawn')
})

test('whoever is asked to agree is told nothing of a picture that was taken back', async () => {
  const { id } = await item(ORG)
  const file = await added(ORG)
  await show(id, file)
  const { frozen } = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  expect((await shownHere(db.read, id, frozen, now)).picture).toBeDefined()
  await takeBack(file)
  expect((await shownHere(db.read, id, frozen, now)).picture).toBeUndefined()
})

test('what is drawn for nothing is let go, and what the library has stays', async () => {
  const kept = await keepSent(house, await picture(), 'es')
  if ('refused' in kept || kept.what.kind !== 'picture') throw new Error('no picture')
  const { pictureId, large } = kept.what.shown
  const isThere = async () => [(await db.read.selectFrom('picture').select('id').where('id', '=', pictureId).execute()).length, (await db.read.selectFrom('blob').select('hash').where('hash', '=', large.hash).where('unusedSince', 'is', null).execute()).length]
  await expect(releasing(kept, async () => { throw new Error('meanwhile') })).rejects.toThrow('meanwhile')
  expect(await isThere()).toEqual([0, 0])
  const file = await added(ORG)
  if (file.what.kind !== 'picture') throw new Error('no picture')
  await releasePicture(house, file.what.shown.pictureId)
  expect((await db.read.selectFrom('picture').select('id').where('id', '=', file.what.shown.pictureId).execute()).length).toBe(1)
})

test('the same picture that two added is out when the people in it take consent back at either, and a doubt of one takes nothing down', async () => {
  const bytes = await picture()
  const [here, there] = [await added(ORG, bytes), await added(OTHER, bytes)]
  const { id, slug } = await item(ORG)
  await agree(here)
  await show(id, here)
  await letOut(id)
  expect((await page(slug))?.item.picture).not.toBeNull()
  await takeBack(there)
  expect((await page(slug))?.item.picture).toBeNull()
})

test('a picture that came by a command or an import is in the library with consent unknown, shown on as it was, and once', async () => {
  const kept = await keepSent(house, await picture(), 'es')
  if ('refused' in kept || kept.what.kind !== 'picture') throw new Error('no picture')
  const { pictureId, inPage, large } = kept.what.shown
  const { id } = await item(ORG)
  const frozen = { ...NOTHING_FROZEN, pictureId, picture: { alt: 'Una calle', credit: 'Red X', licence: null, inPage, large } }
  for (const title of ['Una', 'Dos']) await act({ db }, (tx) => saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'x' }, frozen, 'operator', later()))
  const found = (await listFiles(db.read, STEWARD, { q: 'una calle' }, now))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ organisationId: ORG, credit: 'Red X', alts: { es: 'Una calle' }, consent: undefined, uses: 1 })
  const starter = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', isStarter: true }, 'system', later()))
  await act({ db }, (tx) => saveRevision(tx, starter, 'es', { title: 'De inicio', teaser: '', bodyMarkdown: 'x' }, frozen, 'system', later()))
  expect((await listFiles(db.read, STEWARD, { q: 'De inicio' }, now))[0]?.consent).toMatchObject({ state: 'not-needed', reason: 'starter' })
})

test('a cropped picture is the same file of the library: consent taken back takes its older forms out too', async () => {
  const [{ id, slug }, file] = [await item(), await added()]
  await agree(file)
  await show(id, file)
  await letOut(id)
  if (file.what.kind !== 'picture') throw new Error('no picture')
  const drawn = await redrawn(house, file.what.shown, { x: 0, y: 0, width: 50, height: 50 }, 'crop')
  if ('refused' in drawn) throw new Error(drawn.refused)
  await act({ db }, (tx) => redrawFile(tx, file, drawn, 'ana', later()))
  const anew = (await findFile(db.read, file.id))!
  expect([largeOf(anew) === largeOf(file), (await page(slug))?.item.picture?.large.hash]).toEqual([false, largeOf(file)])
  const done = await act({ db }, (tx) => replaceFile(tx, STEWARD, anew, anew, zone, later()))
  expect([done, (await page(slug))?.item.picture?.large.hash, await isThere(file)]).toEqual([{ changed: 1, published: 1, left: 0 }, largeOf(anew), false])
  await takeBack(file)
  expect([await isThere(anew), (await page(slug))?.item.picture]).toEqual([false, null])
})

test('replacing it everywhere changes what its person may write, publishes what she may, and leaves what organisations signed', async () => {
  const [file, next] = [await added(ORG), await added(ORG)]
  for (const one of [file, next]) await agree(one)
  const [open, signed, elsewhere] = [await item(ORG), await item(ORG), await item(OTHER)]
  for (const { id } of [open, signed, elsewhere]) {
    await show(id, file)
    // What one organisation recorded counts for its own texts.
    expect(await letOut(id)).toBe(id === elsewhere.id ? 'picture-consent' : null)
  }
  await agree((await listFiles(db.read, STEWARD, { q: '', of: OTHER }, now))[0]!)
  expect(await letOut(elsewhere.id)).toBeNull()
  const revision = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', signed.id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  await act({ db }, (tx) => saveRevision(tx, signed.id, 'es', { title: 'Firmado', teaser: '', bodyMarkdown: 'x' }, { ...revision.frozen, signers: [{ organisationId: OTHER, name: 'Dos', ledBySexWorkers: false } as never] }, 'ana', later()))
  const done = await act({ db }, (tx) => replaceFile(tx, editorOf(ORG), file, next, zone, later()))
  expect(done).toEqual({ changed: 1, published: 1, left: 2 })
  expect([(await page(open.slug))?.item.picture?.large.hash, (await page(elsewhere.slug))?.item.picture?.large.hash]).toEqual([largeOf(next), largeOf(file)])
  expect((await listUses(db.read, file.id, now)).map(({ itemId }) => itemId).sort()).toEqual([signed.id, elsewhere.id].sort())
  // What nobody agreed to is put into drafts, and not before readers.
  const unknown = await added(ORG)
  expect(await act({ db }, (tx) => replaceFile(tx, editorOf(ORG), next, unknown, zone, later()))).toEqual({ changed: 1, published: 0, left: 0 })
  expect((await page(open.slug))?.item.picture?.large.hash).toBe(largeOf(next))
  expect(await act({ db }, (tx) => hideFile(tx, open.id, ['es'], unknown, 'ana', later()))).toBe(1)
})

test('the library lists what somebody may see, and no more, by words and state', async () => {
  const [mine, theirs] = [await added(ORG), await added(OTHER)]
  await act({ db }, (tx) => describeFile(tx, mine, { name: '100%_mía', credit: '', licence: '', alts: { es: 'Un quetzal' } }, 'ana', later()))
  const everything = await listFiles(db.read, STEWARD, { q: '' }, now, 1000)
  for (const who of [STEWARD, editorOf(ORG), editorOf(OTHER, 'translator', 'pt'), { id: newId(), duties: [] }]) {
    const ids = async (asked = {}) => (await listFiles(db.read, who, { q: '', ...asked }, now, 1000)).map(({ id }) => id)
    expect(await ids()).toEqual(everything.filter((file) => maySeeFile(who, file)).map(({ id }) => id))
  }
  const ids = async (asked: object) => (await listFiles(db.read, editorOf(ORG), { q: '', ...asked }, now, 1000)).map(({ id }) => id)
  expect([await ids({ q: '100%_' }), await ids({ q: 'QUETZAL' }), await ids({ q: '1000' })]).toEqual([[mine.id], [mine.id], []])
  expect((await ids({ state: 'unknown' })).includes(mine.id)).toBe(true)
  expect([(await ids({ state: 'no-alt', lang: 'es' })).includes(mine.id), (await ids({ state: 'no-alt', lang: 'pt' })).includes(mine.id)]).toEqual([false, true])
  await takeBack(mine)
  expect([(await ids({ state: 'withdrawn' })).includes(mine.id), (await ids({ state: 'unknown' })).includes(mine.id), (await ids({ state: 'unused' })).includes(mine.id), (await ids({})).includes(theirs.id)]).toEqual([true, false, true, false])
  const all = await ids({})
  const first = (await listFiles(db.read, editorOf(ORG), { q: '' }, now, 2)).map(({ id }) => id)
  expect([...first, ...(await ids({ before: first.at(-1) }))]).toEqual(all)
})

test('an SVG, a page that calls itself a picture, a bomb and nothing at all are not taken; a picture with an archive behind it loses that', async () => {
  const refused = async (bytes: Buffer | string) => {
    const kept = await keepSent(house, Buffer.from(bytes), 'es')
    return 'refused' in kept ? kept.refused : kept.what.kind
  }
  expect(await refused('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')).toBe('svg')
  expect(await refused('<html><script>alert(1)</script>')).toBe('no-kind')
  expect(await refused('')).toBe('no-file')
  expect(await refused((await picture()).subarray(0, 200))).toBe('damaged')
  expect(await refused(await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } }).png().toBuffer())).toBe('too-many-pixels')
  const polyglot = await added(null, Buffer.concat([await picture(), Buffer.from('PK\x03\x04<script>alert("canary")</script>')]))
  expect(String(await blobs.read(largeOf(polyglot)))).not.toContain('canary')
})

test('the log tells of each act and of no word that was typed', async () => {
  const file = await added(ORG)
  await act({ db }, (tx) => describeFile(tx, file, { name: 'Ana Quetzal', credit: 'Quetzal', licence: '', alts: { es: 'Quetzal' } }, 'ana', later()))
  await act({ db }, (tx) => recordConsent(tx, file, { ...GIVEN, state: 'not-needed', reason: 'Quetzal' }, 'ana', later()))
  await takeBack(file)
  const told = await db.read.selectFrom('auditEntry').selectAll().where('subject', '=', `library-file:${file.id}`).orderBy('id').execute()
  expect(told.map((one) => one.act)).toEqual(['add-library-file', 'describe-library-file', 'record-consent', 'withdraw-consent'])
  expect(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/quetzal/i)
  const rows = await db.read.selectFrom('consent').select(['number', 'state']).where('fileId', '=', file.id).orderBy('number').execute()
  expect(rows).toEqual([{ number: 1, state: 'not-needed' }, { number: 2, state: 'withdrawn' }])
})

test('what stands in the way is told where it is published', async () => {
  const [{ id }, file] = [await item(), await added()]
  await show(id, file)
  const [text] = await listTextStandings(db.read, id, later())
  expect(obstacleNow(text!, { waits: false, isSignedOtherwise: false, missing: [] })).toBe('picture-consent')
})
