import { sql, type Kysely } from 'kysely'
import { checkServer } from '#kernel/database/check-server.ts'
import { kyselyOver } from '#kernel/database/kysely.ts'
import { createPool } from '#kernel/database/pool.ts'
import { NewerSchemaError } from '#kernel/database/refusal.ts'
import { refusalOf } from '#kernel/database/refusal-of.ts'
import type { Tables } from '#kernel/database/tables.ts'
import { migrations } from '#migrations/index.ts'

export interface Migration {
  name: string
  // A migration writes the tables of its day, which today's types no longer know.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  up(db: Kysely<any>): Promise<void>
}

/** Two programs that start at once must not both migrate: the second waits here. */
const MIGRATION_LOCK = 4713_0001

/**
 * Brings the schema up to this program's. Each migration commits by itself, so that a failed one can be tried again.
 * @param url an address without a pooler between (a session lock is held)
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string, history: Migration[] = migrations): Promise<string[]> {
  const pool = createPool({ connectionString: url, max: 1, application_name: 'altavoz migrate' }, () => {})
  const db = kyselyOver(pool)
  try {
    return await db.connection().execute(async (connection) => {
      await checkServer({ query: async (text) => sql.raw<Record<string, unknown>>(text).execute(connection) })
      await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection)
      try {
        return await runMissing(connection, history)
      } finally {
        await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection).catch(() => {})
      }
    })
  } catch (error) {
    throw refusalOf(error)
  } finally {
    await db.destroy()
  }
}

async function runMissing(connection: Kysely<Tables>, history: Migration[]): Promise<string[]> {
  await sql`create table if not exists schema_migration (
    name text primary key, applied_at timestamptz not null default now()
  )`.execute(connection)
  const done = new Set((await connection.selectFrom('schemaMigration').select('name').execute()).map((row) => row.name))
  refuseNewer(done, history)
  const missing = history.filter((migration) => !done.has(migration.name))
  for (const migration of missing) {
    await connection.transaction().execute(async (tx) => {
      await migration.up(tx)
      await sql`insert into schema_migration (name) values (${migration.name})`.execute(tx)
    })
  }
  return missing.map((migration) => migration.name)
}

function refuseNewer(done: Set<string>, history: Migration[]) {
  const known = new Set(history.map((migration) => migration.name))
  const unknown = [...done].filter((name) => !known.has(name)).sort()
  if (unknown.length === 0) return
  throw new NewerSchemaError(
    `The database was already changed by a newer Altavoz (${unknown.join(', ')}). ` +
      'Start that newer program, or restore the backup that was made before the upgrade.',
  )
}
