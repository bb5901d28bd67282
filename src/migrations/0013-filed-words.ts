import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const LANGS = ['en', 'es', 'pt', 'fr', 'ht']

// What a text is filed under stands among its words, so that words and filters are one look into the index. No reader can type
// such a word: the parser of a search drops the §.
const STATEMENTS = [
  `create function filed_words(kind text, places text[], named text[], topics text[], day date) returns tsvector
    language sql immutable parallel safe as $$
    select array_to_tsvector(array['§k:' || kind, '§y:' || lpad(extract(year from day)::int::text, 4, '0')]
      || array(select '§p:' || p from unnest(places) p) || array(select '§n:' || n from unnest(named) n)
      || array(select '§t:' || t from unnest(topics) t)) $$`,
  `create function file_publication() returns trigger language plpgsql as $$
    begin
      new.words := new.words || filed_words(new.kind, new.places, new.places_named, new.topics, new.sort_day);
      return new;
    end $$`,
  // Each row would be filed word by word.
  ...[...LANGS, 'other'].map((lang) => `drop index publication_words_${lang}`),
  `update publication set words = words || filed_words(kind, places, places_named, topics, sort_day)`,
  ...LANGS.map((lang) => `create index publication_words_${lang} on publication using gin (words) with (fastupdate = off) where lang = '${lang}'`),
  `create index publication_words_other on publication using gin (words) with (fastupdate = off)
    where lang not in (${LANGS.map((lang) => `'${lang}'`).join(', ')})`,
  // These columns are written once: what was published is never filed anew.
  `create trigger publication_filed before insert on publication for each row execute function file_publication()`,
]
