import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

// A publication used to be written twice, first without its words. Now its words are asked for while it is written.
const STATEMENTS = [
  `create function words_of_revision(revision uuid) returns tsvector language sql stable as $$
    select words_of(r.lang, lower(r.title) || E'\\n' || lower(r.teaser) || E'\\n' || words_in(r.body_html || ' ' || r.notes_html))
    from revision r where r.id = words_of_revision.revision $$`,
  `create function head_of_revision(revision uuid) returns tsvector language sql stable as $$
    select setweight(words_of(r.lang, lower(r.title)), 'A') || setweight(words_of(r.lang, lower(r.teaser)), 'B')
    from revision r where r.id = head_of_revision.revision $$`,
  // Most words of a text stand there already: their trigrams are not worked out again.
  `create function file_search_words(revision uuid) returns void language sql as $$
    insert into search_word (lang, word, bare, trigrams)
    select found.lang, found.word, bare(found.word), trigrams_of(found.word) from (
      select distinct r.lang, parsed.word from revision r,
        ts_parse('default', lower(r.title) || ' ' || lower(r.teaser) || ' ' || words_in(r.body_html)) as parsed(token, word)
      where r.id = file_search_words.revision and parsed.token in (1, 2) and length(parsed.word) between 4 and 30) found
    where not exists (select from search_word s where s.lang = found.lang and s.word = found.word)
    on conflict do nothing $$`,
  `drop function file_words(uuid)`,
]
