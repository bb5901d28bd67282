import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Nothing of the device that keeps it: neither its model nor what its maker swears of it.
  `create table passkey (
    id uuid primary key,
    person_id uuid not null references person,
    credential_id bytea not null unique,
    public_key bytea not null,
    rp_id text not null,
    sign_count bigint not null,
    transports text[] not null,
    label text not null,
    made_at timestamptz not null,
    last_used_at timestamptz,
    ended_at timestamptz
  )`,
  `create index passkey_person on passkey (person_id) where ended_at is null`,
  // What a passkey is to sign: for one purpose, one person or link where it has one, minutes long; the row goes when it is used.
  `create table passkey_challenge (
    hash bytea primary key,
    purpose text not null check (purpose in ('come-in', 'sign-in', 'add')),
    person_id uuid references person,
    entry_link_id uuid references entry_link,
    expires_at timestamptz not null,
    check ((person_id is not null) = (purpose = 'add')),
    check ((entry_link_id is not null) = (purpose = 'come-in'))
  )`,
  `create index passkey_challenge_expiry on passkey_challenge (expires_at)`,
]
