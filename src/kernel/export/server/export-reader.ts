import { createHash } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { Refusal } from '#kernel/database/refusal.ts'
import { isExportPath } from '#kernel/export/export-path.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import { ExportHeadShape, HEAD_FILE, SUMS_FILE, UNFINISHED_FILE } from '#kernel/export/server/export-head.ts'

export interface ExportedFile {
  path: string
  /** SHA-256 when it was written. */
  hash: string
}

export interface ExportFolder {
  head: v.InferOutput<typeof ExportHeadShape>
  /** Every file in the order in which it was written; one after the other, for there may be many. */
  files(): AsyncGenerator<ExportedFile>
  /** Its text, which must be as it was written. @throws NotAsWritten */
  read(file: ExportedFile): Promise<string>
  /** Its text, which people may have changed. @throws NotAsWritten */
  readAsItIs(path: string): Promise<string>
  /** Its bytes, unchecked. @throws NotAsWritten */
  bytes(path: string): Promise<AsyncIterable<Uint8Array>>
}

/** Files of text are read whole; the longest text of a house is far shorter. */
const LONGEST_TEXT = 16_000_000
const LONGEST_HEAD = 100_000
const LONGEST_LINE = 2_000

export const isExportFolder = (folder: string): boolean => existsSync(join(folder, HEAD_FILE)) || existsSync(join(folder, UNFINISHED_FILE))

/**
 * Opens an export that may come from anywhere. Names are looked at before anything is read, links and what is no file are
 * refused, and no file is read longer than it may be.
 * @throws Refusal
 */
export async function openExport(folder: string): Promise<ExportFolder> {
  if (!existsSync(join(folder, HEAD_FILE))) throw new Refusal(`The export in ${folder} was not finished: it has no ${HEAD_FILE}. Export again into a new folder; nothing was imported.`)
  await refuseLinks(folder, '')
  const head = await readHead(folder)
  await checkSums(folder, head.sums)
  return {
    head,
    files: () => linesOf(folder),
    async read({ path, hash }) {
      const bytes = await wholeFile(folder, path, LONGEST_TEXT)
      if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new NotAsWritten(`${path} was changed after the export; only the words in .md files may be. Put it back as it was`)
      return decoded(path, bytes)
    },
    readAsItIs: async (path) => decoded(path, await wholeFile(folder, path, LONGEST_TEXT)),
    async bytes(path) {
      const file = await openPlain(folder, path)
      return file.createReadStream()
    },
  }
}

async function refuseLinks(folder: string, below: string): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) await refuseLinks(folder, path)
    else if (!entry.isFile()) throw new Refusal(`The export holds “${path}”, which is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}: Altavoz did not write it. Take it away; nothing was imported.`)
  }
}

async function readHead(folder: string) {
  try {
    const read: unknown = JSON.parse(decoded(HEAD_FILE, await wholeFile(folder, HEAD_FILE, LONGEST_HEAD)))
    const format = (read as { format?: unknown } | null)?.format
    if (typeof format === 'number' && format > 1) throw new Refusal(`The export has a newer format (${format}). Use the Altavoz that made it, or a newer one; nothing was imported.`)
    return v.parse(ExportHeadShape, read)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${HEAD_FILE} is not as Altavoz writes it. Take another copy of the export; nothing was imported.`)
  }
}

/** The list of files is the one that the head names, and each name in it leads into the folder. */
async function checkSums(folder: string, sums: string): Promise<void> {
  const digest = createHash('sha256')
  try {
    for await (const { path, hash } of linesOf(folder)) digest.update(`${hash}  ${path}\n`)
  } catch (error) {
    if (error instanceof NotAsWritten) throw new Refusal(`${SUMS_FILE}: ${error.message}. Take another copy of the export; nothing was imported.`)
    throw error
  }
  if (digest.digest('hex') !== sums) throw new Refusal(`${SUMS_FILE} is not as it was written. Take another copy of the export; nothing was imported.`)
}

async function* linesOf(folder: string): AsyncGenerator<ExportedFile> {
  let rest = ''
  for await (const chunk of (await openPlain(folder, SUMS_FILE)).createReadStream({ encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop()!
    if (rest.length > LONGEST_LINE) throw new NotAsWritten('holds a line that is too long')
    for (const line of lines) {
      const [, hash, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
      if (!hash || !path || !isExportPath(path)) throw new NotAsWritten(`names “${line.slice(66, 200)}”, which is no file of an export`)
      yield { path, hash }
    }
  }
  if (rest !== '') throw new NotAsWritten('is cut off')
}

/** @throws NotAsWritten; O_NOFOLLOW, for a link may have come since they were looked for */
async function openPlain(folder: string, path: string) {
  if (!isExportPath(path)) throw new NotAsWritten(`names “${path.slice(0, 200)}”, which is no file of an export`)
  return open(join(folder, path), constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
    throw new NotAsWritten(error.code === 'ENOENT' ? `${path} is missing` : `${path} cannot be read (${error.code})`)
  })
}

async function wholeFile(folder: string, path: string, longest: number): Promise<Buffer> {
  const file = await openPlain(folder, path)
  try {
    const { size } = await file.stat()
    if (size > longest) throw new NotAsWritten(`${path} is larger than ${longest / 1_000_000} MB`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function decoded(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new NotAsWritten(`${path} is no text in UTF-8`)
  }
}
