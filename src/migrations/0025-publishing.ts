import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // By a link a newsroom reads what waits for its hour. Only a hash of it is kept. `newsroom` names an editorial office and nobody in
  // it; of its reading a day is kept, no hour and no address.
  `create table press_link (
    id uuid primary key,
    item_id uuid not null references item,
    lang text not null,
    newsroom text not null,
    token_hash bytea not null unique,
    created_by text not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    last_read_on date
  )`,
  `create index press_link_of_item on press_link (item_id)`,
]
