// What a text shows beside its words, set at the operator's command: on a real database, with real files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { MOST_BEFORE_TAP } from '#kernel/pictures/picture.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { creditCommand, relateCommand, seriesCommand } from '#rooms/media/server/beside-commands.ts'
import { fileCommand, removeFileCommand } from '#rooms/media/server/file-commands.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { pictureCommand, removePictureCommand } from '#rooms/media/server/picture-commands.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { newsroom, ZONE } from '#rooms/media/server/testing.ts'
import { hashesOf } from '#rooms/media/shown.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const folder = mkdtempSync(join(tmpdir(), 'altavoz-shown-'))
afterAll(() => rmSync(folder, { recursive: true }))
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = () => (now = now.add({ minutes: 1 }))
const said: string[] = []
const blobs = await openBlobs(db, join(folder, 'blobs'))
const house = { db, blobs, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse

const run = (command: Command, words: string[], options: Record<string, unknown> = {}) => {
  later()
  said.length = 0
  return command.run(house, words, options)
}
async function text(title: string, lang = 'en', frozen = {}) {
  const itemId = await room.item('news', later(), lang)
  const { revisionId, slug } = await room.save(itemId, lang, title, later(), frozen)
  await room.publish(itemId, lang, revisionId, later())
  return { itemId, slug, path: `/${lang}/media/${slug}` }
}
const shown = async (slug: string, lang = 'en', at = later()): Promise<ItemPage> => {
  const found = await findPublishedItem(db.read, lang, slug, at)
  if (found?.answer.found !== 'item') throw new Error(`${slug} answers ${found?.answer.found}`)
  return found.answer.item
}
const file = (name: string, bytes: Buffer | string) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
/** Noise: the heaviest picture of its size. */
const noisy = async (width: number, height: number) =>
  sharp(Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 * (i % 251)) % 256)), { raw: { width, height, channels: 3 } }).jpeg({ quality: 95 }).toBuffer()

beforeAll(() => act({ db }, (tx) => foundSite(tx, { zone: ZONE }, now)))

test('no picture above 40 KB stands in a page before a tap, however full of detail it is', async () => {
  const { path, slug } = await text('With a picture')
  await run(pictureCommand, [path, file('noise.jpg', await noisy(300, 400))], { alt: 'Red umbrellas', credit: 'Red X', licence: 'CC BY 4.0', publish: true })
  const { picture } = await shown(slug)
  expect(picture).toMatchObject({ alt: 'Red umbrellas', credit: 'Red X', licence: 'CC BY 4.0' })
  expect(picture!.inPage.at(-1)!.format).toBe('jpeg')
  for (const { hash, byteSize } of picture!.inPage) {
    expect(byteSize).toBeLessThanOrEqual(MOST_BEFORE_TAP)
    expect((await blobs.read(hash))!.length).toBe(byteSize)
  }
  expect(picture!.large.byteSize).toBeGreaterThan(MOST_BEFORE_TAP)
}, 60_000)

