import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // An organisation that is to sign an item approves its text in another language too before it goes out; until it gives that back.
  `create table language_claim (
    id uuid primary key,
    wish_id uuid not null references signer_wish,
    lang text not null,
    claimed_at timestamptz not null,
    claimed_by uuid not null references person,
    given_back_at timestamptz,
    given_back_by uuid references person,
    check ((given_back_at is null) = (given_back_by is null))
  )`,
  `create unique index language_claimed on language_claim (wish_id, lang) where given_back_at is null`,
  // A link asks about one language. Those that stand already ask about the first.
  `alter table agreement_ask add column lang text`,
  `update agreement_ask a set lang = r.lang from revision r where r.id = a.revision_id`,
  `alter table agreement_ask alter column lang set not null`,
]
