import { expect, test } from 'vitest'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { cleanUpFolders, makeFolder, until } from '#kernel/testing/embedded-folders.ts'

cleanUpFolders()

test('after kill -9 of the database, jobs are worked again without a new start', async () => {
  const embedded = await startEmbedded(await makeFolder())
  const jobs = openJobs(embedded.url)
  const seen: string[] = []
  await jobs.work('trial', async (ids) => void seen.push(ids.place ?? ''))
  await jobs.send('trial', { place: 'MX' })
  await until(() => seen.length === 1)
  let isBack = false
  embedded.onBack(() => (isBack = true))
  process.kill(embedded.pid(), 'SIGKILL')
  await until(() => isBack, 30_000)
  await jobs.send('trial', { place: 'NZ' })
  await until(() => seen.length === 2, 15_000)
  expect(seen).toEqual(['MX', 'NZ'])
  await jobs.stop()
  await embedded.stop()
}, 60_000)
