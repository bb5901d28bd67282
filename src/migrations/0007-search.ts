import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

// No extension is needed: a server whose owner may not add one runs the same search.
const STATEMENTS = [
  // Small letters without their accents. Not NFKD: its apostrophes would break the text of a tsvector.
  `create function bare(t text) returns text language sql immutable parallel safe as $$
    select replace(replace(lower(regexp_replace(normalize(t, nfd), '[\\u0300-\\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae') $$`,
  `create function search_config(lang text) returns regconfig language sql immutable parallel safe as $$
    select case split_part(lang, '-', 1)
      when 'es' then 'pg_catalog.spanish'::regconfig when 'pt' then 'pg_catalog.portuguese'::regconfig
      when 'fr' then 'pg_catalog.french'::regconfig when 'en' then 'pg_catalog.english'::regconfig
      else 'pg_catalog.simple'::regconfig end $$`,
  // Stemmed first, accents taken off after: the other way round, prostitución and prostituciones do not find each other.
  // The stems of words without accents stand beside them, for whoever types none.
  `create function words_of(lang text, t text) returns tsvector language sql immutable parallel safe as $$
    select (bare(to_tsvector(search_config(lang), t)::text) || ' ' || to_tsvector(search_config(lang), bare(t))::text)::tsvector $$`,
  `create function asked_words(lang text, q text) returns tsquery language sql immutable parallel safe as $$
    select bare(phraseto_tsquery(search_config(lang), q)::text)::tsquery || phraseto_tsquery(search_config(lang), bare(q)) $$`,
  `create function trigrams_of(word text) returns text[] language sql immutable parallel safe as $$
    select array(select distinct substr('  ' || bare(word) || ' ', i, 3) from generate_series(1, length(bare(word)) + 1) i) $$`,
  // NOTE: no lazy quantifier: beside an alternative PostgreSQL reads it as a greedy one, and all between two notes would be lost.
  `create function words_in(html text) returns text language sql immutable parallel safe as $$
    select lower(left(regexp_replace(regexp_replace(html,
      '<sup>[^<]*<a[^>]*>[^<]*</a>[^<]*</sup>|<a class="pn"[^>]*>[^<]*</a>|</?(em|strong|del|code|span|i)( [^>]*)?>', '', 'g'),
      '<[^>]*>', ' ', 'g'), 100000)) $$`,
  // In the row that says what is public and what it is filed under, so that one condition asks all of it. The words stand out
  // of line: a list that searches nothing does not read them.
  `alter table publication add column words tsvector not null default '', add column head tsvector not null default ''`,
  `alter table publication alter column words set storage external, alter column head set storage main`,
  `alter table publication set (toast_tuple_target = 256)`,
  // Words as they stand in published texts, to guess what somebody meant. Whether readers may see a word is asked of the
  // publications at that moment.
  `create table search_word (
    lang text not null,
    word text not null,
    bare text not null,
    trigrams text[] not null,
    primary key (lang, word)
  )`,
  `create function file_words(publication uuid) returns void language sql as $$
    update publication p set
      words = words_of(p.lang, lower(r.title) || E'\\n' || lower(r.teaser) || E'\\n' || words_in(r.body_html || ' ' || r.notes_html)),
      head = setweight(words_of(p.lang, lower(r.title)), 'A') || setweight(words_of(p.lang, lower(r.teaser)), 'B')
    from revision r where r.id = p.revision_id and p.id = publication;
    insert into search_word (lang, word, bare, trigrams)
    select distinct p.lang, found.word, bare(found.word), trigrams_of(found.word) from publication p join revision r on r.id = p.revision_id,
      ts_parse('default', lower(r.title) || ' ' || lower(r.teaser) || ' ' || words_in(r.body_html)) as found(token, word)
    where p.id = publication and found.token in (1, 2) and length(found.word) between 4 and 30
    on conflict do nothing $$`,
  `select file_words(id) from publication`,
  `create index publication_words on publication using gin (words) with (fastupdate = off)`,
  `create index search_word_bare on search_word (lang, bare text_pattern_ops)`,
  `create index search_word_trigrams on search_word using gin (trigrams) with (fastupdate = off)`,
]
