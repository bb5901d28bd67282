import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // What one person is told at the desk. No text stands here: the words are made when she looks.
  `create table desk_notice (
    id uuid primary key,
    person_id uuid not null references person,
    kind text not null,
    -- the session, person, duty or organisation that it is about
    subject uuid,
    at timestamptz not null,
    read_at timestamptz
  )`,
  `create index desk_notice_person on desk_notice (person_id, at)`,
  `create index session_device on session (person_id, device)`,
  // Only for whoever asked for mail: an address that she confirmed. The row goes with her access.
  `create table person_mail (
    person_id uuid primary key references person,
    address text not null,
    confirmed_at timestamptz not null,
    wants_notices boolean not null,
    mailed_at timestamptz,
    due_at timestamptz
  )`,
  `create index person_mail_due on person_mail (due_at) where due_at is not null`,
  // An address that waits for its link to be opened. Without an address it only says when she last asked.
  `create table mail_confirmation (
    person_id uuid primary key references person,
    address text,
    token_hash bytea,
    asked_at timestamptz not null
  )`,
]
