import { type RawBuilder, sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { bareWord } from '#rooms/media/extract.ts'
import { MOST_COUNTED, type WordsAsked } from '#rooms/media/item.ts'
import { spellingsOf, type Term, termsOf } from '#rooms/media/search-terms.ts'
import { houseWordsFor } from '#rooms/media/synonyms.ts'

/** Words that an unfinished one is taken for. */
const MOST_ENDINGS = 12

/** What these words ask for in texts of each language: stemmed as that language is, accents ignored, synonyms beside. */
export async function askWords(db: ReadDb, q: string, languages: readonly Lang[]): Promise<WordsAsked[]> {
  const terms = termsOf(q)
  if (terms.length === 0) return languages.map((lang) => ({ lang, query: '' }))
  const common = terms.at(-1)!.isPrefix ? await commonWords(db) : []
  const each = languages.map((lang) =>
    sql`json_build_object('lang', ${lang}::text, 'query', (${sql.join(terms.map((term) => askedBy(term, lang, common)), sql` && `)})::text)`)
  const { rows } = await sql<{ asked: WordsAsked[] }>`select json_build_array(${sql.join(each)}) as asked`.execute(db as never)
  return rows[0]!.asked
}

function askedBy({ text, isPhrase, isPrefix }: Term, lang: Lang, common: readonly CommonWord[]): RawBuilder<unknown> {
  const bare = bareWord(text)
  const spellings = isPhrase ? [text] : spellingsOf(lang, text)
  const ways = [...spellings, ...houseWordsFor(lang, bare)].map((way) => sql`asked_words(${lang}, ${way})`)
  const endings = isPrefix ? enoughEndings(bare, common) : undefined
  if (endings) ways.push(sql`${endings.map((word) => `'${word}'`).join(' | ')}::tsquery`)
  else if (isPrefix && /^[\p{L}\p{N}]+$/u.test(bare)) {
    ways.push(sql`${`'${bare}':*`}::tsquery`, sql`coalesce((
      select string_agg('(' || asked::text || ')', ' | ')::tsquery from (
        select asked_words(lang, word) as asked from search_word where lang = ${lang} and bare like ${`${bare}%`}
        order by length(bare), bare limit ${MOST_ENDINGS}) w where numnode(asked) > 0 and asked::text !~ ${onlyBeginning(bare)}), ''::tsquery)`)
  }
  return sql`(${sql.join(ways, sql` || `)})`
}

/** A stem as it stands among the words of texts, and in about how many texts of all languages. */
interface CommonWord { word: string; texts: number }

/**
 * The commonest words that begin so, where more texts have these than are ever counted: to read what every further word that
 * begins so stands in would take longer than all the rest.
 */
function enoughEndings(bare: string, common: readonly CommonWord[]): string[] | undefined {
  const endings = common.filter(({ word }) => word.startsWith(bare) && /^[\p{L}\p{N}]+$/u.test(word)).slice(0, MOST_ENDINGS)
  return endings.some(({ texts }) => texts > SURELY_ENOUGH) ? endings.map(({ word }) => word) : undefined
}

/** An estimate for all languages together; those of one language must be more than MOST_COUNTED. */
const SURELY_ENOUGH = 5 * MOST_COUNTED

const KNOWN_FOR_MS = 600_000
let knownWords: { words: CommonWord[]; until: number } | undefined
export const forgetCommonWords = () => (knownWords = undefined)

/** The commonest words of all texts, the commonest first, as PostgreSQL's own statistics know them; none in a new or small archive. */
async function commonWords(db: ReadDb): Promise<CommonWord[]> {
  if (knownWords && knownWords.until > performance.now()) return knownWords.words
  const { rows } = await sql<CommonWord>`
    select word, (share * reltuples)::float8 as texts from pg_stats,
      unnest(most_common_elems::text::text[], most_common_elem_freqs[:cardinality(most_common_elems::text::text[])]) as one(word, share),
      (select greatest(reltuples, 0) as reltuples from pg_class where oid = 'publication'::regclass) all_texts
    where schemaname = current_schema and tablename = 'publication' and attname = 'words' and share * reltuples > ${MOST_COUNTED}
    order by share desc`.execute(db as never)
  knownWords = { words: rows, until: performance.now() + KNOWN_FOR_MS }
  return rows
}

/** A query of nothing but words that begin so: what begins so is asked for already, and each further word costs a look. */
const onlyBeginning = (bare: string) => `^'${bare}[^']*'( [|&] '${bare}[^']*')*$`
