import { appendFile, lstat, readFile, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Keep, momentOfBackup, superseded } from '#kernel/backup/rotation.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** One line of `DATA_DIR/backups.jsonl`: a backup that was written whole from this data folder. */
export interface MadeBackup {
  /** Absolute. */
  file: string
  madeAt: string
  bytes: number
  sha256: string
  isSealed: boolean
}

const listOf = (dataDir: string) => join(dataDir, 'backups.jsonl')

export async function noteBackup(dataDir: string, made: MadeBackup): Promise<void> {
  await appendFile(listOf(dataDir), `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${made.file} is written and whole, but DATA_DIR/backups.jsonl cannot be (${error.code}), so doctor will not know of it. No older backup was removed.`)
  })
}

/** Oldest first. A line that a power cut left half is passed over. */
export async function listMadeBackups(dataDir: string): Promise<MadeBackup[]> {
  const text = await readFile(listOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as MadeBackup]
    } catch {
      return []
    }
  })
}

/**
 * Removes what no rule keeps of the folder that the last backup was written to, and returns the names.
 * Only plain files go that this data folder made and that are as long as they were: another site may write to the same
 * folder, and a file of a like name is somebody's.
 */
export async function removeSuperseded(dataDir: string, last: string, keep: Keep): Promise<{ removed: string[]; foreign: number }> {
  const folder = dirname(last)
  const made = new Map((await listMadeBackups(dataDir)).map((one) => [one.file, one.bytes]))
  const alike = (await readdir(folder)).filter((name) => momentOfBackup(name))
  const own: string[] = []
  for (const name of alike) {
    const found = await lstat(join(folder, name))
    if (found.isFile() && made.get(join(folder, name)) === found.size) own.push(name)
  }
  const removed = superseded(own, keep, basename(last))
  for (const name of removed) await rm(join(folder, name))
  return { removed, foreign: alike.length - own.length }
}
