import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import { parentsOf } from '#kernel/place/place.ts'
import { kindAndRegion, partsOf } from '#rooms/media/filed-words.ts'
import { type ItemFilter, type ItemSummary, PAGE_SIZE, type WordsAsked } from '#rooms/media/item.ts'
import { firstPublic, languagesOf, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'
import { keysOfTopic } from '#rooms/media/server/topic-queries.ts'

/** Counting has an end: a count without a limit grows with the archive. A list that is longer says so. */
export const MOST_COUNTED = 2000

export interface ItemList {
  items: ItemSummary[]
  /** Up to MOST_COUNTED. */
  total: number
  /** There are more than MOST_COUNTED. */
  isLonger: boolean
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

/**
 * The same as `matching`, all of it but days and hours asked of the index of words: what a text is filed under stands among these.
 * @param years a tsquery for the years of `sort_day` that are asked for
 */
function matchingInIndex(filter: ItemFilter, now: Temporal.Instant, years?: string): RawBuilder<boolean> {
  const langs = filter.langs ?? [filter.lang]
  const asked = filter.words ? askedIn(filter.words, langs) : langs.map((lang) => ({ lang, query: undefined }))
  const topic = filter.topic && sql`(select string_agg('''§t:' || key || '''', ' | ')::tsquery from unnest(${keysOfTopic(filter.topic)}) key)`
  const each = asked.map(({ lang, query }) => {
    const rest = [...(query ? [`(${query})`] : []), ...kindAndRegion(filter), ...(years ? [years] : [])]
    const all = [...(rest.length > 0 ? [sql`${rest.join(' & ')}::tsquery`] : []), ...(topic ? [topic] : [])]
    // The language is written out: the planner then knows which language's index of words it may ask.
    return sql`(p.lang = ${sql.lit(lang)} and p.words @@ (${sql.join(all, sql` && `)}))`
  })
  return sql<boolean>`${sql.join([anyOf(each), publicNow('p', now), ...withinDays(filter)], sql` and `)}`
}

/**
 * The newest (or oldest) MOST_COUNTED + 1 texts that match, with these columns of `p`. In several languages each item once,
 * in the page's own language where it has one.
 */
export function newest(filter: ItemFilter, now: Temporal.Instant, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const order = orderOf(filter)
  const bounded = someOf(filter, now, sql`p.id, p.item_id, p.lang, p.sort_day, ${columns}`)
  if (!filter.langs) return sql`select * from (${bounded}) x order by ${order} limit ${MOST_COUNTED + 1}`
  const preferred = [filter.lang, ...fallbacksOf(filter.lang)]
  return sql`select * from (select distinct on (item_id) * from (${bounded}) x
    order by item_id, array_position(${preferred}::text[], lang), lang) y order by ${order} limit ${MOST_COUNTED + 1}`
}

/** How many texts match, up to MOST_COUNTED. */
export const countUpTo = (filter: ItemFilter, now: Temporal.Instant) =>
  sql`(select least(count(*), ${MOST_COUNTED}) from (${someOf(filter, now, sql`1`)}) one)`

const orderOf = ({ sort }: ItemFilter) => (sort === 'oldest' ? sql`sort_day, item_id` : sql`sort_day desc, item_id desc`)

/** All texts that match, or as many of the newest as are ever asked for. */
function someOf(filter: ItemFilter, now: Temporal.Instant, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const rows = (condition: RawBuilder<boolean>) => sql`select ${columns} from publication p where ${condition}`
  const look = filter.langs ? undefined : filter.lookFrom
  // The index of words is asked for words, and in a large archive for all that it knows. A walk along the days would look at
  // each text on its way, and with words read all of it.
  const isFiled = filter.words !== undefined || (look !== undefined && (filter.kind ?? filter.region ?? filter.topic) !== undefined)
  if (!isFiled) return sql`${rows(matching(filter, now))} order by ${orderOf(filter)} limit ${(MOST_COUNTED + 1) * (filter.langs?.length ?? 1)}`
  if (!look) return sql`${rows(matchingInIndex(filter, now))} offset 0`
  const part = (n: number) => sql.id(`part_${n}`)
  const { near, first, last } = partsOf(look)
  // NOTE: not `between` two days: the planner would ask the index of days beside that of words, and that takes longer.
  const others = sql` and extract(year from p.sort_day)::int not between ${first} and ${last}`
  // The nearest years first: the next part is read only when those before it hold too few.
  const parts = [...near, undefined].map((years, n) => {
    const found = Array.from({ length: n }, (_, i) => sql`(select count(*) from ${part(i)})`)
    const isNeeded = n === 0 ? sql`` : sql` and ${sql.join(found, sql` + `)} <= ${MOST_COUNTED}`
    return sql`${part(n)} as materialized (${rows(matchingInIndex(filter, now, years))}${years ? sql`` : others}${isNeeded} offset 0)`
  })
  return sql`with ${sql.join(parts)} ${sql.join(parts.map((_, n) => sql`select * from ${part(n)}`), sql` union all `)}`
}

export const summary = (now: Temporal.Instant, more: RawBuilder<unknown> = sql``) => sql`json_build_object(
  'id', p.item_id, 'kind', p.kind, 'lang', p.lang, 'slug', s.slug, 'title', r.title, 'teaser', r.teaser,
  'when', r.frozen->>'when', 'dateOf', r.frozen->>'dateOf', 'regions', r.frozen->'regions',
  'isStarter', i.is_starter, 'languages', ${languagesOf(sql`p.item_id`, now)},
  'publicFrom', ${firstPublic(sql`p.item_id`, sql`p.lang`, now)}${more})`

export const tables = sql`join item i on i.id = p.item_id join revision r on r.id = p.revision_id
  join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current`

/** How well a text answers, by its title and teaser; texts that have the words only further on follow, newest first. */
function rankOf(words: readonly WordsAsked[]): RawBuilder<unknown> {
  const each = words.map((one) => sql`when ${one.lang} then ts_rank(p.head, ${one.query}::tsquery)`)
  return each.length > 0 ? sql`case p.lang ${sql.join(each, sql` `)} else 0 end` : sql`0::real`
}

/**
 * `hit`: what matches, up to MOST_COUNTED + 1. `shown`: one page of it with its place, the best answers first where words are asked.
 * @param more columns of `hit` beside, such as those that facets are counted by
 */
export function hitAndShown(filter: ItemFilter, now: Temporal.Instant, page: number, perPage: number, more = sql``): RawBuilder<unknown> {
  const isRanked = filter.words !== undefined && (filter.sort === 'relevance' || filter.sort === undefined)
  const order = filter.sort === 'oldest' ? sql`sort_day, item_id` : sql`sort_day desc, item_id desc`
  const columns = sql`${isRanked ? rankOf(filter.words!) : sql`0`} as rank${more}`
  return sql`hit as materialized (${newest(filter, now, columns)}),
    shown as (select id, row_number() over (order by rank desc, ${order}) as place from hit
      order by rank desc, ${order} limit ${perPage} offset ${(page - 1) * perPage})`
}

/** What `listedOf` reads: the columns of a page of the list, to ask for beside `hitAndShown`. */
export interface ListedRow { total: bigint; items: (SummaryRow & { bodyHtml?: string })[] }

export function listedColumns(filter: ItemFilter, now: Temporal.Instant): RawBuilder<unknown> {
  const more = filter.words ? sql`, 'bodyHtml', left(r.body_html, ${MOST_READ})` : sql``
  return sql`(select count(*) from hit) as total,
    coalesce((select json_agg(${summary(now, more)} order by shown.place)
      from shown join publication p on p.id = shown.id ${tables}), '[]') as items`
}

export type Listed = Omit<ItemList, 'changesAt'> & { bodies: Map<string, string> }

/** With `words` each item also has what its text says (`bodies`, its beginning), to show where the words stand. */
export function listedOf(row: ListedRow): Listed {
  const total = Math.min(Number(row.total), MOST_COUNTED)
  return {
    items: row.items.map(summaryOf), total, isLonger: Number(row.total) > MOST_COUNTED, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
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
