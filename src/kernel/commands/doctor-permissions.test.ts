import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { permissions } from '#kernel/commands/doctor-permissions.ts'

/** A data folder as the first start and setup make it. */
function dataFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'altavoz-modes-'))
  for (const folder of ['postgres', 'socket', 'blobs']) mkdirSync(join(dataDir, folder), { mode: 0o700 })
  for (const file of ['settings.env', 'database-secret']) writeFileSync(join(dataDir, file), 'x', { mode: 0o600 })
  return dataDir
}
const of = (dataDir: string) => permissions({ dataDir } as CommandHouse)

test('a folder as it is made is good', async () => {
  const dataDir = dataFolder()
  expect(await of(dataDir)).toMatchObject({ state: 'good' })
  chmodSync(dataDir, 0o711) // root's: the database's user passes through
  expect(await of(dataDir)).toMatchObject({ state: 'good' })
})

test.each(['settings.env', 'database-secret', 'postgres', 'socket'])('%s that others may read is bad, with what to type', async (name) => {
  const dataDir = dataFolder()
  chmodSync(join(dataDir, name), 0o744)
  expect(await of(dataDir)).toMatchObject({ state: 'bad', says: expect.stringContaining(name), next: `chmod go= ${join(dataDir, name)}` })
})

test('a folder that others may list is looked at, one that they may change is bad', async () => {
  const dataDir = dataFolder()
  chmodSync(dataDir, 0o755)
  expect(await of(dataDir)).toMatchObject({ state: 'look', next: `chmod go-rw ${dataDir}` })
  chmodSync(dataDir, 0o770)
  expect(await of(dataDir)).toMatchObject({ state: 'bad' })
})
