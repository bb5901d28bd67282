import { execFile } from 'node:child_process'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The living postmaster of exactly one folder. */
export interface Postmaster {
  pid: number
  isReady: boolean
  socketFolder: string
}

/**
 * The postmaster that serves this folder, if one is proven to live. A pid file may be left from a killed one, and its
 * number may belong to somebody else's program by now: proof is that the process is a postgres whose working directory
 * is this folder. Without proof nobody adopts it, and nobody sends it a signal.
 */
export async function findPostmaster(database: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(database, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !(await isPostgresOf(pid, database))) return undefined
  return { pid, isReady: lines[7] === 'ready', socketFolder: lines[4] ?? '' }
}

/** Sends a signal only after the proof was made anew. */
export async function signalPostmaster(database: string, pid: number, signal: NodeJS.Signals): Promise<boolean> {
  const found = await findPostmaster(database)
  if (found?.pid !== pid) return false
  process.kill(pid, signal)
  return true
}

async function isPostgresOf(pid: number, database: string): Promise<boolean> {
  const here = await realpath(database).catch(() => undefined)
  if (!here) return false
  try {
    return process.platform === 'linux' ? await linuxProof(pid, here) : await lsofProof(pid, here)
  } catch {
    return false
  }
}

async function linuxProof(pid: number, here: string): Promise<boolean> {
  const [cwd, program] = await Promise.all([readlink(`/proc/${pid}/cwd`), readlink(`/proc/${pid}/exe`)])
  // After an upgrade the kernel says "postgres (deleted)".
  return cwd === here && basename(program).split(' ')[0] === 'postgres'
}

async function lsofProof(pid: number, here: string): Promise<boolean> {
  const { stdout } = await run('lsof', ['-a', '-p', String(pid), '-d', 'cwd,txt', '-Fn'])
  const names = stdout.split('\n').filter((line) => line.startsWith('n')).map((line) => line.slice(1))
  return names.includes(here) && names.some((name) => basename(name) === 'postgres')
}
