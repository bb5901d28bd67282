import { sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { extractOf, lexemesOf, type Piece, plainText } from '#rooms/media/extract.ts'
import type { Facets } from '#rooms/media/facet-counts.ts'
import type { FoundList } from '#rooms/media/found-list.ts'
import { type ItemFilter, PAGE_SIZE, type WordsAsked } from '#rooms/media/item.ts'
import { askWords } from '#rooms/media/server/asked-words-queries.ts'
import { type Counted, FACET_COLUMNS, facetParts, facetsOf } from '#rooms/media/server/facet-queries.ts'
import { isGivenUp, SEARCH_TIMEOUT_MS } from '#rooms/media/server/given-up.ts'
import { type Listed, hitAndShown, type ListedRow, listedColumns, listedOf } from '#rooms/media/server/list-queries.ts'
import { lookFrom } from '#rooms/media/server/look-from-queries.ts'
import { findMeant } from '#rooms/media/server/meant-queries.ts'
import { nextChangeOf } from '#rooms/media/server/public-now-queries.ts'

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

function extractsOf(list: FoundList, bodies: Map<string, string>, words: readonly WordsAsked[]): Record<string, Piece[]> {
  const lexemes = new Map(words.map(({ lang, query }) => [lang, lexemesOf(query)]))
  return Object.fromEntries(list.items.flatMap((item) => {
    const asked = lexemes.get(item.lang) ?? []
    const extract = extractOf(item.teaser, asked) ?? extractOf(plainText(bodies.get(item.id) ?? ''), asked)
    return extract ? [[item.id, extract]] : []
  }))
}
