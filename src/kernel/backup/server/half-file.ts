import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, link, open, readdir, readlink, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { momentOfBackup } from '#kernel/backup/rotation.ts'
import { Refusal } from '#kernel/database/refusal.ts'

export interface Written { bytes: number; sha256: string }

export interface HalfFile {
  path: string
  write(source: AsyncIterable<Uint8Array>): Promise<Written>
  /** Gives it its name: only now anybody sees it, whole and on the disk, and never over another file. */
  finish(): Promise<void>
  /** Closes it, and takes it away unless it was finished. */
  close(): Promise<void>
}

const thereAlready = (file: string) => new Refusal(`There is a file ${file} already. Name another one; nothing was written.`)

/** Opens a file that is written beside its name. What a killed backup left beside it is cleared away, and blocks nobody. */
export async function openHalf(file: string): Promise<HalfFile> {
  if (await access(file).then(() => true, () => false)) throw thereAlready(file)
  await clearLeftovers(file)
  const path = `${file}.${process.pid}-${randomUUID().slice(0, 8)}.part`
  const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw refusalOfFull(file, error) ?? new Refusal(`${file} cannot be written (${error.code}). Name a folder that is there and that you may write to.`)
  })
  return {
    path,
    async write(source) {
      const digest = createHash('sha256')
      let bytes = 0
      const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength
          digest.update(chunk)
          yield chunk
        }
      }
      await pipeline(source, counted, createWriteStream(path, { fd: handle.fd, autoClose: false }))
      await handle.sync()
      return { bytes, sha256: digest.digest('hex') }
    },
    async finish() {
      // A link, not a rename: a rename would replace a file that came meanwhile.
      await link(path, file).catch((error: NodeJS.ErrnoException) => { throw error.code === 'EEXIST' ? thereAlready(file) : error })
      await rm(path)
      const folder = await open(dirname(file))
      await folder.sync().finally(() => folder.close())
    },
    async close() {
      await handle.close().catch(() => {})
      await rm(path, { force: true })
    },
  }
}

/** A disk that is full, a quota, or the limit of a file's size. */
export function refusalOfFull(file: string, error: unknown): Refusal | undefined {
  const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException | null)?.code ?? '')
  return isFull ? new Refusal(`The disk of ${file} is full. Nothing is left of this backup; make room and try again.`) : undefined
}

async function clearLeftovers(file: string): Promise<void> {
  const folder = await realpath(dirname(file)).catch(() => undefined)
  if (!folder) return
  for (const name of await readdir(folder).catch(() => [])) {
    const [, whole = '', pid] = /^(.+)\.(\d+)-[0-9a-f]{8}\.part$/.exec(name) ?? []
    const isOurs = whole === basename(file) || momentOfBackup(whole) !== undefined
    if (isOurs && !(await isHeld(join(folder, name), Number(pid)))) await rm(join(folder, name), { force: true })
  }
}

/** Whether the process that its name tells of still writes it: a number is given to another process some day. */
async function isHeld(path: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => undefined)
  if (!descriptors) return true
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  return targets.includes(path)
}
