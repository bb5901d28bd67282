import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import '#kernel/blobs/server/tables.ts'
import type { Databases } from '#kernel/database/databases.ts'
import type { Tx } from '#kernel/database/tables.ts'

export interface Blobs {
  /** Writes the bytes to the disk, whole and synced, under their SHA-256. Commit the row with `recordBlob` afterwards. */
  write(bytes: AsyncIterable<Uint8Array> | Uint8Array, limit?: number): Promise<{ hash: string; byteSize: number }>
  find(hash: string): Promise<{ path: string; mediaType: string; byteSize: number } | undefined>
  /** Takes the file away at once (erasure, sweep). */
  remove(hash: string): Promise<void>
}

export class TooLarge extends Error {}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
const LARGEST = 200_000_000

/** Files by the hash of their content under `folder`: written beside, synced, renamed, and only then a row names them. */
export async function openBlobs(db: Databases, folder: string): Promise<Blobs> {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
  await mkdir(folder, { recursive: true })
  return {
    async write(bytes, limit = LARGEST) {
      const half = join(folder, `.half-${randomUUID()}`)
      const digest = createHash('sha256')
      let byteSize = 0
      const file = await open(half, 'wx', 0o600)
      try {
        await pipeline(bytes instanceof Uint8Array ? [bytes] : bytes, async function (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            byteSize += chunk.byteLength
            if (byteSize > limit) throw new TooLarge(`a file may have ${limit} bytes at most`)
            digest.update(chunk)
            await file.writeFile(chunk)
          }
        })
        await file.sync()
      } catch (error) {
        await file.close()
        await rm(half, { force: true })
        throw error
      }
      await file.close()
      const hash = digest.digest('hex')
      await mkdir(dirname(pathOf(hash)), { recursive: true })
      await rename(half, pathOf(hash))
      await syncFolder(dirname(pathOf(hash)))
      return { hash, byteSize }
    },
    async find(hash) {
      if (!isHash(hash)) return undefined
      const row = await db.read.selectFrom('blob').select(['mediaType', 'byteSize']).where('hash', '=', hash).executeTakeFirst()
      const found = row && (await stat(pathOf(hash)).catch(() => undefined))
      return found && row ? { path: pathOf(hash), mediaType: row.mediaType, byteSize: Number(row.byteSize) } : undefined
    },
    remove: (hash) => (isHash(hash) ? rm(pathOf(hash), { force: true }) : Promise.resolve()),
  }
}

/** A rename is safe on the disk only when its folder is. */
async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Names a written file in the acting transaction; a file that was waiting for the sweep is used again. */
export async function recordBlob(tx: Tx, blob: { hash: string; mediaType: string; byteSize: number }, now: Temporal.Instant): Promise<void> {
  await tx.insertInto('blob').values({ ...blob, byteSize: BigInt(blob.byteSize), createdAt: now, unusedSince: null })
    .onConflict((oc) => oc.column('hash').doUpdateSet({ unusedSince: null })).execute()
}
