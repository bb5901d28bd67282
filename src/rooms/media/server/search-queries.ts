import { type RawBuilder, sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type LookFrom, lookFromYears } from '#rooms/media/filed-words.ts'
import { bareWord, extractOf, lexemesOf, type Piece, plainText } from '#rooms/media/extract.ts'
import type { Facets } from '#rooms/media/facet-counts.ts'
import type { FoundList } from '#rooms/media/found-list.ts'
import { type ItemFilter, MOST_COUNTED, PAGE_SIZE, type WordsAsked } from '#rooms/media/item.ts'
import { houseWordsFor } from '#rooms/media/synonyms.ts'
import { spellingsOf, type Term, termsOf, wordsIn } from '#rooms/media/search-terms.ts'
import { type Counted, FACET_COLUMNS, facetParts, facetsOf } from '#rooms/media/server/facet-queries.ts'
import { type Listed, hitAndShown, isAny, type ListedRow, listedColumns, listedOf } from '#rooms/media/server/list-queries.ts'
import { nextChangeOf } from '#rooms/media/server/public-now-queries.ts'

/** Milliseconds that one statement of a search may take. */
export const SEARCH_TIMEOUT_MS = 1000
/** Words that an unfinished one is taken for. */
const MOST_ENDINGS = 12

/** PostgreSQL gave a statement up: the search is answered as one that takes too long. */
export const isGivenUp = (error: unknown) => (error as { code?: unknown } | null)?.code === '57014'

/** What a search found; undefined when it was given up. Without `q` nothing is searched, and a fault is a fault. */
export async function unlessGivenUp<T>(q: string, found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (fault) {
    if (q === '' || !isGivenUp(fault)) throw fault
    return undefined
  }
}

/** For the rest of this snapshot: ask the index of words whatever the planner guesses, and start nothing beside for it. */
const askTheIndex = sql`set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`
/** For the rest of this snapshot: give up early. */
const giveUpEarly = sql`set_config('statement_timeout', ${String(SEARCH_TIMEOUT_MS)}, true)`

/**
 * The filter with all that makes it quick to ask, and with what `q` asks for, unless that is ''. Give it a snapshot: with `q` it
 * limits how long what follows may take.
 */
export async function readyToAsk(db: ReadDb, filter: ItemFilter, q: string, languages: readonly Lang[]): Promise<ItemFilter> {
  const { kind, region, topic } = filter
  if (q === '' && !kind && !region && !topic) return filter
  if (q !== '') await sql`select ${giveUpEarly}, ${askTheIndex}`.execute(db as never)
  const look = await lookFrom(db, filter)
  // A small archive is walked along its days, as it is without a filter.
  if (q === '' && !look) return filter
  if (q === '') await sql`select ${askTheIndex}`.execute(db as never)
  const words = q === '' ? undefined : await askWords(db, q, languages)
  return { ...filter, ...(look && { lookFrom: look }), ...(words && { words }) }
}

/** How many of the nearest texts of a language may be looked through first, and then. */
const NEAREST = [2500, 6000, 12_000, 25_000, 50_000]
const KNOWN_FOR_MS = 600_000
const knownYears = new Map<string, { years: number[]; sizes: number[]; until: number }>()

/** In which years the nearest texts of a language lie. Cuts are kept for ten minutes: those that have aged find the same. */
async function lookFrom(db: ReadDb, { lang, langs, sort }: ItemFilter): Promise<LookFrom | undefined> {
  if (langs) return undefined
  const order = sort === 'oldest' ? sql`sort_day, item_id` : sql`sort_day desc, item_id desc`
  const key = `${lang} ${sort === 'oldest'}`
  const known = knownYears.get(key)
  const isKnown = known !== undefined && known.until > performance.now()
  if (isKnown && known.years.length === 0) return undefined
  const each = (isKnown ? [0] : [0, ...NEAREST]).map((n) => sql`(select extract(year from sort_day)::int from publication where lang = ${lang} order by ${order} offset ${n} limit 1)`)
  const { rows } = await sql<{ years: (number | null)[] }>`select json_build_array(${sql.join(each)}) as years`.execute(db as never)
  const [nearest, ...read] = rows[0]!.years
  if (nearest == null) return undefined
  const years = isKnown ? known.years : read.filter((year) => year !== null)
  const sizes = isKnown ? known.sizes : NEAREST.slice(0, years.length)
  if (!isKnown) knownYears.set(key, { years, sizes, until: performance.now() + KNOWN_FOR_MS })
  return lookFromYears(nearest, years, sizes)
}

/**
 * The list with everything beside it, searched when `q` is not ''. Give it a snapshot.
 * @param languages those of the site
 * @throws what `unlessGivenUp` knows, when a search takes too long
 */
