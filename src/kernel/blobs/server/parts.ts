import { createReadStream } from 'node:fs'
import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isId } from '#kernel/id/id.ts'

/** Enough to tell what a file is. */
const HEAD = 64
const DAY_MS = 24 * 60 * 60 * 1000

/** Files that come part by part, until they are whole. They stand beside the blobs under an id, never under a name that somebody gave. */
export interface Parts {
  /** Writes bytes at an offset, synced; what stood after it is cut off. False where what came before is not there any more. */
  write(id: string, offset: number, bytes: Uint8Array): Promise<boolean>
  /** The first bytes, and how many there are. */
  look(id: string): Promise<{ head: Buffer; byteSize: number } | undefined>
  read(id: string): Promise<Buffer>
  /** Its bytes one after the other: a film does not stand whole in memory. */
  stream(id: string): AsyncIterable<Uint8Array>
  remove(id: string): Promise<void>
}

export function partsIn(folder: string): Parts {
  const pathOf = (id: string) => {
    if (!isId(id)) throw new Error('what comes part by part stands under an id')
    return join(folder, `.part-${id}`)
  }
  return {
    async write(id, offset, bytes) {
      const file = await open(pathOf(id), offset === 0 ? 'w' : 'r+', 0o600).catch(ifMissing)
      if (!file) return false
      try {
        if ((await file.stat()).size < offset) return false
        await file.truncate(offset)
        await file.write(bytes, 0, bytes.byteLength, offset)
        await file.sync()
        return true
      } finally {
        await file.close()
      }
    },
    async look(id) {
      const file = await open(pathOf(id), 'r').catch(ifMissing)
      if (!file) return undefined
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
        return { head: buffer.subarray(0, bytesRead), byteSize: (await file.stat()).size }
      } finally {
        await file.close()
      }
    },
    read: (id) => readFile(pathOf(id)),
    stream: (id) => createReadStream(pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
  }
}

/** What nobody went on with within a day before this process began. */
export async function clearOldParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.part-')) continue
    const file = await stat(join(folder, name)).catch(() => undefined)
    if (file && performance.timeOrigin - file.mtimeMs > DAY_MS) await rm(join(folder, name), { force: true })
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
