import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Shown to nobody until it agreed to be shown: a name can put people at risk.
  `create table organisation (
    id uuid primary key,
    slug text not null unique,
    created_at timestamptz not null,
    logo_picture_id uuid references picture,
    agreed_to_be_shown_at timestamptz,
    agreement_recorded_by text,
    check ((agreed_to_be_shown_at is null) = (agreement_recorded_by is null))
  )`,
  `create table organisation_text (
    organisation_id uuid not null references organisation,
    lang text not null,
    name text not null,
    short_name text,
    about text not null default '',
    primary key (organisation_id, lang)
  )`,
  `create table organisation_place (
    organisation_id uuid not null references organisation,
    place text not null,
    primary key (organisation_id, place)
  )`,
  `create index organisation_place_place on organisation_place (place)`,
  `create table organisation_field (
    organisation_id uuid not null references organisation,
    field text not null,
    primary key (organisation_id, field)
  )`,
  `create table organisation_link (
    organisation_id uuid not null references organisation,
    url text not null,
    position int not null,
    primary key (organisation_id, url)
  )`,
  // Recognised as sex-worker-led: a fact with who, when and why. It is ended, never deleted.
  `create table organisation_recognition (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    recognised_on date not null,
    basis text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    ended_on date,
    ended_why text,
    ended_by text,
    check ((ended_on is null) = (ended_why is null) and (ended_on is null) = (ended_by is null)),
    check (ended_on is null or ended_on >= recognised_on)
  )`,
  `create unique index organisation_recognition_standing on organisation_recognition (organisation_id)
    where ended_on is null`,
]
