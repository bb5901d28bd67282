// A real house for a journey: the built program, its own data folder, its own port, ended at the end.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#kernel/testing/free-port.ts'

export interface RunningHouse {
  origin: string
  dataDir: string
  /** Everything the server printed so far. */
  printed(): string
  /** Runs a word of the operator's command beside the running server. Throws with what it printed when it fails. */
  altavoz(...words: string[]): Promise<string>
  kill(): Promise<void>
  /** Ends the server and keeps its data folder. */
  stop(): Promise<void>
  startAgain(): Promise<void>
  end(): Promise<void>
}

const ROOT_FOLDER = '/var/tmp' // root's own folders are closed to the unprivileged user that runs PostgreSQL

/** The variable that names the data folder of a house that was furnished with these flags, to be copied. */
export const furnishedIn = (flags: string[]) => (flags.includes('--bare') ? 'ALTAVOZ_BARE_HOUSE' : 'ALTAVOZ_FURNISHED_HOUSE')

/**
 * Starts `build/server.js` of this checkout, which `./bin/test` has built, or of another folder. With no setting of its own it
 * starts on a copy of a furnished house where there is one.
 */
export async function runHouse(env: Record<string, string> = {}, flags: string[] = [], program = '.'): Promise<RunningHouse> {
  if (!existsSync(join(program, 'build/server.js'))) throw new Error('build/server.js is missing: run ./bin/test or ./bin/start once')
  const dataDir = await mkdtemp(join(process.getuid?.() === 0 ? ROOT_FOLDER : tmpdir(), 'altavoz-journey-'))
  const furnished = Object.keys(env).length === 0 && program === '.' ? process.env[furnishedIn(flags)] : undefined
  if (furnished) execFileSync('cp', ['-a', `${furnished}/.`, dataDir])
  const port = await freePort()
  const settings = { PATH: process.env.PATH ?? '', TZ: process.env.TZ ?? '', DATA_DIR: dataDir, PORT: String(port), ...env }
  let child: ChildProcess | undefined
  let printed = ''

  async function start() {
    const server = spawn(process.execPath, [join(program, 'build/server.js'), ...flags], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
    child = server
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(new Error(`not ready after 180 s:\n${printed}`)), 180_000)
      const hear = (bytes: Buffer) => {
        printed += bytes
        if (!/altavoz ready on/.test(printed)) return
        clearTimeout(late)
        ready()
      }
      server.stdout.on('data', hear)
      server.stderr.on('data', hear)
      server.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${printed}`)))
    })
  }
  const ended = (one: ChildProcess) => new Promise<void>((done) => (one.exitCode ?? one.signalCode) !== null ? done() : one.once('exit', () => done()))
  async function stop(signal: NodeJS.Signals) {
    if (!child) return
    child.kill(signal)
    await ended(child)
    child = undefined
  }
  await start()
  return {
    origin: `http://localhost:${port}`,
    dataDir,
    printed: () => printed,
    altavoz: (...words) =>
      new Promise((done, failed) => {
        execFile(process.execPath, [join(program, 'build/altavoz.js'), ...words], { env: settings }, (error, out, err) =>
          error ? failed(new Error(`altavoz ${words.join(' ')}: ${out}${err}`)) : done(out + err))
      }),
    kill: () => stop('SIGKILL'),
    stop: () => stop('SIGTERM'),
    startAgain: async () => {
      printed = ''
      await start()
    },
    end: async () => {
      await stop('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
