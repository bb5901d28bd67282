import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, link, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import tar from 'tar-stream'
import { type Head, type Manifest } from '#kernel/backup/server/container.ts'
import { PLAIN_SESSION, listColumns, rowsOf } from '#kernel/backup/server/catalogue.ts'
import { placeOf } from '#kernel/blobs/server/shelf.ts'
import { HouseClient } from '#kernel/database/house-client.ts'
import { Refusal } from '#kernel/database/refusal.ts'

const PART_BYTES = 4_000_000

interface Source { url: string; blobFolder: string; now: Temporal.Instant }

/**
 * Writes everything into one file: the tables of one moment, then the files that they name. Nobody waits for it.
 * It appears under its name only when it is whole and on the disk, and never over another.
 */
export async function backUp(source: Source, file: string): Promise<Manifest> {
  const refuseThere = () => new Refusal(`There is a file ${file} already. Name another one; nothing was written.`)
  if (await access(file).then(() => true, () => false)) throw refuseThere()
  const half = `${file}.part`
  const out = await open(half, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new Refusal(`${half} is there: another backup is being written, or one was cut off. Remove it and try again.`)
    throw new Refusal(`${half} cannot be written (${error.code}). Name a folder that is there and that you may write to.`)
  })
  const client = new HouseClient({ connectionString: source.url, application_name: 'altavoz backup' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(PLAIN_SESSION)
    await client.query('begin isolation level repeatable read read only')
    const pack = tar.pack()
    const written = pipeline(pack, createGzip(), createWriteStream(half, { fd: out.fd, autoClose: false }))
    const filled = fill(pack, client, source).catch((error: Error) => { pack.destroy(error); throw error })
    const [, manifest] = await Promise.all([written, filled])
    await out.sync()
    // A link, not a rename: a rename would replace a file that came meanwhile.
    await link(half, file).catch((error: NodeJS.ErrnoException) => { throw error.code === 'EEXIST' ? refuseThere() : error })
    await rm(half)
    const folder = await open(dirname(file))
    await folder.sync().finally(() => folder.close())
    return manifest
  } catch (error) {
    await rm(half, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Refusal(`The disk of ${file} is full. Nothing is left of this backup; make room and try again.`)
    throw error
  } finally {
    await out.close().catch(() => {})
    await client.end().catch(() => {})
  }
}

async function fill(pack: tar.Pack, client: HouseClient, { blobFolder, now }: Source): Promise<Manifest> {
  const mtime = new Date(now.epochMilliseconds)
  const put = (name: string, bytes: Buffer | string) => new Promise<void>((resolve, reject) => {
    pack.once('error', reject)
    pack.entry({ name, mode: 0o600, mtime }, bytes, (error) => { pack.off('error', reject); if (error) reject(error); else resolve() })
  })
  const columns = await listColumns(client)
  const one = async (text: string) => (await client.query<{ it: unknown }>(text)).rows.map(({ it }) => String(it))
  const schema = await one('select name as it from schema_migration order by name')
  const counters = await client.query<{ name: string; at: string }>(
    `select sequencename::text as name, last_value::text as at from pg_sequences where schemaname = 'public' and last_value is not null`)
  const head: Head = {
    format: 1, madeAt: now.toString(), database: (await one(`select current_setting('server_version') as it`))[0]!, schema, columns,
    sequences: Object.fromEntries(counters.rows.map(({ name, at }) => [name, at])),
  }
  await put('head.json', JSON.stringify(head, null, 1))
  const manifest: Manifest = { tables: {}, blobs: {}, audit: null }
  for (const [table, names] of Object.entries(columns)) {
    const digest = createHash('sha256')
    let [rows, count, size, waiting] = [0, 0, 0, [] as Buffer[]]
    const flush = async () => {
      if (size > 0) await put(`tables/${table}/${String(++count).padStart(6, '0')}.copy`, Buffer.concat(waiting))
      ;[size, waiting] = [0, []]
    }
    for await (const chunk of rowsOf(client, table, names)) {
      digest.update(chunk)
      // In COPY's text a line feed ends a row and stands nowhere else.
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++
      waiting.push(chunk)
      if ((size += chunk.length) >= PART_BYTES) await flush()
    }
    await flush()
    manifest.tables[table] = { rows, sha256: digest.digest('hex') }
  }
  for (const hash of await one('select hash as it from blob order by hash')) {
    manifest.blobs[hash] = await putBlob(pack, placeOf(blobFolder, hash), hash, mtime)
  }
  manifest.audit = (await one(`select position || ':' || hash as it from audit_seal order by position desc limit 1`))[0] ?? null
  const bytes = Buffer.from(JSON.stringify(manifest, null, 1))
  await put('manifest.json', bytes)
  await put('manifest.sha256', `${createHash('sha256').update(bytes).digest('hex')}\n`)
  pack.finalize()
  return manifest
}

async function putBlob(pack: tar.Pack, path: string, hash: string, mtime: Date): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new Refusal(`The file ${hash} is missing in DATA_DIR/blobs, so a backup would not be whole. See bin/altavoz doctor.`)
  const digest = createHash('sha256')
  const entry = pack.entry({ name: `blobs/${hash}`, size: found.size, mode: 0o600, mtime })
  await pipeline(createReadStream(path), async function* (bytes) {
    for await (const chunk of bytes as AsyncIterable<Buffer>) { digest.update(chunk); yield chunk }
  }, entry)
  if (digest.digest('hex') !== hash) throw new Refusal(`The file ${hash} is damaged on the disk, so a backup would be too. See bin/altavoz doctor.`)
  return found.size
}
