import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // A name that nobody has leaves no row: its page is computed from its address alone.
  `create table recovery_request (
    id uuid primary key,
    token_hash bytea not null unique,
    person_id uuid not null references person,
    spoken_code text not null,
    totp_secret text,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    code_given_at timestamptz,
    confirmed_at timestamptz,
    used_at timestamptz,
    unique (person_id, spoken_code),
    check ((totp_secret is null) = (used_at is not null))
  )`,
  `create table recovery_confirmation (
    recovery_request_id uuid not null references recovery_request on delete cascade,
    person_id uuid not null references person,
    confirmed_at timestamptz not null,
    primary key (recovery_request_id, person_id)
  )`,
  `create table recovery_wrong_code (
    id uuid primary key,
    person_id uuid not null references person,
    typed_by uuid not null references person,
    typed_at timestamptz not null
  )`,
  `create index recovery_wrong_code_person on recovery_wrong_code (person_id, typed_by)`,
  // The key for an app that she is about to take instead of the one that she has, between its picture and its first code.
  `create table key_change (
    session_id uuid primary key references session,
    totp_secret text not null,
    made_at timestamptz not null
  )`,
]
