import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { bad, type Finding, good, look } from '#kernel/commands/doctor-finding.ts'

const OTHERS_READ = 0o044
const OTHERS_WRITE = 0o022

/** Files that hold a password, and folders that only their owner may enter. */
const PRIVATE = ['settings.env', 'database-secret', 'postgres', 'socket']

/** Who may read what this installation keeps: drafts, passwords, the database. */
export async function permissions({ dataDir }: CommandHouse): Promise<Finding> {
  const folder = await stat(dataDir)
  const self = process.getuid?.() ?? folder.uid
  if (self !== 0 && folder.uid !== self) return bad(`${dataDir} belongs to user ${folder.uid}, and this is user ${self}`, `chown -R ${self} ${dataDir}, or start as its owner`)
  if (folder.mode & OTHERS_WRITE) return bad(`every user of its group or of this machine may change ${dataDir}`, `chmod go-rw ${dataDir}`)
  for (const name of PRIVATE) {
    const path = join(dataDir, name)
    const found = await stat(path).catch(() => undefined)
    if (!found) continue
    if (found.mode & 0o077) return bad(`other users of this machine may read ${path}`, `chmod go= ${path}`)
    if (self !== 0 && found.uid !== self) return bad(`${path} belongs to user ${found.uid}, and this is user ${self}`, `as root: chown ${self} ${path}`)
  }
  if (folder.mode & OTHERS_READ) return look(`other users of this machine may list ${dataDir}`, `chmod go-rw ${dataDir}`)
  return good(`only its owner reads ${dataDir}`)
}
