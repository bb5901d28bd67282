import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // What somebody has typed in a text since she last saved it: kept every few seconds, so that a closed lid or a dropped line loses
  // nothing. It is hers alone until she saves, and no revision. `base_id` is the revision that she began from.
  `create table typing (
    item_id uuid not null references item,
    lang text not null,
    person_id uuid not null references person,
    base_id uuid references revision,
    title text not null,
    teaser text not null,
    body_markdown text not null,
    kept_at timestamptz not null,
    primary key (item_id, lang, person_id)
  )`,
  `create index typing_of_person on typing (person_id)`,
  // Who has a text open, told to the others there. Nothing else is made of it, and it is gone a minute after she leaves.
  `create table at_text (
    item_id uuid not null references item,
    lang text not null,
    person_id uuid not null references person,
    seen_at timestamptz not null,
    primary key (item_id, lang, person_id)
  )`,
]
