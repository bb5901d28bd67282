// Whose consent counts, for which form of a file, and what is told of it: on a real database, with real pictures.
import { sql } from 'kysely'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { act } from '#kernel/database/act.ts'
import { articleData } from '#rooms/media/article-data.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { newsOf } from '#rooms/media/feed.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { isOut, type LibraryPicture } from '#rooms/media/library.ts'
import { shownHere, shownToOthers } from '#rooms/media/server/consent-export-queries.ts'
import { takeBackConsents } from '#rooms/media/server/consent-take-back-actions.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { answerConsent, lockFile, lockFiles, redrawFile } from '#rooms/media/server/library-actions.ts'
import { findFile, listFiles, listUses } from '#rooms/media/server/library-queries.ts'
import { keepSent, redrawn, releasePicture, releasing } from '#rooms/media/server/sent-file.ts'
import { replaceFile } from '#rooms/media/server/showing-actions.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import type { ShownFile } from '#rooms/media/shown.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'

const { db, blobs, time, later, house, zone, STEWARD, ORG, OTHER, editorOf, picture, added, GIVEN, agree, takeBack, item, show, letOut, page, largeOf, isThere, PDF } = await openLibrary()

test('a file that is agreed for the site alone is shown there, and handed on neither by a feed nor by a search engine nor by a public export', async () => {
  const [{ id, slug }, file, free] = [await item(), await added(null, PDF('here alone')), await added(null, PDF('for all'))]
  await agree(file, { shownIn: ['site'] })
  await agree(free)
  for (const one of [file, free]) await show(id, one)
  await letOut(id)
  const found = (await page(slug))!.item
  expect(found.files.map(({ hash, keptFrom }) => [hash, keptFrom])).toEqual([[largeOf(file), ['prints', 'networks']], [largeOf(free), []]])
  const entry = (await listForFeed(db.read, { lang: 'es' } as never, time.now)).told.find((one) => 'slug' in one && one.slug === slug)!
  const told = JSON.stringify([newsOf(entry, { origin: 'https://x.example', lang: 'es', zone }), articleData(found, 'https://x.example/es/x', 'X', 'card')])
  const { frozen } = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  const exported = await shownToOthers(db.read, id, frozen, time.now)
  expect([told.includes(largeOf(file)), told.includes(largeOf(free)), exported.files?.map(({ hash }) => hash), JSON.stringify(exported).includes('keptFrom')]).toEqual([false, true, [largeOf(free)], false])
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
  for (const doubt of [{ shownIn: ['prints'] }, { endsAt: time.now.subtract({ hours: 1 }) }] as Partial<Consent>[]) await agree(there, doubt)
  expect([(await page(slug))?.item.files.length, await isThere(here)]).toEqual([1, true])
  await takeBack(there)
  expect([(await page(slug))?.item.files.length, await isThere(here)]).toEqual([0, false])
})

test('captions that a film was given later are of the same people: they go out with it, and with it they are gone', async () => {
  const [film, captions] = await Promise.all(['film', 'captions'].map((text) => blobs.write(PDF(`of ${text}`))))
  await act({ db }, async (tx) => { for (const one of [film!, captions!]) await recordBlob(tx, { ...one, mediaType: 'text/vtt' }, time.now) })
  const { id } = await item(ORG)
  const shown = { hash: film!.hash, byteSize: film!.byteSize, name: 'film.mp4', title: 'Film', mediaType: 'video/mp4', lang: 'es' }
  const save = (title: string, files: ShownFile[]) => act({ db }, (tx) => saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'x' }, { ...NOTHING_FROZEN, files }, 'operator', later()))
  await save('Uno', [shown])
  await save('Dos', [{ ...shown, captions: { hash: captions!.hash, lang: 'es' } }])
  const [file] = await listFiles(db.read, STEWARD, { q: 'Film' }, time.now)
  await agree(file!)
  expect(await letOut(id)).toBeNull()
  expect(await isShownByText(db.read, captions!.hash, time.now)).toBe(true)
  await takeBack(file!)
  expect(await isShownByText(db.read, captions!.hash, time.now)).toBe(false)
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
  expect((await listFiles(db.read, editorOf(ORG), { q: '', state: 'withdrawn' }, time.now, 1000)).map(({ id }) => id)).toContain(here.id)
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
    const all = await listFiles(db.read, who, { q: '' }, time.now, 1000)
    const unused = await listFiles(db.read, who, { q: '', state: 'unused' }, time.now, 1000)
    return [all.find(({ id }) => id === here.id)?.uses, unused.some(({ id }) => id === here.id)]
  }
  const seen = async () => (await listUses(db.read, here.id, time.now)).map(({ isSeen }) => isSeen)
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
  const told = (recordedAt: Temporal.Instant) => act({ db }, (tx) => takeBackConsents(tx, id, [{ ...GIVEN, shownIn: [...GIVEN.shownIn], hash: largeOf(file), recordedAt }], 'ana', time.now))
  const state = async () => (await findFile(db.read, file.id))!.consent?.state
  await told(time.now.add({ hours: 1 }))
  expect(await state()).toBeUndefined()
  await told(time.now)
  expect(await state()).toBe('given')
  await takeBack(file)
  later(2)
  await told(time.now)
  expect(await state()).toBe('withdrawn')
})

test('whoever is asked to agree is told nothing of a picture that was taken back', async () => {
  const { id } = await item(ORG)
  const file = await added(ORG)
  await show(id, file)
  const { frozen } = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  expect((await shownHere(db.read, id, frozen, time.now)).picture).toBeDefined()
  await takeBack(file)
  expect((await shownHere(db.read, id, frozen, time.now)).picture).toBeUndefined()
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
