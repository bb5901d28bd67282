import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // What stewards decided about a text that came with the program. Without a row they have not decided.
  `create table starter_decision (
    item_id uuid primary key references item on delete cascade,
    decision text not null check (decision in ('adopt', 'keep', 'remove')),
    decided_at timestamptz not null,
    decided_by text not null
  )`,
  // The log is read by act, by row and by day, newest first.
  `create index audit_entry_act on audit_entry (act, id)`,
  `create index audit_entry_subject on audit_entry (subject, id)`,
  `create index audit_entry_at on audit_entry using brin (at)`,
]
