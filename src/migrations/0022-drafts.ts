import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Who answers for an item, and which organisation writes it. Null: nobody keeps it; it is the alliance's own, or came by a command or an import.
  `alter table item add column kept_by uuid references person, add column written_in uuid references organisation`,
  `create index item_kept on item (kept_by) where kept_by is not null`,
  `create index item_written on item (written_in) where written_in is not null`,
  // The newest text of a language, while readers are not left with it: what lists of the desk would else look for in every revision.
  `create table draft (
    item_id uuid not null references item,
    lang text not null,
    revision_id uuid not null unique references revision,
    primary key (item_id, lang)
  )`,
  `insert into draft (item_id, lang, revision_id)
    select r.item_id, r.lang, r.id from (select distinct on (item_id, lang) item_id, lang, id from revision order by item_id, lang, number desc) r
    where not exists (select from publication p where p.revision_id = r.id and p.public_until is null)
      and not exists (select from withdrawal w where w.item_id = r.item_id and w.lang = r.lang)`,
]
