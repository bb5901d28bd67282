import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table item (
    id uuid primary key,
    kind text not null,
    original_lang text not null,
    created_at timestamptz not null,
    is_starter boolean not null default false,
    source text,
    source_key text,
    unique (source, source_key),
    check ((source is null) = (source_key is null))
  )`,
  // Never deleted: an address that was public once is never another item's.
  `create table item_slug (
    lang text not null,
    slug text not null,
    item_id uuid not null references item,
    is_current boolean not null,
    since timestamptz not null,
    primary key (lang, slug)
  )`,
  `create index item_slug_slug on item_slug (slug)`,
  `create unique index item_slug_current on item_slug (item_id, lang) where is_current`,
  `create table revision (
    id uuid primary key,
    item_id uuid not null references item,
    lang text not null,
    number int not null,
    created_at timestamptz not null,
    created_by text not null,
    title text not null,
    teaser text not null,
    body_markdown text not null,
    body_html text not null,
    notes_html text not null,
    contents jsonb not null,
    word_count int not null,
    renderer text not null,
    frozen jsonb not null,
    hash text not null,
    unique (item_id, lang, number)
  )`,
  // What is shown is the newest row whose time has come; `public_until` ends it. Facts to filter by stand beside it.
  `create table publication (
    id uuid primary key,
    item_id uuid not null references item,
    lang text not null,
    revision_id uuid not null references revision,
    public_from timestamptz not null,
    public_until timestamptz,
    published_by text not null,
    created_at timestamptz not null,
    kind text not null,
    sort_day date not null,
    from_day date,
    to_day date,
    places text[] not null,
    places_named text[] not null,
    in_translation text[] not null,
    check (public_until is null or public_until >= public_from)
  )`,
  `create index publication_list on publication (lang, sort_day desc, item_id desc)`,
  `create index publication_item on publication (item_id, lang, public_from desc)`,
  `create index publication_changes on publication (public_from)`,
  `create index publication_ends on publication (public_until) where public_until is not null`,
  `create index publication_places on publication using gin (places)`,
  `create index publication_places_named on publication using gin (places_named)`,
  `create table item_correction (
    id uuid primary key,
    item_id uuid not null references item,
    lang text not null,
    at timestamptz not null,
    note text not null
  )`,
  `create index item_correction_item on item_correction (item_id, lang)`,
  `create table withdrawal (
    id uuid primary key,
    item_id uuid not null references item,
    lang text not null,
    at timestamptz not null,
    withdrawn_by text not null,
    reason text not null,
    note text,
    replaced_by uuid references item,
    unique (item_id, lang)
  )`,
  `create table redirect (
    path text primary key,
    target text not null,
    created_at timestamptz not null
  )`,
]
