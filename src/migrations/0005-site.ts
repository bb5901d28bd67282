import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table site add column source text`,
  // The ids of its feeds are made of it: names, languages and the domain may change, and this never does.
  `alter table site add column identity uuid not null default gen_random_uuid()`,
]
