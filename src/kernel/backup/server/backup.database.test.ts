import { hash } from 'node:crypto'
import { mkdtemp, open, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import tar from 'tar-stream'
import { beforeAll, expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { listColumns } from '#kernel/backup/server/catalogue.ts'
import { checkBackup } from '#kernel/backup/server/container.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openShelf, writeWhole } from '#kernel/blobs/server/shelf.ts'
import { contentsOf, emptyPlace, look, repacked } from '#kernel/testing/backup-place.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { onServer } from '#kernel/testing/database-server.ts'

const now = Temporal.Instant.from('2026-11-29T02:00:00Z')
let folder: string
let blobFolder: string
let file: string
const { url } = await testDatabase()
const source = () => ({ url, blobFolder, now, program: '0.1.0' })

async function refusedAndEmpty(damaged: string, why: RegExp) {
  const place = await emptyPlace(folder)
  await expect(restore(place, damaged)).rejects.toThrow(why)
  expect(await look(place.url, listColumns)).toEqual({})
  await place.drop()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'altavoz-backup-'))
  blobFolder = join(folder, 'blobs')
  file = join(folder, 'house.backup')
  await openShelf(blobFolder)
  const picture = await writeWhole(blobFolder, Buffer.from('a picture'), 100)
  await onServer(url, `insert into blob (hash, media_type, byte_size, created_at) values ('${picture.hash}', 'text/plain', 9, now())`)
  await backUp(source(), file)
})

test('a backup restored into an empty place has the same rows in every table and the same files', async () => {
  const place = await emptyPlace(folder)
  const { manifest } = await restore(place, file)
  expect(await contentsOf(place.url)).toEqual(await contentsOf(url))
  const [name] = Object.keys(manifest.blobs)
  expect((await readFile(join(place.blobFolder, name!.slice(0, 2), name!))).toString()).toBe('a picture')
  await expect(restore(place, file)).rejects.toThrow(/not empty/)
  await place.drop()
})

test('only its owner may read a backup, and no backup is written over a file', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(backUp(source(), file)).rejects.toThrow(/There is a file .* already/)
})

test('a backup that is cut off is refused and leaves the place empty', async () => {
  const bytes = await readFile(file)
  const short = join(folder, 'short.backup')
  await writeFile(short, bytes.subarray(0, bytes.length - 200))
  await refusedAndEmpty(short, /cut off/)
})

test('another byte in any part is found, also when the archive was packed whole again', async () => {
  const bytes = await readFile(file)
  const names: string[] = []
  await repacked(bytes, (name, part) => {
    names.push(name)
    return part
  })
  expect(new Set(names.map((name) => name.split('/')[0]))).toEqual(new Set(['head.json', 'tables', 'blobs', 'manifest.json', 'manifest.sha256']))
  for (const [n, part] of names.entries()) {
    const flipped = join(folder, `flipped-${n}.backup`)
    // Within a text, so that JSON stays JSON: what finds it must be a hash.
    const flip = (all: Buffer) => {
      const text = all.toString('latin1')
      const at = part === 'head.json' ? text.indexOf('2', text.indexOf('"madeAt"')) : Math.max(0, text.lastIndexOf('a'))
      return Buffer.from(text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1), 'latin1')
    }
    await writeFile(flipped, await repacked(bytes, (name, one) => (name === part ? flip(one) : one)))
    await expect(checkBackup(flipped), part).rejects.toThrow(/damaged/)
  }
})

test('another byte anywhere in the file is found', async () => {
  const bytes = await readFile(file)
  const flipped = join(folder, 'flipped.backup')
  // What gzip writes of the hour, the level and the system (bytes 4 to 9) is read by nobody.
  const places = [0, 1, 2, 3, ...Array.from({ length: 150 }, (_, n) => 10 + Math.floor((n * (bytes.length - 10)) / 150)), ...Array.from({ length: 8 }, (_, n) => bytes.length - 1 - n)]
  let tried = 0
  for (const place of places) {
    const other = Buffer.from(bytes)
    other[place]! ^= 0x10
    // A few bits of the packing say nothing: what is unpacked is the same to the byte, so nothing is damaged.
    if (isUnpackedTheSame(other, bytes)) continue
    tried++
    await writeFile(flipped, other)
    await expect(checkBackup(flipped), `byte ${place} of ${bytes.length}`).rejects.toThrow(/damaged|cut off|no backup|was not made by Altavoz/)
  }
  expect(tried).toBeGreaterThan(places.length - 5)
})

