import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Which revision of the source a translation follows, and who said so. A translation without a row follows what was newest when it
  // was saved (`listFollowed`): so those that stand already, and those that come with an export.
  `create table translation_of (
    revision_id uuid primary key references revision,
    source_revision_id uuid not null references revision,
    followed_by text not null,
    followed_at timestamptz not null,
    by_machine boolean not null default false
  )`,
  `create index translation_of_source on translation_of (source_revision_id)`,
  // What a second reader said of a text, beside the source that it followed. 'without': a steward let it go unread, and says why.
  `create table second_reading (
    id uuid primary key,
    revision_id uuid not null references revision,
    source_revision_id uuid references revision,
    read_by text not null,
    read_at timestamptz not null,
    verdict text not null check (verdict in ('good', 'changes', 'without')),
    note text not null,
    check (verdict = 'good' or note <> '')
  )`,
  `create index second_reading_of on second_reading (revision_id)`,
  // What colleagues ask and tell each other about a text. Readers never see it, and no export takes it along.
  `create table desk_note (
    id uuid primary key,
    item_id uuid not null references item,
    lang text,
    paragraph text,
    asked_by text not null,
    asked_at timestamptz not null,
    text text not null check (text <> ''),
    answered_by text,
    answered_at timestamptz,
    answer text,
    closed_by text,
    closed_at timestamptz,
    check ((answered_by is null) = (answer is null) and (answered_at is null) = (answer is null)),
    check ((closed_by is null) = (closed_at is null))
  )`,
  `create index desk_note_of_item on desk_note (item_id)`,
  `create index desk_note_open on desk_note (item_id) where answered_at is null and closed_at is null`,
  // What each kind of text needs before the desk lets it go out. A kind without a row needs what \`DEFAULT_NEEDS\` says.
  `create table kind_need (
    kind text primary key,
    translation_reader boolean not null,
    source_reader boolean not null,
    agreement boolean not null,
    led_agreement boolean not null,
    other_editor boolean not null
  )`,
]
