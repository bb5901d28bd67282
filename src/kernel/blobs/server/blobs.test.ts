import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TooLarge } from '#kernel/blobs/blob.ts'
import { eraseBlob, recordBlob, releaseBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { placeOf } from '#kernel/blobs/server/shelf.ts'
import { sweepBlob, sweepNameless } from '#kernel/blobs/server/sweep.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db, url } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'altavoz-blobs-'))
const blobs = await openBlobs(db, folder)
const jobs: Jobs = openJobs(url)
afterAll(async () => {
  await jobs.stop()
  await rm(folder, { recursive: true })
})

const start = Temporal.Instant.from('2026-11-24T12:00:00Z')
const later = (days: number) => start.add({ minutes: Math.round(24 * 60 * days) })
const at = (now: Temporal.Instant) => ({ db, blobs, clock: () => now })

/** A kept file, written on the day of `start`. */
async function keep(text: string) {
  const file = await blobs.write(Buffer.from(text))
  await db.transaction((tx) => recordBlob(tx, { ...file, mediaType: 'text/plain' }, start))
  await age(file.hash)
  return file.hash
}
const age = (hash: string) => utimes(placeOf(folder, hash), start.epochMilliseconds / 1000, start.epochMilliseconds / 1000)
const isOnDisk = (hash: string) => stat(placeOf(folder, hash)).then(() => true, () => false)

test('a file is kept under the hash of its bytes, readable to nobody else', async () => {
  const hash = await keep('cassava')
  expect(await readFile(join(folder, hash.slice(0, 2), hash), 'utf8')).toBe('cassava')
  expect(await blobs.find(hash)).toMatchObject({ mediaType: 'text/plain', byteSize: 7 })
  expect((await stat(placeOf(folder, hash))).mode & 0o077).toBe(0)
})

test('what is no hash leads to no file, in the folder or out of it', async () => {
  const outside = join(folder, '..', `altavoz-outside-${process.pid}`)
  await writeFile(outside, 'not ours')
  // The first two letters name the shelf: `..` would leave the folder.
  const way = `../${basename(dirname(folder))}/${basename(outside)}`
  expect(placeOf(folder, way)).toBe(outside)
  for (const no of [way, outside, '', '..', 'A'.repeat(64)]) {
    expect(await blobs.read(no), no).toBeUndefined()
    expect(await blobs.find(no), no).toBeUndefined()
  }
  await blobs.remove(way)
  const isThere = await stat(outside).then(() => true, () => false)
  await rm(outside, { force: true })
  expect(isThere).toBe(true)
})

test('a stream that grows past its limit is given up and leaves nothing', async () => {
  const before = await readdir(folder, { recursive: true })
  const endless = async function* () { for (;;) yield new Uint8Array(1000) }
  await expect(blobs.write(endless(), 10_000)).rejects.toThrow(TooLarge)
  expect(await readdir(folder, { recursive: true })).toEqual(before)
})

test('a file whose act was undone is shown to nobody', async () => {
  const file = await blobs.write(Buffer.from('undone'))
  await db.transaction(async (tx) => {
    await recordBlob(tx, { ...file, mediaType: 'text/plain' }, start)
    throw new Error('undone')
  }).catch(() => {})
  expect(await blobs.find(file.hash)).toBeUndefined()
})

test('bytes that rotted on the disk are not given out as what they were', async () => {
  const hash = await keep('honest bytes')
  expect((await blobs.read(hash))?.toString()).toBe('honest bytes')
  expect(await blobs.find(hash)).toBeDefined()
  await writeFile(placeOf(folder, hash), 'other bytes!')
  await expect(blobs.read(hash)).rejects.toThrow('damaged')
  await expect(blobs.find(hash)).rejects.toThrow('damaged')
})

test('a released file stays for seven days, and then goes with its row', async () => {
  const hash = await keep('released')
  await db.transaction((tx) => releaseBlob(tx, jobs, hash, start))
  expect(await sweepBlob(at(later(6.9)), hash)).toBe(false)
  expect(await blobs.find(hash)).toBeDefined()
  expect(await sweepBlob(at(later(7)), hash)).toBe(true)
  expect(await blobs.find(hash)).toBeUndefined()
  expect(await isOnDisk(hash)).toBe(false)
})

test('a released file that is used again stays', async () => {
  const hash = await keep('used again')
  await db.transaction((tx) => releaseBlob(tx, jobs, hash, start))
  await keep('used again')
  expect(await sweepBlob(at(later(8)), hash)).toBe(false)
  expect(await isOnDisk(hash)).toBe(true)
})

test('a file written anew while the sweep forgets it is not lost', async () => {
  const hash = await keep('raced')
  await db.transaction((tx) => releaseBlob(tx, jobs, hash, start))
  // Somebody has written the same bytes and is about to name them.
  const file = await blobs.write(Buffer.from('raced'))
  await utimes(placeOf(folder, hash), later(8).epochMilliseconds / 1000, later(8).epochMilliseconds / 1000)
  expect(await sweepBlob(at(later(8)), hash)).toBe(false)
  await db.transaction((tx) => recordBlob(tx, { ...file, mediaType: 'text/plain' }, later(8)))
  expect((await blobs.read(hash))?.toString()).toBe('raced')
})

test('erasing takes the bytes away at once', async () => {
  const hash = await keep('erase me')
  await db.transaction((tx) => eraseBlob(tx, blobs, hash))
  expect(await isOnDisk(hash)).toBe(false)
  expect(await blobs.find(hash)).toBeUndefined()
})

test('files that no row names are swept when they are a day old, and not before', async () => {
  const { hash } = await blobs.write(Buffer.from('nameless'))
  await age(hash)
  expect(await sweepNameless(at(start.add({ hours: 23 })))).toBe(0)
  const named = await keep('named')
  expect(await sweepNameless(at(later(1.1)))).toBeGreaterThan(0)
  expect(await isOnDisk(hash)).toBe(false)
  expect(await isOnDisk(named)).toBe(true)
})
