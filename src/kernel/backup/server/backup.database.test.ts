import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import tar from 'tar-stream'
import { beforeAll, expect, inject, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { PLAIN_SESSION, hashRows, listColumns } from '#kernel/backup/server/catalogue.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openShelf, writeWhole } from '#kernel/blobs/server/shelf.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'

const now = Temporal.Instant.from('2026-11-29T02:00:00Z')
let folder: string
let blobFolder: string
let file: string
const { url } = await testDatabase()
let places = 0

async function emptyPlace() {
  const name = `test_restore_${process.pid}_${++places}`
  await onServer(inject('databaseUrl'), `drop database if exists ${name} with (force)`)
  await onServer(inject('databaseUrl'), `create database ${name} template template0`)
  const place = { url: withDatabase(inject('databaseUrl'), name), blobFolder: join(folder, name) }
  return { ...place, drop: () => onServer(inject('databaseUrl'), `drop database ${name} with (force)`) }
}

async function look<T>(at: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  await client.query(PLAIN_SESSION)
  return fn(client).finally(() => client.end())
}

const contents = (at: string) => look(at, async (client) => {
  const all: Record<string, string> = {}
  for (const [table, columns] of Object.entries(await listColumns(client))) all[table] = await hashRows(client, table, columns)
  return all
})

async function refusedAndEmpty(damaged: string, why: RegExp) {
  const place = await emptyPlace()
  await expect(restore(place, damaged)).rejects.toThrow(why)
  expect(await look(place.url, listColumns)).toEqual({})
  await place.drop()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'altavoz-backup-'))
  blobFolder = join(folder, 'blobs')
  file = join(folder, 'house.backup')
  await openShelf(blobFolder)
  const { hash } = await writeWhole(blobFolder, Buffer.from('a picture'), 100)
  await onServer(url, `insert into blob (hash, media_type, byte_size, created_at) values ('${hash}', 'text/plain', 9, now())`)
  await backUp({ url, blobFolder, now }, file)
})

test('a backup restored into an empty place has the same rows in every table and the same files', async () => {
  const place = await emptyPlace()
  const manifest = await restore(place, file)
  expect(await contents(place.url)).toEqual(await contents(url))
  const [hash] = Object.keys(manifest.blobs)
  expect((await readFile(join(place.blobFolder, hash!.slice(0, 2), hash!))).toString()).toBe('a picture')
  await expect(restore(place, file)).rejects.toThrow(/not empty/)
  await place.drop()
})

test('only its owner may read a backup, and no backup is written over a file', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(backUp({ url, blobFolder, now }, file)).rejects.toThrow(/There is a file .* already/)
})

test('a backup that is cut off, or has another byte, is refused and leaves the place empty', async () => {
  const bytes = await readFile(file)
  const short = join(folder, 'short.backup')
  await writeFile(short, bytes.subarray(0, bytes.length - 200))
  await refusedAndEmpty(short, /cut off/)
  const plain = gunzipSync(bytes)
  const at = plain.indexOf('a picture')
  plain[at] = 'b'.charCodeAt(0)
  const flipped = join(folder, 'flipped.backup')
  await writeFile(flipped, gzipSync(plain))
  await refusedAndEmpty(flipped, /damaged at the file/)
})

test('names that lead elsewhere and symbolic links in an archive are refused', async () => {
  for (const [i, header] of [{ name: '../../evil' }, { name: 'tables/../x/000001.copy' }, { name: 'head.json', type: 'symlink' as const, linkname: '/etc/passwd' }].entries()) {
    const pack = tar.pack()
    if ('linkname' in header) pack.entry(header)
    else pack.entry(header, 'x')
    pack.finalize()
    const chunks: Buffer[] = []
    for await (const chunk of pack) chunks.push(chunk as Buffer)
    const evil = join(folder, `evil-${i}.backup`)
    await writeFile(evil, gzipSync(Buffer.concat(chunks)))
    await refusedAndEmpty(evil, /was not made by Altavoz/)
  }
})

test('a writer beside the backup does not tear it: two tables that change together are of one moment', async () => {
  await onServer(url, 'create table probe_a (n int); create table probe_z (n int)')
  let going = true
  let writes = 0
  const writer = look(url, async (client) => {
    while (going) await client.query(`begin; insert into probe_a values (${++writes}); insert into probe_z values (${writes}); commit`)
  })
  const manifest = await backUp({ url, blobFolder, now }, join(folder, 'busy.backup'))
  going = false
  await writer
  expect(writes).toBeGreaterThan(0)
  expect(manifest.tables.probe_a).toEqual(manifest.tables.probe_z)
  await onServer(url, 'drop table probe_a, probe_z')
})
