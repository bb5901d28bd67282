import { chmod, chown, lstat, mkdir, mkdtemp, readlink, rm, rmdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Runner } from '#kernel/database/embedded/runner.ts'

/** The system cuts a socket's path off here (104 on macOS, 108 with its end mark on Linux). */
const LONGEST_PATH = 103
const SOCKET = '/.s.PGSQL.5432'

/**
 * The private folder of the database's socket. It is `DATA_DIR/socket` when that path is short and plain enough, else
 * a folder under /tmp to which `DATA_DIR/socket` is a link, so that every program of this data folder finds the same.
 * Its name is random: a name that others could guess, they could also occupy before us.
 */
export async function openSocketFolder(dataDir: string, runner: Runner): Promise<string> {
  const inside = join(dataDir, 'socket')
  const fits = /^[\w./-]+$/.test(inside) && Buffer.byteLength(inside + SOCKET) <= LONGEST_PATH
  for (;;) {
    const known = await lstat(inside).catch(() => undefined)
    if (known?.isDirectory() && fits) return makePrivate(inside, runner)
    if (known?.isSymbolicLink()) {
      const target = await readlink(inside).catch(() => undefined)
      if (target === undefined) continue // another start took it away just now: look again
      if (await isPrivateTo(target, runner)) return target
    }
    // What is left: a link to a folder that is gone or a stranger's, or a folder copied from elsewhere.
    if (known) await rm(inside, { recursive: true, force: true })
    if (fits) {
      await mkdir(inside, { mode: 0o700 }).catch(ifThere)
      continue
    }
    const outside = await makePrivate(await mkdtemp('/tmp/altavoz-'), runner)
    await symlink(outside, inside).catch(async (error: NodeJS.ErrnoException) => {
      await rm(outside, { recursive: true })
      ifThere(error)
    })
  }
}

/**
 * After the database has stopped: a folder under /tmp is of no use any more. Only an empty one is taken away, for
 * another program may have started the database in it by now. One that is about to finds it gone and opens another; the
 * link that is left leads nowhere, which `openSocketFolder` knows.
 */
export async function closeSocketFolder(dataDir: string, socketFolder: string): Promise<void> {
  if (join(dataDir, 'socket') !== socketFolder) await rmdir(socketFolder).catch(() => {})
}

async function makePrivate(folder: string, runner: Runner): Promise<string> {
  await chmod(folder, 0o700)
  if (runner.identity.uid !== undefined) await chown(folder, runner.uid, runner.gid)
  return folder
}

async function isPrivateTo(folder: string, runner: Runner): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined)
  return found !== undefined && found.isDirectory() && found.uid === runner.uid && (found.mode & 0o077) === 0
}

function ifThere(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error
}
