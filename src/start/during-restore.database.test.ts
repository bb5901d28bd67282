// A place that is being restored is empty for a while. Whoever opened it then would furnish it as a new one.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '#env.ts'
import { listColumns } from '#kernel/backup/server/catalogue.ts'
import { holdForRestore } from '#kernel/database/restore-lock.ts'
import { openLog } from '#kernel/log/log.ts'
import { emptyPlace, look } from '#kernel/testing/backup-place.ts'
import { openBesideServer } from '#start/open-beside-server.ts'
import { openDatabase } from '#start/open-database.ts'
import { stopping } from '#start/stopping.ts'

const clock = () => Temporal.Instant.from('2026-11-29T02:00:00Z')
const log = openLog(() => {}, clock)
let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'altavoz-during-')) })
afterAll(() => rm(folder, { recursive: true }))

test('neither the server nor a word of the command opens a place while it is restored; afterwards both do', async () => {
  const place = await emptyPlace(folder)
  const settings = readSettings({ DATABASE_URL: place.url, DATA_DIR: join(folder, 'data') })
  const openings = {
    word: (stop: ReturnType<typeof stopping>) => openBesideServer(settings, new URL('./', pathToFileURL(`${process.cwd()}/`)), stop, clock),
    server: (stop: ReturnType<typeof stopping>) => openDatabase(settings, log, stop),
  }
  const opened = async (open: (stop: ReturnType<typeof stopping>) => Promise<unknown>) => {
    const stop = stopping(log)
    await open(stop).finally(() => stop.closeAll())
  }
  await look(place.url, async (client) => {
    await holdForRestore(client)
    for (const open of Object.values(openings)) await expect(opened(open)).rejects.toThrow(/A backup is being restored here. Wait until that is done/)
  })
  expect(await look(place.url, listColumns)).toEqual({})
  for (const open of Object.values(openings)) await opened(open)
  await place.drop()
})
