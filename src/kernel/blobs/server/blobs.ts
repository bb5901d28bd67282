import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rm, stat, statfs } from 'node:fs/promises'
import '#kernel/blobs/server/tables.ts'
import { isBlobHash, type StoredFile } from '#kernel/blobs/blob.ts'
import { clearOldParts, type Parts, partsIn } from '#kernel/blobs/server/parts.ts'
import { clearHalfFiles, listStored, openShelf, placeOf, removeIfOld, writeWhole } from '#kernel/blobs/server/shelf.ts'
import type { Databases } from '#kernel/database/databases.ts'

export interface FoundBlob {
  path: string
  mediaType: string
  byteSize: number
}

/** Files in the data folder by the hash of their bytes. Rows name them; see `blob-actions.ts`. */
export interface Blobs {
  /**
   * Writes the bytes to the disk, whole and synced, under their hash; then `recordBlob` names them in the act.
   * @throws TooLarge past `limit` bytes; nothing is left then
   */
  write(bytes: AsyncIterable<Uint8Array> | Uint8Array, limit?: number): Promise<StoredFile>
  /** @throws when the bytes on the disk are not those of the hash any more */
  find(hash: string): Promise<FoundBlob | undefined>
  /** The bytes, checked against the hash; undefined when there is no such file. */
  read(hash: string): Promise<Buffer | undefined>
  /** Takes the file away at once: erasure. */
  remove(hash: string): Promise<void>
  /** Takes the file away unless it was written within the last day: someone may be about to name it. */
  removeIfOld(hash: string, now: Temporal.Instant): Promise<boolean>
  /** Bytes that are left on the disk for whoever runs this. */
  free(): Promise<number>
  /** What is still coming, part by part. */
  parts: Parts
  /** Hashes of all files on the disk, for the sweep and for `doctor`. */
  listStored(): AsyncIterable<string>
}

const LARGEST = 200_000_000
const MOST_REMEMBERED = 10_000

export async function openBlobs(db: Pick<Databases, 'read'>, folder: string): Promise<Blobs> {
  await openShelf(folder)
  await clearHalfFiles(folder)
  await clearOldParts(folder)
  const pathOf = (hash: string) => placeOf(folder, hash)
  /** Files that were read whole in this process, by hash: their state then. A disk that rots changes neither. */
  const checked = new Map<string, string>()

  async function check(hash: string, path: string, state: string) {
    if (checked.get(hash) === state) return
    const digest = createHash('sha256')
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
    if (digest.digest('hex') !== hash) throw damaged(hash)
    if (checked.size >= MOST_REMEMBERED) checked.clear()
    checked.set(hash, state)
  }

  return {
    write: (bytes, limit = LARGEST) => writeWhole(folder, bytes, limit),
    async find(hash) {
      if (!isBlobHash(hash)) return undefined
      const row = await db.read.selectFrom('blob').select(['mediaType', 'byteSize']).where('hash', '=', hash).executeTakeFirst()
      const path = pathOf(hash)
      const file = row && (await stat(path).catch(() => undefined))
      if (!row || !file) return undefined
      await check(hash, path, `${file.ino} ${file.size} ${file.mtimeMs}`)
      return { path, mediaType: row.mediaType, byteSize: Number(row.byteSize) }
    },
    async read(hash) {
      const bytes = isBlobHash(hash) ? await readFile(pathOf(hash)).catch(ifMissing) : undefined
      if (bytes && createHash('sha256').update(bytes).digest('hex') !== hash) throw damaged(hash)
      return bytes
    },
    remove: async (hash) => {
      if (isBlobHash(hash)) await rm(pathOf(hash), { force: true })
    },
    removeIfOld: (hash, now) => removeIfOld(folder, hash, now),
    async free() {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
    parts: partsIn(folder),
    listStored: () => listStored(folder),
  }
}

const damaged = (hash: string) =>
  new Error(`the file ${hash} is damaged on the disk: take it from the last backup and check the disk`)

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
