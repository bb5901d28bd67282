/**
 * Runs a command on an older PostgreSQL than the one that comes with Altavoz, in a folder that is gone afterwards:
 *
 *     node src/kernel/testing/second-engine.ts vitest run src/kernel src/rooms
 *
 * Prints why and ends with 0 when this machine has no such server. The folder of its programs may be named in
 * SECOND_ENGINE (default: Debian's PostgreSQL 15).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findRunner } from '#kernel/database/embedded/runner.ts'
import { onServer } from '#kernel/testing/database-server.ts'

const run = promisify(execFile)

export interface SecondEngine {
  url: string
  stop(): Promise<void>
}

export async function startSecondEngine(programs: string): Promise<SecondEngine> {
  const runner = await findRunner([])
  const folder = await mkdtemp('/tmp/altavoz-second-')
  const asRunner = { ...runner.identity, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }
  const secret = randomBytes(18).toString('base64url')
  const [data, socket, password] = ['data', 'socket', 'password'].map((name) => join(folder, name)) as [string, string, string]
  await chmod(folder, 0o711)
  for (const path of [data, socket]) await mkdir(path, { mode: 0o700 })
  await writeFile(password, secret, { mode: 0o600 })
  if (runner.identity.uid !== undefined) for (const path of [data, socket, password]) await chown(path, runner.uid, runner.gid)
  await run(join(programs, 'initdb'), [
    '-D', data, '-U', 'altavoz', '--pwfile', password, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync',
  ], asRunner)
  const settings = [
    'listen_addresses=', `unix_socket_directories=${socket}`, 'unix_socket_permissions=0700', 'max_connections=200',
    'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB',
  ]
  // Its log would drown the tests' own report; it is shown when the server does not start.
  const logFile = join(folder, 'log')
  const log = await open(logFile, 'a')
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...asRunner, stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  const url = `postgresql://altavoz:${secret}@/postgres?host=${encodeURIComponent(socket)}`
  await untilItAnswers(url, server).catch(async (error) => {
    console.error(await readFile(logFile, 'utf8'))
    throw error
  })
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.on('exit', resolve))
      server.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(url: string, server: ChildProcess) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await onServer(url, 'select 1')
    } catch (error) {
      if (server.exitCode !== null || attempt > 300) throw error
      await sleep(50)
    }
  }
}

if (import.meta.main) {
  const programs = process.env.SECOND_ENGINE ?? '/usr/lib/postgresql/15/bin'
  const [command, ...args] = process.argv.slice(2)
  if (!command) throw new Error('name the command to run on the second engine')
  if (!(await access(join(programs, 'postgres')).then(() => true, () => false))) {
    console.log(`skipped: no PostgreSQL in ${programs} (name another folder in SECOND_ENGINE)`)
  } else {
    const engine = await startSecondEngine(programs)
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: engine.url } })
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => resolve(code ?? 1))
    }).finally(() => engine.stop())
  }
}
