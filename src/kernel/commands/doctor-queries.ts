import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ReadDb, Tables } from '#kernel/database/tables.ts'

export interface DatabaseState {
  at: Temporal.Instant
  startedAt: Temporal.Instant
  version: string
  encoding: string
  bytes: bigint
  /** Both must be on: without them a power cut loses what was acknowledged, or all. */
  fsync: string
  fullPageWrites: string
  /** Processes of ours that use it: the server, and whoever is present at the embedded one. */
  servers: bigint
  present: bigint
}

export async function findDatabaseState(db: ReadDb): Promise<DatabaseState> {
  const { rows } = await sql<DatabaseState>`
    select clock_timestamp() as at, pg_postmaster_start_time() as started_at,
      current_setting('server_version') as version, current_setting('server_encoding') as encoding,
      pg_database_size(current_database()) as bytes,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
      (select count(*) from pg_stat_activity where application_name = 'altavoz house' and datname = current_database()) as servers,
      (select count(*) from pg_stat_activity where application_name = 'altavoz presence' and datname = current_database()) as present
  `.execute(db as Kysely<Tables>)
  return rows[0]!
}

/** Files that a row names, for the look whether they are there. */
export async function* listNamedFiles(db: ReadDb): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const rows = await db.selectFrom('blob').select('hash').where('hash', '>', after).orderBy('hash').limit(1000).execute()
    for (const { hash } of rows) yield hash
    if (rows.length < 1000) return
    after = rows.at(-1)!.hash
  }
}
