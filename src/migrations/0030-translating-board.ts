import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

// The board of translations looks through every item for what is missing or behind. Asked of the revisions, that took two seconds of
// 10,000 items in which nothing was to be done; written down at each save, it takes milliseconds.
const STATEMENTS = [
  `create table item_translating (
    item_id uuid primary key references item on delete cascade,
    langs text[] not null,
    behind text[] not null,
    words int not null
  )`,
  `create index item_behind on item_translating using gin (behind) where behind <> '{}'`,
  // In which languages an item stands behind its source: the words that the translation follows are not those that stand.
  `create function translations_behind(item uuid) returns text[] language sql stable as $$
    select coalesce(array_agg(n.lang order by n.lang), '{}')
    from (select distinct on (r.lang) r.id, r.lang, r.created_at from revision r join item i on i.id = r.item_id
      where r.item_id = item and r.lang <> i.original_lang order by r.lang, r.number desc) n
    cross join lateral (select r.* from revision r join item i on i.id = r.item_id where r.item_id = item and r.lang = i.original_lang order by r.number desc limit 1) s
    join revision b on b.id = coalesce((select t.source_revision_id from translation_of t where t.revision_id = n.id),
      (select r.id from revision r where r.item_id = item and r.lang = s.lang and r.created_at <= n.created_at order by r.number desc limit 1),
      (select r.id from revision r where r.item_id = item and r.lang = s.lang order by r.number limit 1))
    where b.id <> s.id and (b.title, b.teaser, b.body_markdown) <> (s.title, s.teaser, s.body_markdown)
  $$`,
  `create function words_to_translate(item uuid) returns int language sql stable as $$
    select coalesce((select r.word_count from revision r join item i on i.id = r.item_id where r.item_id = item and r.lang = i.original_lang order by r.number desc limit 1), 0)
  $$`,
  `insert into item_translating select item_id, array_agg(distinct lang order by lang), translations_behind(item_id), words_to_translate(item_id) from revision group by item_id`,
  `create function note_translating(item uuid) returns void language sql as $$
    insert into item_translating as t
      select item, array_agg(distinct lang order by lang), translations_behind(item), words_to_translate(item) from revision where item_id = item group by item_id
    on conflict (item_id) do update set langs = excluded.langs, behind = excluded.behind, words = excluded.words
      where (t.langs, t.behind, t.words) is distinct from (excluded.langs, excluded.behind, excluded.words)
  $$`,
  `create function note_translating_of_revision() returns trigger language plpgsql as $$
    begin
      perform note_translating(new.item_id);
      return null;
    end $$`,
  `create function note_translating_of_following() returns trigger language plpgsql as $$
    begin
      perform note_translating((select item_id from revision where id = coalesce(new.revision_id, old.revision_id)));
      return null;
    end $$`,
  `create trigger revision_translating after insert on revision for each row execute function note_translating_of_revision()`,
  `create trigger following_translating after insert or update or delete on translation_of for each row execute function note_translating_of_following()`,
]
