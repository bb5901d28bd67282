import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isBlobHash, type StoredFile, TooLarge } from '#kernel/blobs/blob.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export const placeOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash)

export async function openShelf(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Written beside, synced, renamed, and the folder synced: after a power cut a file is whole or not there. */
export async function writeWhole(
  folder: string, bytes: AsyncIterable<Uint8Array> | Uint8Array, limit: number,
): Promise<StoredFile> {
  const half = join(folder, `.half-${randomUUID()}`)
  const digest = createHash('sha256')
  let byteSize = 0
  const file = await open(half, 'wx', 0o600)
  try {
    await pipeline(bytes instanceof Uint8Array ? [bytes] : bytes, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        byteSize += chunk.byteLength
        if (byteSize > limit) throw new TooLarge(`a file may have ${limit} bytes at most`)
        digest.update(chunk)
        await file.writeFile(chunk)
      }
    })
    await file.sync()
    await file.close()
    const hash = digest.digest('hex')
    const place = placeOf(folder, hash)
    const isNewShelf = await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    await rename(half, place)
    await syncFolder(dirname(place))
    if (isNewShelf) await syncFolder(folder)
    return { hash, byteSize }
  } catch (error) {
    await file.close().catch(() => {})
    await rm(half, { force: true })
    throw error
  }
}

/** A rename is safe on the disk only when its folder is. */
async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * Takes a file away unless it was written within the last day. It is put aside before it is looked at: else the same
 * bytes could be written anew between the look and the removal, and a row would name a file that is gone.
 */
export async function removeIfOld(folder: string, hash: string, now: Temporal.Instant): Promise<boolean> {
  const place = placeOf(folder, hash)
  const aside = join(folder, `.half-${randomUUID()}`)
  try {
    await rename(place, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  const isOld = now.epochMilliseconds - (await stat(aside)).mtimeMs > DAY_MS
  if (!isOld) await link(aside, place).catch(ifThere)
  await rm(aside, { force: true })
  return isOld
}

export async function* listStored(folder: string): AsyncGenerator<string> {
  for (const shelf of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue
    for (const name of await readdir(join(folder, shelf))) if (isBlobHash(name)) yield name
  }
}

/** What a killed process left half written. A day before this process began, nobody is writing it any more. */
export async function clearHalfFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.half-')) continue
    const file = await stat(join(folder, name)).catch(() => undefined)
    if (file && performance.timeOrigin - file.mtimeMs > DAY_MS) await rm(join(folder, name), { force: true })
  }
}

function ifThere(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error
}
