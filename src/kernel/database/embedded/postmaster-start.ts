import { spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DataFolder } from '#kernel/database/embedded/data-folder.ts'
import { lastLine } from '#kernel/database/embedded/first-start.ts'
import { type Postmaster, findPostmaster } from '#kernel/database/embedded/postmaster.ts'
import type { PostgresProgram } from '#kernel/database/embedded/program.ts'
import type { Runner } from '#kernel/database/embedded/runner.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { bytesOfArchive, memoryOfMachine, sharedBuffers } from '#kernel/database/embedded/shared-buffers.ts'
import { openSocketFolder } from '#kernel/database/embedded/socket-folder.ts'

const TRY_EVERY_MS = 100
const TRY_FOR_MS = 30_000
const LOOK_EVERY_MS = 5
const LOG_BYTES = 1_000_000

const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '30',
  fsync: 'on',
  jit: 'off',
  // Whoever asks reads by itself: to wake another process for each page, or to start one for a search, costs more than it saves.
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // A log that is seized must not hold what was written: no statement, no value, and no "Key (email)=(…)".
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

export interface Start {
  folder: DataFolder
  program: PostgresProgram
  runner: Runner
  settings?: Record<string, string>
  /** How long a start is tried again that the dead predecessor is in the way of; 30 s. */
  patienceMs?: number
  say: (line: string) => void
}

/**
 * Returns the ready postmaster of the folder: the living one, or one started here. A start that PostgreSQL refuses
 * because a killed predecessor is not quite gone (a zombie, or a child that still holds shared memory) is tried again.
 */
export async function ensurePostmaster(start: Start, stopped = () => false): Promise<Postmaster & { started: boolean }> {
  const deadline = performance.now() + (start.patienceMs ?? TRY_FOR_MS)
  let started = false
  for (;;) {
    const found = await waitWhileStarting(start)
    if (found) return { ...found, started }
    if (stopped()) throw new Refusal('Altavoz was stopped while its database was starting.')
    const words = await tryOnce(start)
    started = true
    if (words === undefined) continue
    if (!mayPassByItself(words) || performance.now() > deadline) throw refusalFor(words, start.folder)
    await sleep(TRY_EVERY_MS)
  }
}

/** A postmaster that lives but is not ready may be recovering, which takes as long as it takes. */
async function waitWhileStarting(start: Start): Promise<Postmaster | undefined> {
  let lastSaid = performance.now()
  for (;;) {
    const found = await findPostmaster(start.folder.database)
    if (!found || found.isReady) return found
    if (performance.now() - lastSaid > 5000) {
      start.say('the database is recovering')
      lastSaid = performance.now()
    }
    await sleep(LOOK_EVERY_MS)
  }
}

/** Starts one postmaster; undefined as soon as its pid file is there, or its last words when it ended. */
async function tryOnce({ folder, program, runner, settings }: Start): Promise<string | undefined> {
  // Found anew for each try: whoever left last may have taken the one of the last try away.
  const socketFolder = await openSocketFolder(folder.path, runner)
  const log = await openLog(folder.log)
  const before = (await log.stat()).size
  const shared = sharedBuffers(memoryOfMachine(), await bytesOfArchive(folder.database))
  const all = { ...SETTINGS, shared_buffers: shared, ...settings, unix_socket_directories: socketFolder }
  const child = spawn(program.postgres, ['-D', folder.database, ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`])], {
    // Its own session: it outlives a killed app, and a Ctrl-C in the terminal does not reach it.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: folder.database,
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' },
    ...runner.identity,
  })
  let ended = false
  const failed = new Promise<Error | undefined>((resolve) => {
    child.on('error', (error) => { ended = true; resolve(error) })
    child.on('exit', () => { ended = true; resolve(undefined) })
  })
  child.unref()
  await log.close()
  while (!ended) {
    if ((await findPostmaster(folder.database))?.pid === child.pid) return undefined
    await sleep(LOOK_EVERY_MS)
  }
  const error = await failed
  if (error) return error.message
  return (await readFile(folder.log)).subarray(before).toString()
}

async function openLog(path: string) {
  const size = await stat(path).then((found) => found.size, () => 0)
  if (size > LOG_BYTES) await rename(path, `${path}.old`).catch(() => {})
  return open(path, 'a', 0o600)
}

function mayPassByItself(words: string): boolean {
  return /lock file ".*" (already exists|is empty)|could not create lock file ".*": No such file|shared memory block .* is still in use|Is another postmaster/.test(words)
}

function refusalFor(words: string, folder: DataFolder): Refusal {
  if (/No space left on device/.test(words)) {
    return new Refusal(`The disk that holds ${folder.path} is full: the database cannot start. Free some space and start again.`)
  }
  if (/lock file ".*" already exists/.test(words)) {
    return new Refusal(
      `PostgreSQL says that another one is using ${folder.database}, and it is not one that Altavoz may stop. ` +
        `See the number on the first line of ${folder.database}/postmaster.pid, and stop that program.`,
    )
  }
  const fatal = words.split('\n').find((line) => /(FATAL|PANIC):/.test(line)) ?? lastLine(words)
  return new Refusal(`The database did not start: ${fatal.replace(/^.*?(FATAL|PANIC): */, '')} (more in ${folder.log})`)
}