test('a picture changes no public byte until its revision is published, and its files are as secret as a draft', async () => {
  const { path, slug } = await text('Picture of a draft')
  const before = JSON.stringify(await shown(slug))
  await run(pictureCommand, [path, file('plain.png', await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c8141e' } }).png().toBuffer())], { alt: 'A red field' })
  expect(JSON.stringify(await shown(slug))).toBe(before)
  const latest = await db.read.selectFrom('revision').select('frozen').orderBy('createdAt', 'desc').limit(1).executeTakeFirstOrThrow()
  const hashes = hashesOf(latest.frozen)
  expect(hashes.length).toBeGreaterThan(1)
  for (const hash of hashes) expect(await isShownByText(db.read, hash, later())).toBe(false)
}, 60_000)

test('a file is given out from its text’s hour until it is withdrawn, and not a moment longer', async () => {
  const itemId = await room.item('report', later())
  const { hash } = await act({ db }, async (tx) => {
    const stored = await blobs.write(Buffer.from('%PDF-1.7 words'))
    await tx.insertInto('blob').values({ hash: stored.hash, byteSize: BigInt(stored.byteSize), mediaType: 'application/pdf', createdAt: now, unusedSince: null }).execute()
    return stored
  })
  const files = [{ hash, name: 'report.pdf', title: 'Report', mediaType: 'application/pdf', byteSize: 14, lang: 'en' }]
  const { revisionId } = await room.save(itemId, 'en', 'A report with a file', later(), { files })
  const hour = later().add({ hours: 5 })
  await room.publish(itemId, 'en', revisionId, now, hour)
  expect(await isShownByText(db.read, hash, hour.subtract({ seconds: 1 }))).toBe(false)
  expect(await isShownByText(db.read, hash, hour)).toBe(true)
  await room.withdraw(itemId, 'en', hour.add({ hours: 1 }))
  expect(await isShownByText(db.read, hash, hour.add({ minutes: 59 }))).toBe(true)
  expect(await isShownByText(db.read, hash, hour.add({ hours: 1 }))).toBe(false)
  expect(await isShownByText(db.read, '0'.repeat(64), hour)).toBe(false)
})

test('a file is taken by what it is and not by its name, with its captions, and can be taken away again', async () => {
  const { path, slug } = await text('With a video')
  await expect(run(fileCommand, [path, file('page.pdf', '<script>alert(1)</script>')], { title: 'A page' })).rejects.toThrow(/it is no PDF/)
  const video = file('clip.mp4', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom....')]))
  await expect(run(fileCommand, [path, video], { title: 'Clip', captions: file('bad.vtt', '1\n00:00') })).rejects.toThrow(/begin with WEBVTT/)
  await run(fileCommand, [path, video], { title: 'Declaración íntegra', captions: file('good.vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHola\n'), captionsLang: 'es', lang: 'es', publish: true })
  const { files: [one] } = await shown(slug)
  expect(one).toMatchObject({ name: 'declaracion-integra.mp4', mediaType: 'video/mp4', lang: 'es', captions: { lang: 'es' } })
  expect((await blobs.find(one!.captions!.hash))?.mediaType).toBe('text/vtt')
  await expect(run(removeFileCommand, [path, 'Other'])).rejects.toThrow(/offers no file/)
  await run(removeFileCommand, [path, 'Declaración íntegra'], { publish: true })
  expect((await shown(slug)).files).toEqual([])
  expect(await isShownByText(db.read, one!.hash, later())).toBe(false)
})

test('related texts are offered only while they are public, in the page’s language or in another that they have', async () => {
  const one = await text('Leads on')
  const other = await text('Solo en español', 'es')
  await run(relateCommand, [one.path, other.path], { publish: true })
  expect((await shown(one.slug)).related).toEqual([{ lang: 'es', slug: other.slug, title: 'Solo en español' }])
  expect((await findPublishedItem(db.read, 'en', one.slug, now))!.besideIds).toEqual([other.itemId])
  const english = await room.save(other.itemId, 'en', 'Now in English', later())
  expect((await shown(one.slug)).related[0]!.lang).toBe('es')
  const hour = later().add({ hours: 2 })
  await room.publish(other.itemId, 'en', english.revisionId, now, hour)
  expect((await findPublishedItem(db.read, 'en', one.slug, now))!.changesAt?.toString()).toBe(hour.toString())
  expect((await shown(one.slug, 'en', hour)).related[0]).toMatchObject({ lang: 'en', title: 'Now in English' })
  await room.withdraw(other.itemId, 'es', later())
  expect((await shown(one.slug)).related).toEqual([])
})

test('a series shows its public parts in its order, and none while it would stand alone', async () => {
  const parts = [await text('Part one'), await text('Part two'), await text('Part three')]
  await run(seriesCommand, ['Law in brief', ...parts.map(({ path }) => path)], { publish: true })
  const series = async (i: number) => (await shown(parts[i]!.slug)).series
  expect((await series(1))!.parts.map(({ title, isThis }) => [title, isThis])).toEqual([['Part one', false], ['Part two', true], ['Part three', false]])
  await room.withdraw(parts[0]!.itemId, 'en', later())
  expect((await series(1))!.parts.map(({ title }) => title)).toEqual(['Part two', 'Part three'])
  await room.withdraw(parts[2]!.itemId, 'en', later())
  expect(await series(1)).toBeNull()
})

test('who translated is named as she chose, and by default nobody is', async () => {
  const { path, slug } = await text('Translated')
  expect((await shown(slug)).translator).toBeNull()
  await run(creditCommand, [path], { translator: 'Lua', publish: true })
  expect((await shown(slug)).translator).toBe('Lua')
  await run(creditCommand, [path], { publish: true })
  expect(await shown(slug)).toMatchObject({ translator: null, byline: null })
  const entries = await db.read.selectFrom('auditEntry').selectAll().execute()
  expect(JSON.stringify(entries, (_, v) => (typeof v === 'bigint' ? String(v) : v))).not.toContain('Lua')
})

test('organisations that signed the text as it was are not named under what is changed', async () => {
  const { path, slug } = await text('Signed', 'en', { signers: [{ organisationId: '0193a000-0000-7000-8000-000000000009', name: 'Red X' }, { organisationId: null, name: 'Printed' }] })
  await run(creditCommand, [path], { by: 'Ana', publish: true })
  expect((await shown(slug)).signers.map(({ name }) => name)).toEqual(['Printed'])
  expect(said.join('\n')).toContain('name them again with sign')
})

test('a picture is taken away as a new revision, and the same twice changes nothing', async () => {
  const { path, slug } = await text('Without a picture again')
  await run(pictureCommand, [path, file('field.png', await sharp({ create: { width: 300, height: 200, channels: 3, background: '#22358c' } }).png().toBuffer())], { alt: 'A blue field', publish: true })
  const [first] = hashesOf({ picture: (await shown(slug)).picture! })
  expect(await isShownByText(db.read, first!, later())).toBe(true)
  await run(removePictureCommand, [path], { publish: true })
  expect((await shown(slug)).picture).toBeNull()
  expect(await isShownByText(db.read, first!, later())).toBe(false)
  await run(removePictureCommand, [path], { publish: true })
  expect(said[0]).toContain('nothing was changed')
}, 60_000)

test('where an organisation approves the language, the refusal says so, and what takes it from readers at once', async () => {
  const itemId = await room.item('news', later())
  const { revisionId, slug } = await room.save(itemId, 'ht', 'Yon foto', later(), { byline: 'Ana' })
  await room.publish(itemId, 'ht', revisionId, later())
  await act({ db }, async (tx) => {
    const [organisationId, wishId, personId] = [newId(), newId(), newId()]
    await tx.insertInto('person').values({ id: personId, name: 'Eva', signInName: 'eva', signInKey: 'eva', lang: 'es', createdAt: now, endedAt: null }).execute()
    await tx.insertInto('organisation').values({ id: organisationId, slug: 'claims', createdAt: now } as never).execute()
    await tx.insertInto('signerWish').values({ id: wishId, itemId, organisationId, wishedAt: now, wishedBy: personId }).execute()
    await tx.insertInto('languageClaim').values({ id: newId(), wishId, lang: 'ht', claimedAt: now, claimedBy: personId, givenBackAt: null, givenBackBy: null }).execute()
  })
  const path = `/ht/media/${slug}`
  await expect(run(creditCommand, [path], { publish: true })).rejects.toThrow(/an organisation approves the text in this language[^]*Nothing was changed[^]*bin\/altavoz withdraw/)
  expect((await shown(slug, 'ht')).byline).toBe('Ana')
})
