import { setTimeout as sleep } from 'node:timers/promises'
import { asRefusal, openDataFolder, secretOf } from '#kernel/database/embedded/data-folder.ts'
import { DATABASE_USER, ensureCluster } from '#kernel/database/embedded/first-start.ts'
import { findPostmaster, signalPostmaster } from '#kernel/database/embedded/postmaster.ts'
import { type Start, ensurePostmaster } from '#kernel/database/embedded/postmaster-start.ts'
import { type Presence, bePresent } from '#kernel/database/embedded/presence.ts'
import { findProgram } from '#kernel/database/embedded/program.ts'
import { findRunner, refuseUnreachable } from '#kernel/database/embedded/runner.ts'
import { closeSocketFolder, openSocketFolder } from '#kernel/database/embedded/socket-folder.ts'
import { HouseClient } from '#kernel/database/house-client.ts'

const DATABASE = 'altavoz'
const STOP_WITHIN_MS = 8000

export interface Embedded {
  /** Stays the same when the database is started again. */
  url: string
  /** True when a living database was found, as after `kill -9` of the program or beside a running one. */
  adopted: boolean
  pid(): number
  onDown(callback: () => void): void
  onBack(callback: () => void): void
  /** Leaves. The last of this data folder to leave stops the database. Call it after all connections were closed. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** More settings of the server, by name: tests switch fsync off. */
  settings?: Record<string, string>
  /** How long to wait for a killed predecessor to be quite gone; 30 s. */
  patienceMs?: number
}

/**
 * Uses the PostgreSQL of a data folder: makes it, adopts it, or starts it, and starts it again when it dies.
 * @param say is told, in a few words, of each step that takes time
 * @throws Refusal with a sentence for the operator
 */
export async function startEmbedded(
  dataDir: string, say: (line: string) => void = () => {}, options: EmbeddedOptions = {},
): Promise<Embedded> {
  const program = await findProgram()
  const folder = await openDataFolder(dataDir)
  const runner = await findRunner([folder.database, folder.path])
  await refuseUnreachable(runner, folder.path, program.postgres)
  const secret = await secretOf(folder)
  await ensureCluster(folder, secret, program, runner, say)
  let socketFolder = await openSocketFolder(folder.path, runner).catch((error) => {
    throw asRefusal(error, folder.path)
  })
  const start: Start = { folder, program, runner, say, ...options }

  const down = new Set<() => void>()
  const back = new Set<() => void>()
  let stopped = false
  let pid = 0
  let presence: Presence | undefined
  let restarting: Promise<void> | undefined

  async function takePart(): Promise<{ adopted: boolean; url: string }> {
    let startedHere = false
    for (;;) {
      const postmaster = await ensurePostmaster(start, () => stopped)
      pid = postmaster.pid
      startedHere ||= postmaster.started
      socketFolder = postmaster.socketFolder || socketFolder
      const url = addressOf(socketFolder, secret, DATABASE)
      try {
        presence = await bePresent(url, () => { restarting = restart() })
        return { adopted: !startedHere, url }
      } catch (error) {
        const code = (error as { code?: string }).code
        // 3D000: the first start was killed, or is only now, between making the server and the database in it.
        if (code === '3D000') await createDatabase(addressOf(socketFolder, secret, 'postgres'))
        else if (code === '28P01') throw asRefusal(error, folder.path)
        else await sleep(50)
      }
    }
  }

  async function restart() {
    for (const callback of down) callback()
    say('the database went away; starting it again')
    while (!stopped) {
      try {
        await takePart()
        for (const callback of back) callback()
        return
      } catch (error) {
        if (stopped) return
        say(`the database does not come back: ${(error as Error).message}`)
        await sleep(1000)
      }
    }
  }

  const { adopted, url } = await takePart()
  return {
    url,
    adopted,
    pid: () => pid,
    onDown: (callback) => down.add(callback),
    onBack: (callback) => back.add(callback),
    async stop() {
      if (stopped) return
      stopped = true
      await restarting
      const alone = await presence?.leave()
      if (alone && (await signalPostmaster(folder.database, pid, 'SIGINT'))) {
        await waitUntilGone(folder.database, pid)
        await closeSocketFolder(folder.path, socketFolder)
      }
      await presence?.end()
    },
  }
}

function addressOf(socketFolder: string, secret: string, database: string): string {
  return `postgresql://${DATABASE_USER}:${secret}@/${database}?host=${encodeURIComponent(socketFolder)}`
}

async function createDatabase(url: string) {
  const client = new HouseClient({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`create database ${DATABASE} template template0`)
  } catch (error) {
    // Two first starts at once: the other one made it.
    if (!['42P04', '23505', '55006'].includes(String((error as { code?: string }).code))) throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function waitUntilGone(database: string, pid: number) {
  const deadline = performance.now() + STOP_WITHIN_MS
  while (performance.now() < deadline && (await findPostmaster(database))?.pid === pid) await sleep(10)
}
