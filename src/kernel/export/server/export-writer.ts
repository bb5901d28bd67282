import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '#kernel/database/refusal.ts'
import { type ExportHead, HEAD_FILE, SUMS_FILE, UNFINISHED_FILE } from '#kernel/export/server/export-head.ts'

/**
 * Writes an export file by file. Each file's hash goes into one list as it is written, and the head, which names the hash of the
 * list, comes last: without it an export was cut off. Only the owner may read what is written, since drafts stand in it.
 */
export interface ExportWriter {
  put(path: string, text: string): Promise<void>
  /** Copies a file whose hash is known; one that is there already stays. @throws Refusal when it is missing or damaged */
  copy(path: string, from: string, hash: string): Promise<void>
  /** A folder that no other thing has: the wished name, or the same with a number. */
  claim(folder: string, name: string): Promise<string>
  finish(head: Omit<ExportHead, 'format' | 'sums'>): Promise<void>
  /** Takes away all that was written. */
  abandon(): Promise<void>
}

/** @throws Refusal when there is something in the folder */
export async function openExportWriter(folder: string): Promise<ExportWriter> {
  const wasThere = await refuseUsed(folder)
  if (!wasThere) await mkdir(folder, { mode: 0o700, recursive: true }).catch((error: NodeJS.ErrnoException) => { throw notWritable(folder, error) })
  await writeNew(join(folder, UNFINISHED_FILE), 'This export was not finished. Remove the folder and export again.\n').catch((error: NodeJS.ErrnoException) => { throw notWritable(folder, error) })
  const sums = await open(join(folder, `${SUMS_FILE}.part`), 'wx', 0o600)
  const digest = createHash('sha256')
  let waiting = ''

  const flush = async () => {
    await sums.writeFile(waiting)
    digest.update(waiting)
    waiting = ''
  }
  const note = async (path: string, hash: string) => {
    waiting += `${hash}  ${path}\n`
    if (waiting.length > 65_536) await flush()
  }
  const place = async (path: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    return join(folder, path)
  }
  return {
    async put(path, text) {
      await writeNew(await place(path), text)
      await note(path, createHash('sha256').update(text).digest('hex'))
    },
    async copy(path, from, hash) {
      const to = await place(path)
      if (await stat(to).catch(() => undefined)) return
      await copyChecked(from, to, hash)
      await note(path, hash)
    },
    async claim(parent, name) {
      await mkdir(join(folder, parent), { recursive: true, mode: 0o700 })
      for (let n = 1; ; n++) {
        const path = `${parent}/${n === 1 ? name : `${name}-${n}`}`
        const isNew = await mkdir(join(folder, path), { mode: 0o700 }).then(() => true, (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false
          throw error
        })
        if (isNew) return path
      }
    },
    async finish(head) {
      await flush()
      await sums.sync()
      await sums.close()
      await rename(join(folder, `${SUMS_FILE}.part`), join(folder, SUMS_FILE))
      await writeNew(join(folder, `${HEAD_FILE}.part`), `${JSON.stringify({ format: 1, ...head, sums: digest.digest('hex') }, null, 1)}\n`, true)
      await rename(join(folder, `${HEAD_FILE}.part`), join(folder, HEAD_FILE))
      await rm(join(folder, UNFINISHED_FILE))
      await syncFolder(folder)
    },
    async abandon() {
      await sums.close().catch(() => {})
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
      if (!wasThere) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function refuseUsed(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error.code === 'ENOTDIR' ? new Refusal(`${folder} is a file. Name a new folder for the export; nothing was written.`) : notWritable(folder, error)
  })
  if (names === undefined) return false
  if (names.includes(UNFINISHED_FILE)) throw new Refusal(`${folder} holds an export that was cut off. Remove the folder and export again; nothing was written.`)
  if (names.length > 0) throw new Refusal(`${folder} is not empty. Name a new folder for the export; nothing was written.`)
  return true
}

const notWritable = (folder: string, { code }: NodeJS.ErrnoException) =>
  new Refusal(`${folder} cannot be written (${code}). Name a folder where you may write; nothing was exported.`)

async function writeNew(path: string, text: string, isSynced = false): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    if (isSynced) await file.sync()
  } finally {
    await file.close()
  }
}

async function copyChecked(from: string, to: string, hash: string): Promise<void> {
  if (!(await stat(from).catch(() => undefined))) throw new Refusal(`The file ${hash} is missing in DATA_DIR/blobs, so an export would not be whole. See bin/altavoz doctor.`)
  const digest = createHash('sha256')
  const file: FileHandle = await open(to, 'wx', 0o600)
  try {
    await pipeline(createReadStream(from), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        digest.update(chunk)
        await file.writeFile(chunk)
      }
    })
  } finally {
    await file.close()
  }
  if (digest.digest('hex') !== hash) throw new Refusal(`The file ${hash} is damaged on the disk, so an export would be too. See bin/altavoz doctor.`)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
