import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Which files a revision shows. Revisions that are there already show none.
  `create table revision_blob (
    revision_id uuid not null references revision,
    hash text not null references blob,
    primary key (revision_id, hash)
  )`,
  `create index revision_blob_hash on revision_blob (hash)`,
  `create index publication_revision on publication (revision_id)`,
]
