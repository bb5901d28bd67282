import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bytesOfArchive, memoryOfMachine, sharedBuffers } from '#kernel/database/embedded/shared-buffers.ts'

const MB = 2 ** 20
const GB = 2 ** 30

test.each([
  [0.5, 3000, '64MB'], [1, 3000, '64MB'], [2, 3000, '128MB'], [3.9, 3000, '249MB'], [24, 3000, '1024MB'], [512, 3000, '1024MB'],
  [24, 0, '64MB'], [24, 20, '64MB'], [24, 300.5, '301MB'], [2, 100, '100MB'],
])('of %f GB of memory and an archive of %f MB the database keeps %s', (memory, archive, kept) => {
  expect(sharedBuffers(memory * GB, archive * MB)).toBe(kept)
})

test('the memory of the machine is more than none, and no more than it has', () => {
  expect(memoryOfMachine()).toBeGreaterThan(GB / 8)
  expect(memoryOfMachine()).toBeLessThanOrEqual(totalmem())
})

test('the archive is the youngest database of the cluster', async () => {
  const cluster = await mkdtemp(join(tmpdir(), 'altavoz-cluster-'))
  expect(await bytesOfArchive(cluster)).toBe(0)
  for (const [database, bytes] of [['1', 10], ['16384', 2000], ['5', 30], ['pgsql_tmp', 9]] as const) {
    await mkdir(join(cluster, 'base', database), { recursive: true })
    for (const name of ['1247', '1247_fsm']) await writeFile(join(cluster, 'base', database, name), Buffer.alloc(bytes))
  }
  expect(await bytesOfArchive(cluster)).toBe(4000)
  await rm(cluster, { recursive: true })
})
