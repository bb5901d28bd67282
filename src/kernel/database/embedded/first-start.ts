import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type DataFolder, asRefusal } from '#kernel/database/embedded/data-folder.ts'
import type { PostgresProgram } from '#kernel/database/embedded/program.ts'
import type { Runner } from '#kernel/database/embedded/runner.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** The major version of the PostgreSQL that comes with this program. */
export const MAJOR = '18'
export const DATABASE_USER = 'altavoz'

const run = promisify(execFile)

/**
 * Makes the database's folder when it is not there yet, and refuses one of another major version. It is made beside
 * and renamed into place, so that a half-made one never stands there; of two first starts one wins, and both use it.
 */
export async function ensureCluster(
  folder: DataFolder, secret: string, program: PostgresProgram, runner: Runner, say: (line: string) => void,
): Promise<void> {
  if (await versionOf(folder.database)) return refuseOtherVersion(folder)
  say('making the database')
  const half = join(folder.path, `.half-${process.pid}`)
  try {
    await removeAbandoned(folder.path)
    await rm(half, { recursive: true, force: true })
    await mkdir(half, { mode: 0o700 })
    const password = join(half, 'password')
    await writeFile(password, secret, { mode: 0o600 })
    if (runner.identity.uid !== undefined) {
      await chown(half, runner.uid, runner.gid)
      await chown(password, runner.uid, runner.gid)
    }
    await initdb(join(half, 'postgres'), password, program, runner)
    await rename(join(half, 'postgres'), folder.database)
    await chmod(folder.database, 0o700)
  } catch (error) {
    const lost = ['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))
    if (!lost || !(await versionOf(folder.database))) throw asRefusal(error, folder.path)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
  await refuseOtherVersion(folder)
}

async function initdb(path: string, passwordFile: string, program: PostgresProgram, runner: Runner) {
  const options = [
    '-D', path, '--username', DATABASE_USER, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8',
    // Without a locale, initdb takes the environment's; with none there, the encoding would be SQL_ASCII.
    '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C',
  ]
  const settings = { ...runner.identity, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }
  try {
    await run(program.initdb, [...options, '--locale=C.UTF-8'], settings)
  } catch (error) {
    const words = String((error as { stderr?: string }).stderr)
    if (/No space left/.test(words)) throw Object.assign(new Error(words), { code: 'ENOSPC' })
    if (!/invalid locale name/.test(words)) throw new Refusal(`The database could not be made: ${lastLine(words)}`)
    // macOS has no C.UTF-8 of its own.
    await rm(path, { recursive: true, force: true })
    await run(program.initdb, [...options, '--locale=C'], settings)
  }
}

async function versionOf(database: string): Promise<string | undefined> {
  const text = await readFile(join(database, 'PG_VERSION'), 'utf8').catch(() => undefined)
  return text?.trim()
}

async function refuseOtherVersion(folder: DataFolder) {
  const version = await versionOf(folder.database)
  if (version === MAJOR) return
  throw new Refusal(
    `The database in ${folder.database} was made by PostgreSQL ${version}, and this Altavoz comes with ${MAJOR}. ` +
      `Start it with the Altavoz that made it and back it up there, or run PostgreSQL ${version} on it and name that in DATABASE_URL.`,
  )
}

/** Folders of first starts that were killed; a living one's is left alone. */
async function removeAbandoned(dataDir: string) {
  for (const name of await readdir(dataDir)) {
    const pid = /^\.half-(\d+)$/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
