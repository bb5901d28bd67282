import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Six digits by which a delegate shows, on a link of hers, that it is she who answers. They let nobody in.
  `create table person_pin (
    person_id uuid primary key references person,
    hash text not null,
    chosen_at timestamptz not null
  )`,
  // Which organisations are to sign an item.
  `create table signer_wish (
    id uuid primary key,
    item_id uuid not null references item,
    organisation_id uuid not null references organisation,
    wished_at timestamptz not null,
    wished_by uuid not null references person,
    unique (item_id, organisation_id)
  )`,
  // The explicit choice not to wait for one of them.
  `create table signer_leaving_out (
    id uuid primary key,
    wish_id uuid not null references signer_wish,
    at timestamptz not null,
    left_out_by uuid not null references person,
    why text not null,
    taken_back_at timestamptz,
    taken_back_by uuid references person,
    check ((taken_back_at is null) = (taken_back_by is null))
  )`,
  `create unique index signer_left_out on signer_leaving_out (wish_id) where taken_back_at is null`,
  // An agreement link: of its token only the hash. It is tied to one revision, and asks about the words of `hash`.
  `create table agreement_ask (
    id uuid primary key,
    wish_id uuid not null references signer_wish,
    token_hash bytea not null unique,
    person_id uuid not null references person,
    revision_id uuid not null references revision,
    hash text not null,
    asked_at timestamptz not null,
    asked_by uuid not null references person,
    channel text,
    deadline timestamptz,
    seen_at timestamptz,
    revoked_at timestamptz,
    revoked_by uuid references person
  )`,
  `create index agreement_ask_of_wish on agreement_ask (wish_id)`,
  // What was answered, each time: nothing here is ever changed or taken out.
  `create table agreement_answer (
    id uuid primary key,
    ask_id uuid not null references agreement_ask,
    person_id uuid not null references person,
    revision_id uuid not null references revision,
    hash text not null,
    answer text not null check (answer in ('agreed', 'agreed-if', 'declined')),
    at timestamptz not null,
    reason text,
    changes jsonb not null
  )`,
  `create index agreement_answer_of_ask on agreement_answer (ask_id)`,
]
