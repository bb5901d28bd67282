import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import tar from 'tar-stream'
import { PLAIN_SESSION, listColumns, rowsOf } from '#kernel/backup/server/catalogue.ts'
import { type Head, type Manifest, checkBackup, sha256 } from '#kernel/backup/server/container.ts'
import { type Written, openHalf, refusalOfFull } from '#kernel/backup/server/half-file.ts'
import { sealerFor } from '#kernel/backup/server/sealing.ts'
import { placeOf } from '#kernel/blobs/server/shelf.ts'
import { HouseClient } from '#kernel/database/house-client.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { refuseDuringRestore } from '#kernel/database/restore-lock.ts'

const PART_BYTES = 4_000_000

export interface Source {
  /** Without a pooler between. */
  url: string
  blobFolder: string
  now: Temporal.Instant
  /** The version of this program. */
  program: string
}

/** Reads what stands on the disk and compares it with what was written, before it gets its name. Public keys of `age` seal it. */
export interface BackupOptions { isReadBack?: boolean; sealTo?: string[] }

/**
 * Writes everything into one file: the tables of one moment, then the files that they name. Nobody waits for it.
 * It appears under its name only when it is whole and on the disk, and never over another.
 */
export async function backUp(source: Source, file: string, { isReadBack, sealTo = [] }: BackupOptions = {}): Promise<Written & { manifest: Manifest }> {
  const seal = sealTo.length > 0 ? await sealerFor(sealTo) : undefined
  await refuseDuringRestore(source.url)
  const half = await openHalf(file)
  const client = new HouseClient({ connectionString: source.url, application_name: 'altavoz backup' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(PLAIN_SESSION)
    await client.query('begin isolation level repeatable read read only')
    const pack = tar.pack()
    const packed = createGzip()
    const squeezed = pipeline(pack, packed)
    const filled = fill(pack, client, source).catch((error: Error) => { pack.destroy(error); throw error })
    const [written, manifest] = await Promise.all([half.write(seal ? seal(packed) : packed), filled, squeezed])
    if (isReadBack) await readBack(half.path, file, written, seal !== undefined)
    await half.finish()
    return { ...written, manifest }
  } catch (error) {
    throw refusalOfFull(file, error) ?? error
  } finally {
    await half.close()
    await client.end().catch(() => {})
  }
}

/** What is sealed cannot be looked into here, since the secret key is elsewhere: its bytes are compared. */
async function readBack(path: string, file: string, written: Written, isSealed: boolean): Promise<void> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
  if (digest.digest('hex') !== written.sha256) throw new Refusal(`What was written to ${file} reads back as something else: that disk is failing. Nothing was kept, and no older backup was removed.`)
  if (!isSealed) await checkBackup(path)
}

async function fill(pack: tar.Pack, client: HouseClient, { blobFolder, now, program }: Source): Promise<Manifest> {
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
  const headBytes = Buffer.from(JSON.stringify(head, null, 1))
  await put('head.json', headBytes)
  const [site = null] = await one('select t.name as it from site_text t cross join site order by t.lang = default_language desc, t.lang limit 1')
  const manifest: Manifest = { program, site, head: sha256(headBytes), tables: {}, blobs: {}, audit: null }
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
  await put('manifest.sha256', `${sha256(bytes)}\n`)
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
