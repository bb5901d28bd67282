// `backup --to`: names, rotation, what doctor says of it, and a disk that is full.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkBackup } from '#kernel/backup/server/container.ts'
import { listMadeBackups } from '#kernel/backup/server/made-backups.ts'
import { openShelf, writeWhole } from '#kernel/blobs/server/shelf.ts'
import { backupCommand } from '#kernel/commands/backup-commands.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { backup } from '#kernel/commands/doctor-backup.ts'
import { onServer } from '#kernel/testing/database-server.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { url } = await testDatabase()
let base: string
let dataDir: string
let safe: string
let now = Temporal.Instant.from('2026-11-29T02:30:00Z')
const said: string[] = []
const house = () => ({ databaseUrl: url, dataDir, programDir: '.', clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse)

async function run(words: string[], options: Record<string, unknown> = {}) {
  said.length = 0
  await backupCommand.run(house(), words, options)
  return [...said]
}

beforeAll(async () => { base = await mkdtemp(join(tmpdir(), 'altavoz-rotation-')) })
afterAll(() => rm(base, { recursive: true }))
beforeEach(async () => {
  const own = await mkdtemp(join(base, 'one-'))
  ;[dataDir, safe] = [join(own, 'data'), join(own, 'safe')]
  await mkdir(safe)
  await openShelf(join(dataDir, 'blobs'))
})

test('each night makes a file by its date, and what no rule keeps is removed and named', async () => {
  const first = now
  for (let night = 0; night < 4; night++, now = now.add({ hours: 24 })) {
    const lines = await run([], { to: safe, keepDaily: '2' })
    expect(lines[0]).toMatch(/^ok: \d+ rows/)
    if (night === 3) expect(lines).toContain('    removed altavoz-2026-11-30T0230Z.backup')
  }
  now = first
  expect((await readdir(safe)).sort()).toEqual(['altavoz-2026-12-01T0230Z.backup', 'altavoz-2026-12-02T0230Z.backup'])
  for (const name of await readdir(safe)) await checkBackup(join(safe, name))
})

test('only what this data folder made, and nobody changed since, is ever removed', async () => {
  const first = now
  await run([], { to: safe })
  const foreign = ['altavoz-2019-01-01T0000Z.backup', 'altavoz-2019-01-02T0000Z.backup.age', 'photo.jpg', 'altavoz-2019.backup']
  for (const name of foreign) await writeFile(join(safe, name), 'somebody’s')
  await symlink('/etc/hostname', join(safe, 'altavoz-2019-01-03T0000Z.backup'))
  now = now.add({ hours: 24 })
  await run([], { to: safe })
  await writeFile(join(safe, 'altavoz-2026-11-30T0230Z.backup'), 'changed by somebody')
  now = now.add({ hours: 24 })
  const lines = await run([], { to: safe, keepDaily: '0' })
  now = first
  expect(lines.filter((line) => line.includes('removed'))).toEqual(['    removed altavoz-2026-11-29T0230Z.backup'])
  expect(lines.at(-1)).toBe('    left alone: 4 of a like name that this data folder did not make, or that were changed')
  expect((await readdir(safe)).sort()).toEqual([...foreign, 'altavoz-2019-01-03T0000Z.backup', 'altavoz-2026-11-30T0230Z.backup', 'altavoz-2026-12-01T0230Z.backup'].sort())
})

test('nothing older is removed when the new one could not be made', async () => {
  const first = now
  await run([], { to: safe, keepDaily: '1' })
  const picture = await writeWhole(join(dataDir, 'blobs'), Buffer.from('a picture'), 100)
  await onServer(url, `insert into blob (hash, media_type, byte_size, created_at) values ('${picture.hash}', 'text/plain', 9, now())`)
  await writeFile(join(dataDir, 'blobs', picture.hash.slice(0, 2), picture.hash), 'a picturf')
  now = now.add({ hours: 24 })
  await expect(run([], { to: safe, keepDaily: '1' })).rejects.toThrow(/is damaged on the disk/)
  now = first
  await onServer(url, 'delete from blob')
  expect(await readdir(safe)).toEqual(['altavoz-2026-11-29T0230Z.backup'])
})

test('a bad line is told in a sentence, and nothing is written', async () => {
  await writeFile(join(safe, 'a-file'), '')
  for (const [words, options, why] of [
    [[], {}, /Name either a new file, or a folder by --to/],
    [['x.backup'], { to: safe }, /Name either a new file, or a folder by --to/],
    [['x.backup'], { keepDaily: '7' }, /belong to --to FOLDER/],
    [[], { to: safe, keepDaily: 'seven' }, /--keep-daily takes a whole number, such as 7/],
    [[], { to: safe, keepMonthly: '-1' }, /--keep-monthly takes a whole number/],
    [[], { to: join(safe, 'nowhere') }, /There is no folder .*nowhere. Make it first/],
    [[], { to: join(safe, 'a-file') }, /There is no folder .*a-file. Make it first/],
    [[], { to: join(dataDir, 'blobs') }, /lies inside DATA_DIR and would be lost with it/],
    [[], { to: safe, sealTo: ['age1nobody'] }, /is no public key of age/],
    [[join(safe, 'no', 'folder.backup')], {}, /cannot be written \(ENOENT\). Name a folder that is there/],
  ] as const) await expect(run([...words], options), JSON.stringify(options)).rejects.toThrow(why)
  expect(await readdir(safe)).toEqual(['a-file'])
  expect(await listMadeBackups(dataDir)).toEqual([])
})

test('doctor tells how old the last good backup is, and what to do when there is none or it is older than two days', async () => {
  const at = (hours: number) => backup({ dataDir, clock: () => now.add({ hours }) })
  expect(await at(0)).toMatchObject({ state: 'look', says: 'no backup of this data folder was made yet', next: expect.stringContaining('backup --to FOLDER') })
  await run([join(safe, 'by-hand.backup')])
  expect(await at(3)).toEqual({ state: 'good', says: `the last was made 3 hours ago: ${join(safe, 'by-hand.backup')}` })
  expect(await at(48)).toMatchObject({ state: 'good' })
  expect(await at(73)).toMatchObject({ state: 'look', says: expect.stringContaining('3 days ago'), next: expect.stringContaining('make one now') })
  // A power cut in the middle of a line.
  await writeFile(join(dataDir, 'backups.jsonl'), `${await readFile(join(dataDir, 'backups.jsonl'), 'utf8')}{"file":"/sa`)
  expect(await at(3)).toMatchObject({ state: 'good' })
})

test('a full disk is told, and leaves no file that looks finished', async ({ skip }) => {
  if (!existsSync('/usr/bin/prlimit')) {
    console.log('skipped: there is no prlimit here')
    skip()
  }
  const big = await writeWhole(join(dataDir, 'blobs'), randomBytes(3_000_000), 4_000_000)
  await onServer(url, `insert into blob (hash, media_type, byte_size, created_at) values ('${big.hash}', 'text/plain', 3000000, now())`)
  const program = `import { backUp } from '#kernel/backup/server/backup.ts'
    const [url, blobFolder, file, key] = process.argv.slice(1)
    await backUp({ url, blobFolder, now: Temporal.Now.instant(), program: '0' }, file, { sealTo: key ? [key] : [] }).catch((error) => {
      console.log(error.message)
      process.exitCode = 3
    })`
  for (const key of ['', await identityToRecipient(await generateX25519Identity())]) {
    const target = join(safe, 'house.backup')
    const limited = ['--fsize=1000000', process.execPath, '--input-type=module', '-e', program, url, join(dataDir, 'blobs'), target, key]
    const ended = await promisify(execFile)('/usr/bin/prlimit', limited, { timeout: 60_000 })
      .catch((error: { code: number; stdout: string; stderr: string }) => error)
    expect(ended).toMatchObject({ code: 3, stdout: expect.stringContaining(`The disk of ${target} is full. Nothing is left of this backup`), stderr: '' })
    expect(await readdir(safe)).toEqual([])
  }
  await onServer(url, 'delete from blob')
})
