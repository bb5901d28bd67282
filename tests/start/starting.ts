/** Runs the real bin/start and listens to what it says. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { ORDINARY, isRoot } from './installation.ts'

export interface Start {
  pid: number
  /** The origin that it prints once it serves. Rejects with all it said when it ends before. */
  ready(): Promise<string>
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  said(): { out: string; err: string }
  signal(signal: NodeJS.Signals): void
}

interface Options {
  /** All of the environment but PATH. */
  env?: Record<string, string>
  args?: string[]
  cwd?: string
  asOrdinary?: boolean
  path?: string
}

const running = new Set<Start>()

afterEach(async () => {
  for (const start of running) start.signal('SIGTERM')
  await Promise.all([...running].map((start) => start.ended))
})

export function start(house: string, { env = {}, args = [], cwd = '/', asOrdinary = false, path }: Options = {}): Start {
  const command = [join(house, 'bin/start'), ...args]
  // setpriv becomes bin/start, which becomes node: one process, whose id is the app's.
  if (asOrdinary && isRoot) command.unshift('setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups')
  const [program, ...rest] = command as [string, ...string[]]
  const child = spawn(program, rest, { cwd, env: { PATH: path ?? process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const started = listenTo(child)
  running.add(started)
  void started.ended.then(() => running.delete(started))
  return started
}

function listenTo(child: ChildProcess): Start {
  const said = { out: '', err: '' }
  let heard = () => {}
  child.stdout!.on('data', (bytes: Buffer) => { said.out += bytes; heard() })
  child.stderr!.on('data', (bytes: Buffer) => { said.err += bytes })
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? signal!))
  })
  return {
    pid: child.pid!,
    ended,
    said: () => said,
    signal: (signal) => child.kill(signal),
    ready: () => new Promise((resolve, reject) => {
      heard = () => {
        const origin = /altavoz ready on (\S+)/.exec(said.out)?.[1]
        if (origin) resolve(origin)
      }
      heard()
      void ended.then((how) => reject(new Error(`ended with ${how} before it served:\n${said.out}${said.err}`)))
    }),
  }
}

/** For starts that are not about starter content: loading it is a quarter of a first start. */
export const BARE = ['--bare']

/** A start that must end by itself, with one sentence for the operator. */
export async function refusalOf(start: Start): Promise<string> {
  const how = await start.ended
  const { out, err } = start.said()
  expect(how, out + err).toBeTypeOf('number')
  expect(how, out + err).not.toBe(0)
  expect(out + err).not.toMatch(/^\s+at .+[:)]/m)
  // The log writes its JSON lines to the same stream.
  const sentences = err.trim().split('\n').filter((line) => !line.startsWith('{'))
  expect(sentences, out + err).toHaveLength(1)
  expect(out).not.toContain('altavoz ready on')
  return sentences[0]!
}

export async function servesPages(origin: string) {
  const page = await fetch(`${origin}/en/`)
  expect(page.status).toBe(200)
  return page.text()
}

export const postmasterOf = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
