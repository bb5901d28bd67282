import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { openLog } from '#kernel/log/log.ts'
import { cleanPicture } from '#kernel/pictures/server/clean-picture.ts'
import { keepPicture, removePicture, RENDITIONS_JOB } from '#kernel/pictures/server/picture-actions.ts'
import { findPicture, pictureTag } from '#kernel/pictures/server/picture-queries.ts'
import { makeRenditions, renditionsJob } from '#kernel/pictures/server/renditions.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db, url } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'altavoz-pictures-'))
const dropped: string[] = []
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const house = {
  db, blobs: await openBlobs(db, folder), jobs: openJobs(url), clock: () => now,
  log: openLog(() => {}, () => now), pages: { drop: (tags: readonly string[]) => void dropped.push(...tags) },
}
afterAll(async () => {
  await house.jobs.stop()
  await rm(folder, { recursive: true })
})

async function keep(width: number, height: number, shade: number) {
  const background = { r: shade, g: 40, b: 90 }
  const clean = await cleanPicture(await sharp({ create: { width, height, channels: 3, background } }).jpeg().toBuffer())
  if ('refused' in clean) throw new Error(clean.refused)
  const { bytes, ...about } = clean
  const file = await house.blobs.write(bytes)
  return act(house, (tx) => keepPicture(tx, house.jobs, { ...about, ...file }, now))
}

test('a job makes AVIF, WebP and JPEG of each width, and none above the picture', async () => {
  const id = await keep(1000, 500, 10)
  await house.jobs.work(RENDITIONS_JOB, (ids) => renditionsJob.work(house, ids))
  await expect.poll(async () => (await findPicture(db.read, id))?.renditions.length, { timeout: 20_000 }).toBe(9)
  const { renditions } = (await findPicture(db.read, id))!
  expect(renditions.map(({ format, width, height }) => `${format} ${width}×${height}`).sort()).toEqual(
    ['avif', 'jpeg', 'webp'].flatMap((format) => [`${format} 1000×500`, `${format} 480×240`, `${format} 960×480`]))
  expect(dropped).toContain(pictureTag(id))
  for (const { hash, format, width } of renditions) {
    const found = await house.blobs.find(hash)
    expect(found?.mediaType).toBe(`image/${format}`)
    const { format: is, width: wide, exif, xmp, icc } = await sharp(await readFile(found!.path)).metadata()
    expect({ is, wide, exif, xmp, icc }).toEqual({ is: format === 'avif' ? 'heif' : format, wide: width })
  }
})

test('a job that was killed goes on where it was', async () => {
  const id = await keep(300, 200, 20)
  await makeRenditions(house, id)
  await db.transaction((tx) => tx.deleteFrom('pictureRendition').where('format', '=', 'webp').execute())
  await makeRenditions(house, id)
  expect((await findPicture(db.read, id))?.renditions.map((one) => one.format)).toEqual(['avif', 'jpeg', 'webp'])
})

test('a removed picture releases its files, but not those that another picture shows', async () => {
  const first = await keep(300, 200, 30)
  const second = await keep(300, 200, 30)
  await makeRenditions(house, first)
  await makeRenditions(house, second)
  const { renditions } = (await findPicture(db.read, first))!
  const unused = async () => (await db.read.selectFrom('blob').select('hash').where('unusedSince', 'is not', null).execute()).length
  await act(house, (tx) => removePicture(tx, house.jobs, first, now))
  expect(await findPicture(db.read, first)).toBeUndefined()
  expect(await unused()).toBe(0)
  await act(house, (tx) => removePicture(tx, house.jobs, second, now))
  expect(await unused()).toBe(renditions.length + 1)
})

test('a picture that was removed before its job ran leaves nothing behind', async () => {
  const id = await keep(200, 100, 40)
  await act(house, (tx) => removePicture(tx, house.jobs, id, now))
  await makeRenditions(house, id)
  expect(await findPicture(db.read, id)).toBeUndefined()
})
