import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table person (
    id uuid primary key,
    name text not null,
    sign_in_name text not null,
    sign_in_key text not null unique,
    lang text not null,
    created_at timestamptz not null,
    ended_at timestamptz
  )`,
  // One duty, in one organisation, for one language or all: it opens no other. A steward's is for the whole house.
  `create table person_duty (
    id uuid primary key,
    person_id uuid not null references person,
    duty text not null check (duty in ('steward', 'editor', 'translator', 'delegate', 'documenter', 'observer')),
    organisation_id uuid references organisation,
    lang text,
    since timestamptz not null,
    until timestamptz,
    given_by text not null,
    check ((organisation_id is null) = (duty = 'steward')),
    check (lang is null or duty in ('editor', 'translator'))
  )`,
  `create index person_duty_person on person_duty (person_id)`,
  `create unique index person_duty_standing on person_duty
    (person_id, duty, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'::uuid), coalesce(lang, ''))
    where until is null`,
  // Apart from the person, so that no query about people carries a secret. Who comes in by a key alone has no password.
  `create table person_secret (
    person_id uuid primary key references person,
    password_hash text,
    totp_secret text,
    totp_last_step int,
    changed_at timestamptz not null,
    check ((password_hash is null) = (totp_secret is null))
  )`,
  `create table recovery_code (
    person_id uuid not null references person,
    hash bytea not null,
    made_at timestamptz not null,
    used_at timestamptz,
    primary key (person_id, hash)
  )`,
  // Of the browser only its name and its system are kept, and of where it was nothing at all.
  `create table session (
    id uuid primary key,
    token_hash bytea not null unique,
    person_id uuid not null references person,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    shared_device boolean not null,
    device text,
    ended_at timestamptz
  )`,
  `create index session_person on session (person_id) where ended_at is null`,
  // The key for the app is made with the link and leaves this row when the link has been used.
  `create table entry_link (
    id uuid primary key,
    token_hash bytea not null unique,
    kind text not null check (kind in ('steward', 'invitation')),
    duty text not null check (duty in ('steward', 'editor', 'translator', 'delegate', 'documenter', 'observer')),
    organisation_id uuid references organisation,
    lang text,
    totp_secret text,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by uuid references person,
    revoked_at timestamptz,
    check ((organisation_id is null) = (duty = 'steward')),
    check (kind <> 'steward' or duty = 'steward'),
    check ((used_at is null) = (used_by is null)),
    check (totp_secret is null or (used_at is null and revoked_at is null))
  )`,
]
