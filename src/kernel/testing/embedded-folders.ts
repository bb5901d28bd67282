import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { findPostmaster, signalPostmaster } from '#kernel/database/embedded/postmaster.ts'

export interface App {
  process: ChildProcess
  url: string
  pid: number
  adopted: boolean
}

const made: { folder: string; data: string }[] = []

/** Folders of one test file; what still runs in them at its end is stopped, and they are removed. */
export async function makeFolder(...names: string[]): Promise<string> {
  const folder = await mkdtemp('/tmp/altavoz-embedded-')
  await chmod(folder, 0o711)
  const data = join(folder, ...names, 'data')
  made.push({ folder, data })
  return data
}

export function cleanUpFolders() {
  afterAll(async () => {
    for (const { folder, data } of made) {
      const database = join(data, 'postgres')
      const left = await findPostmaster(database)
      if (left) await signalPostmaster(database, left.pid, 'SIGQUIT')
      while (await findPostmaster(database)) await pause(20)
      await rm(folder, { recursive: true, force: true })
    }
  }, 30_000)
}

/** Starts the small program on a data folder and waits for what it says; rejects with its refusal. */
export async function startApp(data: string, identity: { uid?: number; gid?: number } = {}): Promise<App> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-app.ts'), data], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin' }, ...identity,
  })
  let said = ''
  let refused = ''
  child.stderr.on('data', (chunk) => (refused += chunk))
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('\n')) return { process: child, ...JSON.parse(said) }
  }
  throw new Error(refused.trim())
}

export async function kill(app: App, signal: NodeJS.Signals) {
  const ended = once(app.process, 'exit')
  app.process.kill(signal)
  await ended
}

export async function pidFileOf(data: string): Promise<number> {
  return Number((await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
}

export async function until(holds: () => unknown, withinMs = 10_000) {
  const end = performance.now() + withinMs
  while (!(await holds()) && performance.now() < end) await pause(10)
  expect(await holds()).toBeTruthy()
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
