import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

// An old address leads to a text, wherever that stands when somebody asks, or to a page of this site; never elsewhere.
const STATEMENTS = [
  `alter table redirect rename column path to address`,
  `alter table redirect rename column target to own_path`,
  `alter table redirect alter column own_path drop not null`,
  `alter table redirect add column item_id uuid references item, add column lang text`,
  `alter table redirect add constraint redirect_target check (
    (item_id is null) = (lang is null) and (item_id is null) <> (own_path is null))`,
  `alter table redirect add constraint redirect_own_path check (own_path ~ '^/[a-z]')`,
  `create index redirect_item on redirect (item_id)`,
]
