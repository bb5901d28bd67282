import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import tar from 'tar-stream'
import { openedBytes } from '#kernel/backup/server/sealing.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** What stands first: all that is needed before a row is loaded. */
export interface Head {
  format: 1
  madeAt: string
  database: string
  /** The migrations that had run, oldest first. */
  schema: string[]
  columns: Record<string, string[]>
  sequences: Record<string, string>
}

/** What stands last: what must have come before it. */
export interface Manifest {
  /** The version of the program that made it. */
  program: string
  /** The site's name, in its first language where it has one there. */
  site: string | null
  /** SHA-256 of the head's bytes. */
  head: string
  tables: Record<string, { rows: number; sha256: string }>
  blobs: Record<string, number>
  audit: string | null
}

export type Part =
  | { kind: 'head'; head: Head; sha256: string }
  | { kind: 'rows'; table: string; bytes: Buffer }
  | { kind: 'blob'; hash: string; bytes: AsyncIterable<Uint8Array> }
  | { kind: 'manifest'; manifest: Manifest }

const LARGEST_PART = 64_000_000

/**
 * Reads a backup part by part. Names are matched whole and never used as paths, so that an archive made by a stranger
 * can write nowhere (zip slip), and nothing but plain files is taken (symbolic links).
 * @param keyFile opens it when it is sealed
 * @throws Refusal that says where it is damaged
 */
export async function* readParts(file: string, keyFile?: string): AsyncGenerator<Part> {
  const extract = tar.extract()
  let failure: Error | undefined
  const source = pipeline(await openedBytes(file, keyFile), createGunzip(), extract, (error) => { failure ??= error ?? undefined })
  let last = 'its beginning'
  let manifestHash: string | undefined
  let ended = false
  const damaged = (error: unknown) => error instanceof Refusal ? error
    : new Refusal(`The backup ${file} is damaged or cut off after ${last} (${(failure ?? (error as Error)).message}). Take another copy.`)
  /** A file's bytes are read outside of here, and what breaks there is told alike. */
  async function* told(bytes: AsyncIterable<Uint8Array>) {
    try {
      yield* bytes
    } catch (error) {
      throw damaged(error)
    }
  }
  try {
    for await (const entry of source) {
      const { name, type } = entry.header
      const bytesOf = entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>
      if (ended) throw new Refusal(`The backup ${file} goes on after its end, with “${name}”: it is not as it was made.`)
      if (type !== 'file') throw new Refusal(`The backup ${file} holds “${name}”, which is no plain file (${type}): it was not made by Altavoz.`)
      const rows = /^tables\/([a-z_0-9]+)\/\d{6}\.copy$/.exec(name)
      const blob = /^blobs\/([0-9a-f]{64})$/.exec(name)
      if (blob) yield { kind: 'blob', hash: blob[1]!, bytes: told(bytesOf) }
      else if ((entry.header.size ?? 0) > LARGEST_PART) throw new Refusal(`The backup ${file} is damaged at “${name}”: too large a part.`)
      else if (rows) yield { kind: 'rows', table: rows[1]!, bytes: await whole(bytesOf) }
      else if (name === 'head.json') {
        const bytes = await whole(bytesOf)
        yield { kind: 'head', head: JSON.parse(bytes.toString()) as Head, sha256: sha256(bytes) }
      } else if (name === 'manifest.json') {
        const bytes = await whole(bytesOf)
        manifestHash = sha256(bytes)
        yield { kind: 'manifest', manifest: JSON.parse(bytes.toString()) as Manifest }
      } else if (name === 'manifest.sha256') {
        if ((await whole(bytesOf)).toString().trim() !== manifestHash) throw new Refusal(`The backup ${file} is damaged at its manifest.`)
        ended = true
      } else throw new Refusal(`The backup ${file} holds “${name}”, which no backup holds: it was not made by Altavoz.`)
      last = name
      entry.resume()
    }
  } catch (error) {
    throw damaged(error)
  }
  if (!ended) throw new Refusal(`The backup ${file} is cut off after ${last}. Take another copy.`)
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Reads all of it and compares every hash and count, before anything is written anywhere. */
export async function checkBackup(file: string, keyFile?: string): Promise<{ head: Head; manifest: Manifest }> {
  let head: Head | undefined
  let headHash: string | undefined
  let manifest: Manifest | undefined
  const tables = new Map<string, ReturnType<typeof createHash>>()
  const blobs = new Set<string>()
  for await (const part of readParts(file, keyFile)) {
    if (part.kind === 'head') [head, headHash] = [part.head, part.sha256]
    if (part.kind === 'manifest') manifest = part.manifest
    if (part.kind === 'rows') tables.set(part.table, (tables.get(part.table) ?? createHash('sha256')).update(part.bytes))
    if (part.kind !== 'blob') continue
    const digest = createHash('sha256')
    for await (const chunk of part.bytes) digest.update(chunk)
    if (digest.digest('hex') !== part.hash) throw new Refusal(`The backup ${file} is damaged at the file ${part.hash}. Take another copy.`)
    blobs.add(part.hash)
  }
  if (!head || !manifest) throw new Refusal(`${file} is no backup of Altavoz: it has no head or no manifest.`)
  if (head.format !== 1) throw new Refusal(`The backup ${file} has a newer format (${String(head.format)}). Use the Altavoz that made it, or a newer one.`)
  if (manifest.head !== headHash) throw new Refusal(`The backup ${file} is damaged at its head. Take another copy.`)
  for (const [table, { sha256: wanted }] of Object.entries(manifest.tables)) {
    if ((tables.get(table) ?? createHash('sha256')).digest('hex') !== wanted) throw new Refusal(`The backup ${file} is damaged at the table ${table}. Take another copy.`)
    if (!head.columns[table]) throw new Refusal(`The backup ${file} is damaged: nothing says which columns ${table} has.`)
    tables.delete(table)
  }
  const stray = [...tables.keys()][0] ?? [...blobs].find((hash) => !(hash in manifest.blobs))
  if (stray) throw new Refusal(`The backup ${file} holds ${stray}, which its manifest does not name.`)
  const missing = Object.keys(manifest.blobs).find((hash) => !blobs.has(hash))
  if (missing) throw new Refusal(`The backup ${file} is damaged: the file ${missing} is not in it.`)
  return { head, manifest }
}
