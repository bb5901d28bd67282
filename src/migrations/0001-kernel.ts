import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table site (
    id int primary key default 1 check (id = 1),
    languages text[] not null,
    default_language text not null,
    zone text not null,
    colour text,
    contact jsonb not null default '{}',
    menu jsonb not null default '[]',
    opened_at timestamptz,
    opened_by text,
    check ((opened_at is null) = (opened_by is null)),
    check (default_language = any (languages))
  )`,
  `create table site_text (
    lang text primary key,
    name text not null,
    short_name text not null
  )`,
  `create table site_page (
    key text not null,
    lang text not null,
    title text not null,
    body_markdown text not null,
    body_html text not null,
    renderer text not null,
    is_starter boolean not null default false,
    primary key (key, lang)
  )`,
  `create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    act text not null,
    subject text not null,
    detail jsonb not null default '{}'
  )`,
  // Sealed apart from the entry, so that whoever acts never waits for the chain.
  `create table audit_seal (
    entry_id bigint primary key references audit_entry,
    position bigint not null unique,
    hash text not null
  )`,
  `create table blob (
    hash text primary key,
    media_type text not null,
    byte_size bigint not null,
    created_at timestamptz not null,
    unused_since timestamptz
  )`,
  `create index blob_unused on blob (unused_since) where unused_since is not null`,
  `create table picture (
    id uuid primary key,
    created_at timestamptz not null,
    width int not null,
    height int not null,
    source_hash text not null references blob
  )`,
  `create index picture_source on picture (source_hash)`,
  `create table picture_rendition (
    picture_id uuid not null references picture on delete cascade,
    format text not null,
    width int not null,
    height int not null,
    hash text not null references blob,
    primary key (picture_id, format, width)
  )`,
  `create index picture_rendition_hash on picture_rendition (hash)`,
]
