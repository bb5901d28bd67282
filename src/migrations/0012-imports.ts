import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // What a text of another program became here. The item is known by (source, group or key) in its own row.
  `create table imported_text (
    source text not null,
    key text not null,
    item_id uuid not null references item,
    lang text not null,
    -- of all that was read there last
    seen text not null,
    -- what that became: as long as it is the newest revision, nobody has written here since
    revision_id uuid references revision,
    imported_at timestamptz not null,
    primary key (source, key)
  )`,
  `create index imported_text_item on imported_text (item_id)`,
]