export async function findList(
  db: ReadDb, filter: ItemFilter, q: string, page: number, now: Temporal.Instant, languages: readonly Lang[],
): Promise<{ list: FoundList; facets: Facets; changesAt: Temporal.Instant | undefined }> {
  const asked = await readyToAsk(db, filter, q, languages)
  const { words } = asked
  const { list: { bodies, ...list }, facets, changesAt } = await listWithFacets(db, asked, page, now, languages)
  if (!words) return { list, facets, changesAt }
  if (list.total === 0) {
    // The list is worked out: a guess that takes too long is no guess.
    const meant = (await orNothing(db, () => findMeant(db, asked, q, now, languages))) ?? {}
    return { list: { ...list, ...meant }, facets, changesAt }
  }
  return { list: { ...list, extracts: extractsOf(list, bodies, words) }, facets, changesAt }
}

/** What was asked; undefined when it was given up, and the snapshot can be asked further all the same. */
async function orNothing<T>(db: ReadDb, ask: () => Promise<T>): Promise<T | undefined> {
  await sql`savepoint asked`.execute(db as never)
  try {
    return await ask()
  } catch (fault) {
    if (!isGivenUp(fault)) throw fault
    await sql`rollback to savepoint asked`.execute(db as never)
    return undefined
  }
}

/** One statement: what matches is looked up once, for the list and for what stands beside it. */
async function listWithFacets(
  db: ReadDb, filter: ItemFilter, page: number, now: Temporal.Instant, languages: readonly Lang[],
): Promise<{ list: Listed; facets: Facets; changesAt: Temporal.Instant | undefined }> {
  const { sets, counted } = facetParts(filter, now, 'hit', languages)
  const { rows } = await sql<ListedRow & { counted: Counted; changesAt: Temporal.Instant | null }>`
    with ${sql.join([hitAndShown(filter, now, page, PAGE_SIZE, sql`, ${FACET_COLUMNS}`), ...sets])}
    select ${listedColumns(filter, now)}, ${counted} as counted, ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const row = rows[0]!
  return { list: listedOf(row), facets: facetsOf(row.counted, filter), changesAt: row.changesAt ?? undefined }
}

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

function extractsOf(list: FoundList, bodies: Map<string, string>, words: readonly WordsAsked[]): Record<string, Piece[]> {
  const lexemes = new Map(words.map(({ lang, query }) => [lang, lexemesOf(query)]))
  return Object.fromEntries(list.items.flatMap((item) => {
    const asked = lexemes.get(item.lang) ?? []
    const extract = extractOf(item.teaser, asked) ?? extractOf(plainText(bodies.get(item.id) ?? ''), asked)
    return extract ? [[item.id, extract]] : []
  }))
}

/** How alike two words must be, by the share of their trigrams that both have. */
const LEAST_ALIKE = 0.3
const MOST_GUESSES = 6

/**
 * The search with each word that no public text has replaced by the likest one that some public text has. Nothing
 * where there is none, or where it would find nothing either.
 */
async function findMeant(
  db: ReadDb, filter: ItemFilter, q: string, now: Temporal.Instant, languages: readonly Lang[],
): Promise<Pick<FoundList, 'meant' | 'isMeantAlone'>> {
  const langs = filter.langs ?? [filter.lang]
  const everything = { lang: filter.lang, ...(filter.langs && { langs: filter.langs }), ...(filter.lookFrom && { lookFrom: filter.lookFrom }) }
  const finds = async (words: string, within: ItemFilter) => {
    const asked = await askWords(db, words, languages)
    const { rows } = await sql<{ found: boolean }>`select ${isAny({ ...within, words: asked }, now)} as found`.execute(db as never)
    return rows[0]!.found
  }
  let meant = q
  for (const word of new Set(wordsIn(q).slice(0, MOST_GUESSES))) {
    if (word.length < 4 || (await finds(word, everything))) continue
    // Words of texts that readers do not see yet stand among the guesses; only one that a public text has is told.
    const guesses = await listAlike(db, word, langs)
    let guess: string | undefined
    for (const one of guesses) if (!guess && (await finds(`"${one}"`, everything))) guess = one
    if (guess === undefined) return {}
    meant = meant.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{M}\\p{N}])`, 'giu'), guess)
  }
  if (meant === q) return {}
  if (await finds(meant, filter)) return { meant, isMeantAlone: false }
  return (await finds(meant, everything)) ? { meant, isMeantAlone: true } : {}
}

/** Words that begin or end as this one does, the likest first: to compare all that share any trigram would take a second. */
async function listAlike(db: ReadDb, word: string, langs: readonly Lang[]): Promise<string[]> {
  const letters = [...bareWord(word)]
  const ends = [` ${letters.slice(0, 2).join('')}`, `${letters.slice(-2).join('')} `]
  const { rows } = await sql<{ word: string }>`
    with typed as materialized (select trigrams_of(${word}) as trigrams)
    select word from (
      select w.word, w.bare, (select count(*) from unnest(w.trigrams) t where t = any(typed.trigrams))::real as shared,
        cardinality(w.trigrams) + cardinality(typed.trigrams) as sum
      from search_word w, typed
      where w.lang = any(${langs}::text[]) and w.trigrams && ${ends}::text[] and abs(length(w.bare) - ${word.length}) <= 3) x
    where shared / (sum - shared) >= ${LEAST_ALIKE}
    order by shared / (sum - shared) desc, word limit ${MOST_GUESSES}`.execute(db as never)
  return rows.map((row) => row.word)
}
