import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { askForDue } from '#kernel/backup/server/due-jobs.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { recordBlob, releaseBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { sweepJob } from '#kernel/blobs/server/sweep.ts'
import { act } from '#kernel/database/act.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { cleanPicture } from '#kernel/pictures/server/clean-picture.ts'
import { keepPicture } from '#kernel/pictures/server/picture-actions.ts'
import { makeRenditions, renditionsJob } from '#kernel/pictures/server/renditions.ts'
import { emptyPlace, look } from '#kernel/testing/backup-place.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const now = Temporal.Instant.from('2026-11-29T02:00:00Z')
const { db, url } = await testDatabase()
const noJobs = { send: async () => {} }
let folder: string
const ids: string[] = []
let released: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'altavoz-due-'))
  const blobs = await openBlobs(db, join(folder, 'blobs'))
  for (const background of ['#c33', '#3c3', '#33c']) {
    const cleaned = await cleanPicture(await sharp({ create: { width: 40, height: 30, channels: 3, background } }).png().toBuffer())
    if ('refused' in cleaned) throw new Error(cleaned.refused)
    const { bytes, ...clean } = cleaned
    const file = await blobs.write(bytes)
    ids.push(await act({ db }, (tx) => keepPicture(tx, noJobs, { ...clean, ...file }, now)))
  }
  // The first has all its widths, the second has one of three, the third none.
  await makeRenditions({ db, blobs, clock: () => now }, ids[0]!)
  await makeRenditions({ db, blobs, clock: () => now }, ids[1]!)
  await look(url, (client) => client.query(`delete from picture_rendition where picture_id = $1 and format <> 'jpeg'`, [ids[1]]))
  const file = await blobs.write(Buffer.from('shown no more'))
  released = file.hash
  await act({ db }, async (tx) => {
    await recordBlob(tx, { ...file, mediaType: 'application/pdf' }, now)
    await releaseBlob(tx, noJobs, released, now)
  })
})
afterAll(() => rm(folder, { recursive: true }))

test('after a restore the widths of pictures that are missing are made, and released files go at their hour', async () => {
  const file = join(folder, 'house.backup')
  await backUp({ url, blobFolder: join(folder, 'blobs'), now, program: '0.1.0' }, file)
  const place = await emptyPlace(folder)
  await restore(place, file)
  expect(await askForDue(place.url, [sweepJob, renditionsJob, { name: 'forgetful', work: async () => {} }])).toBe(3)
  const waiting = await look(place.url, async (client) => (await client.query<{ name: string; data: object; after: string }>(
    `select name, data, to_char(start_after at time zone 'UTC', 'YYYY-MM-DD') as after from pgboss.job where name in ('sweep-blob', 'make-renditions') order by name, data::text`)).rows)
  expect(waiting.map(({ name, data }) => ({ name, ...data }))).toEqual([
    ...[ids[1]!, ids[2]!].sort().map((picture) => ({ name: 'make-renditions', picture })), { name: 'sweep-blob', hash: released },
  ])
  expect(waiting.at(-1)!.after).toBe('2026-12-06')

  const restored = await openDatabases({ url: place.url })
  const jobs = openJobs(place.url)
  const house = { db: restored, blobs: await openBlobs(restored, place.blobFolder), jobs, clock: () => now, log: undefined as never }
  await jobs.work(renditionsJob.name, (given) => renditionsJob.work(house, given))
  const counted = () => look(place.url, async (client) => (await client.query<{ n: number }>('select count(*)::int as n from picture_rendition')).rows[0]!.n)
  for (let tries = 0; tries < 100 && (await counted()) < 9; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await counted()).toBe(9)
  expect(await Array.fromAsync(renditionsJob.listDue!(restored.read))).toEqual([])
  await jobs.stop()
  await restored.close()
  await place.drop()
})
