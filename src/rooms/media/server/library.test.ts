// The library and consent: on a real database, with real pictures.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { describedAs, type LibraryFile, maySeeFile } from '#rooms/media/library.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { obstacleNow } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { type Described, describeFile, recordConsent, redrawFile } from '#rooms/media/server/library-actions.ts'
import { findFile, listFiles, listUses } from '#rooms/media/server/library-queries.ts'
import { keepSent, redrawn } from '#rooms/media/server/sent-file.ts'
import { hideFile, replaceFile } from '#rooms/media/server/showing-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'

const { db, blobs, time, later, house, zone, STEWARD, ORG, OTHER, editorOf, picture, added, GIVEN, agree, takeBack, item, show, letOut, page, largeOf, isThere, PDF } = await openLibrary()

const described = (tx: Tx, file: LibraryFile, words: Described) => describeFile(tx, file, words, describedAs(file, Object.keys(words.alts)), 'ana', later())

test('a text whose picture has unknown consent does not go out; with consent it does, and its alternative text stands in its language', async () => {
  const [{ id, slug }, file] = [await item(), await added()]
  await act({ db }, (tx) => described(tx, file, { name: 'marcha', credit: 'Red X', licence: 'CC BY 4.0', alts: { es: 'Paraguas rojos' } }))
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
  const feed = async () => (await listForFeed(db.read, { lang: 'es' } as never, time.now)).told.flatMap((one) => ('files' in one && one.slug === slug ? one.files.map(({ hash }) => hash) : []))
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
  const endsAt = time.now.add({ hours: 30 })
  await agree(file, { untilOn: Temporal.PlainDate.from('2026-11-25'), endsAt })
  await show(id, file)
  await letOut(id)
  const before = await page(slug, endsAt.subtract({ seconds: 1 }))
  expect([before?.item.picture !== null, before?.changesAt?.toString(), await isThere(file, endsAt.subtract({ seconds: 1 }))]).toEqual([true, endsAt.toString(), true])
  expect([(await page(slug, endsAt))?.item.picture, await isThere(file, endsAt)]).toEqual([null, false])
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
  const found = (await listFiles(db.read, STEWARD, { q: 'una calle' }, time.now))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ organisationId: ORG, credit: 'Red X', alts: { es: 'Una calle' }, consent: undefined, uses: 1 })
  const starter = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', isStarter: true }, 'system', later()))
  await act({ db }, (tx) => saveRevision(tx, starter, 'es', { title: 'De inicio', teaser: '', bodyMarkdown: 'x' }, frozen, 'system', later()))
  expect((await listFiles(db.read, STEWARD, { q: 'De inicio' }, time.now))[0]?.consent).toMatchObject({ state: 'not-needed', reason: 'starter' })
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
  await agree((await listFiles(db.read, STEWARD, { q: '', of: OTHER }, time.now))[0]!)
  expect(await letOut(elsewhere.id)).toBeNull()
  const revision = await db.read.selectFrom('revision').select('frozen').where('itemId', '=', signed.id).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  await act({ db }, (tx) => saveRevision(tx, signed.id, 'es', { title: 'Firmado', teaser: '', bodyMarkdown: 'x' }, { ...revision.frozen, signers: [{ organisationId: OTHER, name: 'Dos', ledBySexWorkers: false } as never] }, 'ana', later()))
  const done = await act({ db }, (tx) => replaceFile(tx, editorOf(ORG), file, next, zone, later()))
  expect(done).toEqual({ changed: 1, published: 1, left: 2 })
  expect([(await page(open.slug))?.item.picture?.large.hash, (await page(elsewhere.slug))?.item.picture?.large.hash]).toEqual([largeOf(next), largeOf(file)])
  expect((await listUses(db.read, file.id, time.now)).map(({ itemId }) => itemId).sort()).toEqual([signed.id, elsewhere.id].sort())
  // What nobody agreed to is put into drafts, and not before readers.
  const unknown = await added(ORG)
  expect(await act({ db }, (tx) => replaceFile(tx, editorOf(ORG), next, unknown, zone, later()))).toEqual({ changed: 1, published: 0, left: 0 })
  expect((await page(open.slug))?.item.picture?.large.hash).toBe(largeOf(next))
  expect(await act({ db }, (tx) => hideFile(tx, open.id, ['es'], unknown, 'ana', later()))).toBe(1)
})

test('the library lists what somebody may see, and no more, by words and state', async () => {
  const [mine, theirs] = [await added(ORG), await added(OTHER)]
  await act({ db }, (tx) => described(tx, mine, { name: '100%_mía', credit: '', licence: '', alts: { es: 'Un quetzal' } }))
  const everything = await listFiles(db.read, STEWARD, { q: '' }, time.now, 1000)
  for (const who of [STEWARD, editorOf(ORG), editorOf(OTHER, 'translator', 'pt'), { id: newId(), duties: [] }]) {
    const ids = async (asked = {}) => (await listFiles(db.read, who, { q: '', ...asked }, time.now, 1000)).map(({ id }) => id)
    expect(await ids()).toEqual(everything.filter((file) => maySeeFile(who, file)).map(({ id }) => id))
  }
  const ids = async (asked: object) => (await listFiles(db.read, editorOf(ORG), { q: '', ...asked }, time.now, 1000)).map(({ id }) => id)
  expect([await ids({ q: '100%_' }), await ids({ q: 'QUETZAL' }), await ids({ q: '1000' })]).toEqual([[mine.id], [mine.id], []])
  expect((await ids({ state: 'unknown' })).includes(mine.id)).toBe(true)
  expect([(await ids({ state: 'no-alt', lang: 'es' })).includes(mine.id), (await ids({ state: 'no-alt', lang: 'pt' })).includes(mine.id)]).toEqual([false, true])
  await takeBack(mine)
  expect([(await ids({ state: 'withdrawn' })).includes(mine.id), (await ids({ state: 'unknown' })).includes(mine.id), (await ids({ state: 'unused' })).includes(mine.id), (await ids({})).includes(theirs.id)]).toEqual([true, false, true, false])
  const all = await ids({})
  const first = (await listFiles(db.read, editorOf(ORG), { q: '' }, time.now, 2)).map(({ id }) => id)
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
  await act({ db }, (tx) => described(tx, file, { name: 'Ana Quetzal', credit: 'Quetzal', licence: '', alts: { es: 'Quetzal' } }))
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
