import { sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { bareWord } from '#rooms/media/extract.ts'
import type { FoundList } from '#rooms/media/found-list.ts'
import type { ItemFilter } from '#rooms/media/item.ts'
import { wordsIn } from '#rooms/media/search-terms.ts'
import { askWords } from '#rooms/media/server/asked-words-queries.ts'
import { isAny } from '#rooms/media/server/list-queries.ts'

/** How alike two words must be, by the share of their trigrams that both have. */
const LEAST_ALIKE = 0.3
const MOST_GUESSES = 6

/**
 * The search with each word that no public text has replaced by the likest one that some public text has. Nothing
 * where there is none, or where it would find nothing either.
 */
export async function findMeant(
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
