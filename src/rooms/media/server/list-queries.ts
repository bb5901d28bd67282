import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import { parentsOf } from '#kernel/place/place.ts'
import { anywhere, kindAndRegion, partsOf } from '#rooms/media/filed-words.ts'
import { type ItemFilter, type ItemSummary, MOST_COUNTED, PAGE_SIZE, type WordsAsked } from '#rooms/media/item.ts'
import { firstPublic, languagesOf, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'
import { keysOfTopic } from '#rooms/media/server/topic-queries.ts'

export interface ItemList {
  items: ItemSummary[]
  /** Up to MOST_COUNTED. */
  total: number
  /** There are more than MOST_COUNTED. */
  isLonger: boolean
  /** A phrase was asked for, and only the first texts that have its words were read for it. */
  isCut: boolean
  pages: number
  /** The next hour of any language: a list names the other languages of each text, so theirs change it too. */
  changesAt: Temporal.Instant | undefined
}

export type SummaryRow = Omit<ItemSummary, 'publicFrom'> & { publicFrom: string }

/**
 * Whether a publication `p` is public and matches. An item on 419 is found under each country below it, and one on
 * Uruguay under 419.
 */
export function matching(filter: ItemFilter, now: Temporal.Instant): RawBuilder<boolean> {
  const conditions = [...langOrWords(filter), publicNow('p', now), ...withinDays(filter)]
  if (filter.kind) conditions.push(sql`p.kind = ${filter.kind}`)
  if (filter.region) {
    const around = parentsOf(filter.region)
    conditions.push(sql`(p.places @> array[${filter.region}]::text[] or p.places_named && ${around}::text[])`)
  }
  if (filter.topic) conditions.push(sql`p.topics && ${keysOfTopic(filter.topic)}`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function langOrWords({ lang, langs, words }: ItemFilter): RawBuilder<unknown>[] {
  if (!words) return [langs ? sql`p.lang = any(${langs}::text[])` : sql`p.lang = ${lang}`]
  return [anyOf(askedIn(words, langs ?? [lang]).map(({ lang, query }) => sql`(p.lang = ${sql.lit(lang)} and p.words @@ ${query}::tsquery)`))]
}

/** A query of nothing finds nothing; with what a text is filed under beside it, it would find all of that. */
const askedIn = (words: readonly WordsAsked[], langs: readonly Lang[]) => words.filter(({ lang, query }) => query !== '' && langs.includes(lang))
const anyOf = (each: RawBuilder<unknown>[]) => (each.length > 0 ? sql`(${sql.join(each, sql` or `)})` : sql`false`)

function withinDays({ from, to, isUndated }: ItemFilter): RawBuilder<unknown>[] {
  return [
    ...(from ? [sql`p.to_day >= ${from.toString()}::date`] : []),
    ...(isUndated ? [sql`p.to_day is null`] : []),
    ...(to ? [sql`p.from_day <= ${to.toString()}::date`] : []),
  ]
}

/** The same as `matching`, all of it but days and hours asked of the index of words: what a text is filed under stands among these. */
function matchingInIndex(filter: ItemFilter, now: Temporal.Instant): RawBuilder<boolean> {
  // The language is written out: the planner then knows which language's index of words it may ask.
  const each = inIndex(filter).map(({ lang, asked }) => sql`(p.lang = ${sql.lit(lang)} and p.words @@ ${asked})`)
  return sql<boolean>`${sql.join([anyOf(each), publicNow('p', now), ...withinDays(filter)], sql` and `)}`
}

/** For each language the tsquery to ask its index of words. */
function inIndex(filter: ItemFilter): { lang: Lang; asked: RawBuilder<unknown> }[] {
  const langs = filter.langs ?? [filter.lang]
  const words = filter.words ? askedIn(filter.words, langs) : langs.map((lang) => ({ lang, query: undefined }))
  const topic = filter.topic && sql`(select string_agg('''§t:' || key || '''', ' | ')::tsquery from unnest(${keysOfTopic(filter.topic)}) key)`
  return words.map(({ lang, query }) => {
    const rest = [...(query ? [`(${query})`] : []), ...kindAndRegion(filter)]
    const all = [...(rest.length > 0 ? [sql`${rest.join(' & ')}::tsquery`] : []), ...(topic ? [topic] : [])]
    return { lang, asked: sql`(${sql.join(all, sql` && `)})` }
  })
}

/**
 * The newest (or oldest) MOST_COUNTED + 1 texts that match, with these columns of `p`. In several languages each item once,
 * in the page's own language where it has one.
 */
export function newest(filter: ItemFilter, now: Temporal.Instant, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  if (hasPhrase(filter)) return newestOf(filter, sql`(${withAllWords(filter, now, columns)})`)
  return newestOf(filter, sql`(${someOf(filter, now, sql`p.id, p.item_id, p.lang, p.sort_day, ${columns}`)})`)
}

function newestOf(filter: ItemFilter, source: RawBuilder<unknown>): RawBuilder<unknown> {
  const order = orderOf(filter)
  const which = hasPhrase(filter) ? sql`where ${phraseStands(filter)}` : sql``
  if (!filter.langs) return sql`select * from ${source} x ${which} order by ${order} limit ${MOST_COUNTED + 1}`
  const preferred = [filter.lang, ...fallbacksOf(filter.lang)]
  return sql`select * from (select distinct on (item_id) * from ${source} x ${which}
    order by item_id, array_position(${preferred}::text[], lang), lang) y order by ${order} limit ${MOST_COUNTED + 1}`
}

/** Whether words must stand one behind the other: the index does not know, so each text is read for it. */
const hasPhrase = ({ words }: ItemFilter) => words?.some(({ query }) => query !== anywhere(query)) ?? false

/** To read all texts that have the words of a phrase may take seconds: the first MOST_COUNTED + 1 of them in the list's order. */
function withAllWords(filter: ItemFilter, now: Temporal.Instant, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const loose = { ...filter, words: filter.words!.map(({ lang, query }) => ({ lang, query: anywhere(query) })) }
  return sql`select * from (${someOf(loose, now, sql`p.id, p.item_id, p.lang, p.sort_day, p.words as all_words, ${columns}`)}) w
    order by ${orderOf(filter)} limit ${MOST_COUNTED + 1}`
}

const phraseStands = ({ lang, langs, words }: ItemFilter) =>
  anyOf(askedIn(words!, langs ?? [lang]).map((one) => sql`(lang = ${one.lang} and all_words @@ ${one.query}::tsquery)`))

/** How many texts match, up to MOST_COUNTED. */
export const countUpTo = (filter: ItemFilter, now: Temporal.Instant) =>
  sql`(select least(count(*), ${MOST_COUNTED}) from (${hasPhrase(filter) ? newest(filter, now, sql`1 as one`) : someOf(filter, now, sql`1`)}) one)`

/** Whether any text matches. */
export const isAny = (filter: ItemFilter, now: Temporal.Instant) =>
  sql<boolean>`exists (select from (${hasPhrase(filter) ? newest(filter, now, sql`1 as one`) : someOf(filter, now, sql`1`, 1)}) one)`

const orderOf = ({ sort }: ItemFilter) => (sort === 'oldest' ? sql`sort_day, item_id` : sql`sort_day desc, item_id desc`)

const lookOf = ({ langs, lookFrom }: ItemFilter) => (langs ? undefined : lookFrom)

/** All texts that match, or as many of the newest as are ever asked for. */
function someOf(filter: ItemFilter, now: Temporal.Instant, columns: RawBuilder<unknown>, wanted = MOST_COUNTED + 1): RawBuilder<unknown> {
  const rows = (condition: RawBuilder<boolean>) => sql`select ${columns} from publication p where ${condition}`
  const look = lookOf(filter)
  // The index of words is asked for words, and in a large archive for all that it knows. A walk along the days would look at
  // each text on its way, and with words read all of it.
  const isFiled = filter.words !== undefined || (look !== undefined && (filter.kind ?? filter.region ?? filter.topic) !== undefined)
  if (!isFiled) return sql`${rows(matching(filter, now))} order by ${orderOf(filter)} limit ${wanted * (filter.langs?.length ?? 1)}`
  if (!look) return sql`${rows(matchingInIndex(filter, now))} offset 0`
  // Words that ask for nothing find nothing, in the columns of what is found: no rank stands in the table itself.
  const one = inIndex(filter)[0] ?? { lang: filter.lang, asked: sql`null::tsquery` }
  const days = sql`${filter.from?.toString() ?? null}::date, ${filter.to?.toString() ?? null}::date, ${filter.isUndated === true}`
  return sql`select ${columns} from nearest_texts(${one.lang}, ${one.asked}, ${partsOf(look)}::tsquery[], ${look.nearest}::int, ${[...look.cuts]}::int[],
    ${[...look.sizes]}::int[], ${days}, ${filter.sort === 'oldest'}, ${now.toString()}::timestamptz, ${wanted}::int,
    ${filter.words?.find(({ lang }) => lang === one.lang)?.query ?? null}::tsquery) p where ${publicNow('p', now)} offset 0`
}

export const summary = (now: Temporal.Instant, more: RawBuilder<unknown> = sql``) => sql`json_build_object(
  'id', p.item_id, 'kind', p.kind, 'lang', p.lang, 'slug', s.slug, 'title', r.title, 'teaser', r.teaser,
  'when', r.frozen->>'when', 'dateOf', r.frozen->>'dateOf', 'regions', r.frozen->'regions',
  'isStarter', i.is_starter, 'languages', ${languagesOf(sql`p.item_id`, now)},
  'publicFrom', ${firstPublic(sql`p.item_id`, sql`p.lang`, now)}${more})`

export const tables = sql`join item i on i.id = p.item_id join revision r on r.id = p.revision_id
  join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current`

/** How well a text answers, by its title and teaser; texts that have the words only further on follow, newest first. */
function rankOf(filter: ItemFilter, words: readonly WordsAsked[]): RawBuilder<unknown> {
  if (lookOf(filter)) return sql`p.rank`
  const each = words.map((one) => sql`when ${one.lang} then ts_rank(p.head, ${one.query}::tsquery)`)
  return each.length > 0 ? sql`case p.lang ${sql.join(each, sql` `)} else 0 end` : sql`0::real`
}

/**
 * `hit`: what matches, up to MOST_COUNTED + 1. `shown`: one page of it with its place, the best answers first where words are asked.
 * @param more columns of `hit` beside, such as those that facets are counted by
 */
export function hitAndShown(filter: ItemFilter, now: Temporal.Instant, page: number, perPage: number, more = sql``): RawBuilder<unknown> {
  const isRanked = filter.words !== undefined && (filter.sort === 'relevance' || filter.sort === undefined)
  const order = orderOf(filter)
  const columns = sql`${isRanked ? rankOf(filter, filter.words!) : sql`0`} as rank${more}`
  const candidates = hasPhrase(filter) ? sql`candidate as materialized (${withAllWords(filter, now, columns)}), ` : sql``
  const hit = hasPhrase(filter) ? newestOf(filter, sql`candidate`) : newest(filter, now, columns)
  return sql`${candidates}hit as materialized (${hit}),
    shown as (select id, row_number() over (order by rank desc, ${order}) as place from hit
      order by rank desc, ${order} limit ${perPage} offset ${(page - 1) * perPage})`
}

/** What `listedOf` reads: the columns of a page of the list, to ask for beside `hitAndShown`. */
export interface ListedRow { total: bigint; isCut: boolean; items: (SummaryRow & { bodyHtml?: string })[] }

/** Behind `hitAndShown`: whether more texts have the words of a phrase than were read for it. */
export const isCut = (filter: ItemFilter) => (hasPhrase(filter) ? sql`(select count(*) > ${MOST_COUNTED} from candidate)` : sql`false`)

export function listedColumns(filter: ItemFilter, now: Temporal.Instant): RawBuilder<unknown> {
  const more = filter.words ? sql`, 'bodyHtml', left(r.body_html, ${MOST_READ})` : sql``
  return sql`(select count(*) from hit) as total, ${isCut(filter)} as is_cut,
    coalesce((select json_agg(${summary(now, more)} order by shown.place)
      from shown join publication p on p.id = shown.id ${tables}), '[]') as items`
}

export type Listed = Omit<ItemList, 'changesAt'> & { bodies: Map<string, string> }

/** With `words` each item also has what its text says (`bodies`, its beginning), to show where the words stand. */
export function listedOf(row: ListedRow): Listed {
  const total = Math.min(Number(row.total), MOST_COUNTED)
  return {
    items: row.items.map(summaryOf), total, isLonger: Number(row.total) > MOST_COUNTED, isCut: row.isCut, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    bodies: new Map(row.items.map((item) => [item.id, item.bodyHtml ?? ''])),
  }
}

/** A page of the list, newest first by the latest day of *when*, with how many there are. One statement. */
export async function listPublishedItems(db: ReadDb, filter: ItemFilter, page: number, now: Temporal.Instant): Promise<ItemList> {
  const { rows } = await sql<ListedRow & { changesAt: Temporal.Instant | null }>`
    with ${hitAndShown(filter, now, page, PAGE_SIZE)}
    select ${listedColumns(filter, now)}, ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const { bodies: _, ...list } = listedOf(rows[0]!)
  return { ...list, changesAt: rows[0]!.changesAt ?? undefined }
}

/** Characters of a text that are looked through for an extract. */
const MOST_READ = 40_000

export function summaryOf(row: SummaryRow): ItemSummary {
  const { id, kind, lang, slug, title, teaser, when, dateOf, regions, isStarter, languages } = row
  const publicFrom = Temporal.Instant.from(row.publicFrom)
  return { id, kind, lang, slug, title, teaser, when, dateOf, regions, isStarter, languages, publicFrom }
}
