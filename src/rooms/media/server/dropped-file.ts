import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Words } from '#rooms/media/frozen.ts'
import { UNTITLED } from '#rooms/media/import/docx.ts'
import { openReading } from '#rooms/media/import/reading-apart.ts'

/** What a Word file of a long report with a few pictures weighs. */
export const LARGEST_DROPPED = 20 * 1024 * 1024

/** `isTitled` says that its title stands as a heading above its words, and is no name of a file. */
export type DroppedFile = (Words & { isTitled: boolean }) | { problem: 'not-docx' | 'large-file' | 'broken-file' | 'busy' }

const reading = openReading(undefined, 10_000)
/** One file after another: the thread knows one at a time. */
let turn: Promise<unknown> = Promise.resolve()
let waiting = 0
const MOST_WAITING = 4

/** In this house's own folder, and not where other programs of the machine keep theirs. */
const folderIn = (dataDir: string) => join(dataDir, 'dropped')

/** Takes away what a server left that was killed while it read a file. To be called before the first one is read. */
export const clearDropped = (dataDir: string): Promise<void> => rm(folderIn(dataDir), { recursive: true, force: true })

/**
 * The words of a Word file that somebody chose in a form; undefined where none was chosen. It is read in a thread that can be ended,
 * pictures are left out, and neither its name nor its author's is kept: both may name a person who did not want to be named.
 */
export async function readDropped(dataDir: string, file: unknown): Promise<DroppedFile | undefined> {
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return undefined
  if (file.size > LARGEST_DROPPED) return { problem: 'large-file' }
  if (!/\.docx$/i.test(file.name)) return { problem: 'not-docx' }
  if (waiting >= MOST_WAITING) return { problem: 'busy' }
  waiting++
  const path = join(folderIn(dataDir), `${randomUUID()}.docx`)
  try {
    await mkdir(folderIn(dataDir), { recursive: true, mode: 0o700 })
    await writeFile(path, new Uint8Array(await file.arrayBuffer()), { mode: 0o600 })
    const read = turn.then(() => wordsOf(path))
    turn = read.catch(() => {})
    return await read
  } finally {
    waiting--
    await rm(path, { force: true })
  }
}

async function wordsOf(path: string): Promise<DroppedFile> {
  let found: DroppedFile = { problem: 'broken-file' }
  // To its end: the thread is then free for the next file.
  for await (const incoming of reading.read({ path, name: 'file.docx', kind: 'docx' })) {
    if ('text' in incoming) found = { title: incoming.text.title, teaser: incoming.text.teaser, bodyMarkdown: incoming.text.bodyMarkdown, isTitled: !incoming.text.leftOut.some((one) => one.startsWith(UNTITLED)) }
  }
  return found
}
