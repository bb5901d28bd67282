import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // What stands in no list of the desk until somebody takes it back. Nothing of it is deleted; readers never had it.
  `create table trashed_item (
    item_id uuid primary key references item,
    trashed_by text not null,
    trashed_at timestamptz not null
  )`,
  // What is to be written, by when (in the site's zone) and by whom. Once it is begun it leads to its item, whose texts say how far it is.
  `create table plan (
    id uuid primary key,
    title text not null,
    kind text not null,
    due_day date,
    due_hour text,
    langs text[] not null,
    kept_by uuid references person,
    written_in uuid references organisation,
    campaign text,
    item_id uuid unique references item,
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null,
    removed_at timestamptz
  )`,
  `create index plan_open on plan (due_day, due_hour, id) where removed_at is null`,
]
