import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { Refusal } from '#kernel/database/refusal.ts'

const run = promisify(execFile)

/** Who PostgreSQL runs as. It refuses to run as root, and an ordinary user can only run it as oneself. */
export interface Runner {
  uid: number
  gid: number
  /** For `spawn`: empty when it is this process's own user. */
  identity: { uid?: number; gid?: number }
}

/** @param folders the database's folder if it is there, then the data folder: who owns them stays their owner */
export async function findRunner(folders: string[]): Promise<Runner> {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, identity: {} }
  for (const folder of folders) {
    const owner = await stat(folder).catch(() => undefined)
    if (owner && owner.uid !== 0) return asUser(owner.uid, owner.gid)
  }
  for (const name of ['altavoz', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name]))).catch(() => undefined)
    if (ids) return asUser(Number(ids[0]?.stdout), Number(ids[1]?.stdout))
  }
  throw new Refusal(
    'PostgreSQL does not run as root, and this machine has no user "nobody". Make a user "altavoz" and start again.',
  )
}

function asUser(uid: number, gid: number): Runner {
  return { uid, gid, identity: { uid, gid } }
}

/** Root's home, for one, is closed to others: then neither program nor data can be reached, and the sentence says so. */
export async function refuseUnreachable(runner: Runner, folder: string, program: string): Promise<void> {
  if (runner.identity.uid === undefined) return
  for (const [path, test] of [[folder, 'cd -- "$1"'], [program, 'test -x "$1"']] as const) {
    try {
      await run('/bin/sh', ['-c', test, 'sh', path], { ...runner.identity, cwd: '/', env: {} })
    } catch {
      throw new Refusal(
        `PostgreSQL does not run as root, and the user it runs as (number ${runner.uid}) cannot reach ${path}. ` +
          'Move Altavoz to a folder that is open to others, such as /opt/altavoz, or set DATA_DIR to one such as /var/lib/altavoz.',
      )
    }
  }
}