function isUnpackedTheSame(one: Buffer, other: Buffer): boolean {
  try {
    return gunzipSync(one).equals(gunzipSync(other))
  } catch {
    return false
  }
}

test('a backup of a newer schema is refused and leaves the place empty', async () => {
  const newer = await repacked(await readFile(file), (name, bytes) =>
    name === 'head.json' ? Buffer.from(bytes.toString().replace('"0001-kernel"', '"0001-kernel", "9999-later"')) : bytes)
  const path = join(folder, 'newer.backup')
  await writeFile(path, await resealed(newer))
  await refusedAndEmpty(path, /made by a newer Altavoz \(9999-later\). Install that one/)
})

/** With the hashes of its head and its manifest as they must be after a change. */
async function resealed(backup: Buffer): Promise<Buffer> {
  let head = ''
  let manifest = ''
  await repacked(backup, (name, bytes) => {
    if (name === 'head.json') head = bytes.toString()
    if (name === 'manifest.json') manifest = bytes.toString()
    return bytes
  })
  const written = JSON.stringify({ ...JSON.parse(manifest) as object, head: hash('sha256', head) })
  const sum = hash('sha256', written)
  return repacked(backup, (name, bytes) => name === 'manifest.json' ? Buffer.from(written) : name === 'manifest.sha256' ? Buffer.from(sum) : bytes)
}

test('a place that is served, or has files, or is being restored, is refused', async () => {
  const place = await emptyPlace(folder)
  await look(`${place.url}&application_name=altavoz%20house`, async () => {
    await expect(restore(place, file)).rejects.toThrow(/An Altavoz serves this place. Stop it first/)
  })
  await openShelf(place.blobFolder)
  await writeFile(join(place.blobFolder, 'somebody'), 'x')
  await expect(restore(place, file)).rejects.toThrow(/holds files already/)
  expect(await look(place.url, listColumns)).toEqual({})
  const other = { ...place, blobFolder: join(folder, 'other-blobs') }
  const beside: Promise<unknown>[] = []
  const tell = (line: string) => {
    if (!line.startsWith('loading')) return
    beside.push(backUp({ ...source(), ...other }, join(folder, 'half-restored.backup')), restore({ ...other, blobFolder: join(folder, 'third') }, file))
    for (const one of beside) one.catch(() => {})
  }
  await restore({ ...other, tell }, file)
  expect(beside).toHaveLength(2)
  for (const one of beside) await expect(one).rejects.toThrow(/A backup is being restored here/)
  expect((await readdir(folder)).filter((name) => name.startsWith('half-restored'))).toEqual([])
  await place.drop()
})

test('a server that comes while a place is restored ends the restore, and the place is empty again', async () => {
  const place = await emptyPlace(folder)
  let server: Promise<unknown> | undefined
  let leave = () => {}
  const tell = (line: string) => {
    if (line.startsWith('loading')) server = look(`${place.url}&application_name=altavoz%20house`, () => new Promise<void>((resolve) => { leave = resolve }))
  }
  await expect(restore({ ...place, tell }, file)).rejects.toThrow(/An Altavoz serves this place/)
  leave()
  await server
  expect(await look(place.url, listColumns)).toEqual({})
  await place.drop()
})

test('what a killed backup left half blocks nobody and is cleared away; what another process writes stays', async () => {
  const target = join(folder, 'again.backup')
  const leftover = `${target}.4194399-0123abcd.part`
  const reused = `${target}.${process.ppid}-0123abcd.part`
  const living = `${target}.${process.pid}-0123abcd.part`
  for (const path of [leftover, reused, living]) await writeFile(path, 'half')
  const held = await open(living)
  await backUp(source(), target)
  const left = (await readdir(folder)).filter((name) => name.startsWith('again.backup.'))
  await held.close()
  expect(left.map((name) => join(folder, name))).toEqual(process.platform === 'linux' ? [living] : [living, reused].sort())
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
  const { manifest } = await backUp(source(), join(folder, 'busy.backup'))
  going = false
  await writer
  expect(writes).toBeGreaterThan(0)
  expect(manifest.tables.probe_a).toEqual(manifest.tables.probe_z)
  await onServer(url, 'drop table probe_a, probe_z')
})
