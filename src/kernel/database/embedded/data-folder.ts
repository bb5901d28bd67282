import { randomBytes } from 'node:crypto'
import { chmod, chown, link, mkdir, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Refusal } from '#kernel/database/refusal.ts'

export interface DataFolder {
  path: string
  /** PostgreSQL's own folder. */
  database: string
  secretFile: string
  log: string
  owner: { uid: number; gid: number }
}

/** Makes the data folder if need be, private, and refuses one that cannot be used. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  try {
    // NOTE: a mode given to a recursive mkdir would close the parents to others too.
    await mkdir(dirname(dataDir), { recursive: true })
    await mkdir(dataDir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    const path = await realpath(dataDir)
    const { uid, gid } = await stat(path)
    const isEmpty = (await readdir(path)).length === 0
    const self = process.getuid?.()
    if (self !== 0 && self !== uid) throw ownedByAnother(dataDir)
    // As root, the unprivileged user that runs PostgreSQL must be able to pass through, and to see nothing on its way.
    // A folder with something in it may be anybody's (a DATA_DIR of "/" is one slip away): its mode is not ours.
    if (isEmpty) await chmod(path, self === 0 && uid === 0 ? 0o711 : 0o700)
    return {
      path,
      database: join(path, 'postgres'),
      secretFile: join(path, 'database-secret'),
      log: join(path, 'postgres.log'),
      owner: { uid, gid },
    }
  } catch (error) {
    throw asRefusal(error, dataDir)
  }
}

/** The database's password: the winner of two first starts makes it, the other reads the winner's. */
export async function secretOf(folder: DataFolder): Promise<string> {
  const draft = `${folder.secretFile}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    const known = await readFile(folder.secretFile, 'utf8').catch(ifMissing)
    if (known) return known.trim()
    await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true })
    if (process.getuid?.() === 0) await chown(draft, folder.owner.uid, folder.owner.gid)
    await link(draft, folder.secretFile).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return (await readFile(folder.secretFile, 'utf8')).trim()
  } catch (error) {
    throw asRefusal(error, folder.path)
  } finally {
    await rm(draft, { force: true })
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

const ownedByAnother = (path: string) =>
  new Refusal(
    `The data folder ${path} belongs to another user. Start Altavoz as that user, give it to this one with chown, ` +
      'or set DATA_DIR to another folder.',
  )

/** The sentence for an error of the file system under the data folder, or the error itself. */
export function asRefusal(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal(
        `The data folder ${path} cannot be written. Give this user the right to, or set DATA_DIR to another folder.`,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new Refusal(`The data folder ${path} is no folder. Set DATA_DIR to one.`)
    case 'ENOSPC':
    case 'EDQUOT':
      return new Refusal(`The disk that holds ${path} is full. Free some space and start again.`)
    default:
      return error
  }
}
