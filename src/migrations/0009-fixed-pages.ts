import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // The page of corrections asks for those of one language, newest first.
  `create index item_correction_newest on item_correction (lang, at desc)`,
  `create index withdrawal_newest on withdrawal (lang, at desc)`,
  // The calendar asks for the events of one language, by their last day.
  `create index publication_events on publication (lang, to_day) where kind = 'event'`,
  // An organisation's page asks what it signed.
  `create index revision_signers on revision using gin ((frozen->'signers') jsonb_path_ops)`,
  // Whom journalists call, in the order in which they are shown: [{who, languages, channel, hours}].
  `alter table site add column press_contacts jsonb not null default '[]'`,
]
