import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { keepPagePicture } from '#kernel/pictures/server/page-picture.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-page-picture-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = Temporal.Instant.from('2026-11-24T15:00:00Z')

test('the same picture kept twice is one picture with the same files, also when both come at once', async () => {
  const house = { db, blobs: await openBlobs(db, folder), clock: () => now }
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#c8141e' } }).png().toBuffer()
  const [one, other] = await Promise.all([keepPagePicture(house, bytes), keepPagePicture(house, bytes)])
  expect(one).toEqual(other)
  expect(await keepPagePicture(house, bytes)).toEqual(one)
  expect(await db.read.selectFrom('picture').select('id').execute()).toHaveLength(1)
})
