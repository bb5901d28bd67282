import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { parentsOf } from '#kernel/place/place.ts'
import { type ItemFilter, type ItemSummary, type Kind, PAGE_SIZE } from '#rooms/media/item.ts'
import { firstPublic, languagesOf, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'

/** Counting has an end: a count without a limit grows with the archive. A list that is longer says so. */
export const MOST_COUNTED = 2000

export interface ItemList {
  items: ItemSummary[]
  /** Up to MOST_COUNTED. */
  total: number
  pages: number
  /** The next hour of any language: a list names the other languages of each text, so theirs change it too. */
  changesAt: Temporal.Instant | undefined
}

export type SummaryRow = Omit<ItemSummary, 'publicFrom'> & { publicFrom: string }

/** An item on 419 is found under each country below it, and one on Uruguay under 419. */
export function matching(filter: ItemFilter, now: Temporal.Instant): RawBuilder<boolean> {
  const conditions = [sql`p.lang = ${filter.lang}`, publicNow('p', now)]
  if (filter.kind) conditions.push(sql`p.kind = ${filter.kind}`)
  if (filter.region) {
    const around = parentsOf(filter.region)
    conditions.push(sql`(p.places @> array[${filter.region}]::text[] or p.places_named && ${around}::text[])`)
  }
  if (filter.from) conditions.push(sql`p.to_day >= ${filter.from.toString()}::date`)
  if (filter.isUndated) conditions.push(sql`p.to_day is null`)
  if (filter.to) conditions.push(sql`p.from_day <= ${filter.to.toString()}::date`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

export const summary = (now: Temporal.Instant, more: RawBuilder<unknown> = sql``) => sql`json_build_object(
  'id', p.item_id, 'kind', p.kind, 'lang', p.lang, 'slug', s.slug, 'title', r.title, 'teaser', r.teaser,
  'when', r.frozen->>'when', 'dateOf', r.frozen->>'dateOf', 'regions', r.frozen->'regions',
  'isStarter', i.is_starter, 'languages', ${languagesOf(sql`p.item_id`, now)},
  'publicFrom', ${firstPublic(sql`p.item_id`, sql`p.lang`, now)}${more})`

export const tables = sql`join item i on i.id = p.item_id join revision r on r.id = p.revision_id
  join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current`

/** A page of the list, newest first by the latest day of *when*, with how many there are. One statement. */
export async function listPublishedItems(
  db: ReadDb, filter: ItemFilter, page: number, now: Temporal.Instant,
): Promise<ItemList> {
  const { rows } = await sql<{ total: bigint; items: SummaryRow[]; changesAt: Temporal.Instant | null }>`
    with hit as materialized (
      select p.id, p.sort_day, p.item_id from publication p where ${matching(filter, now)}
      order by p.sort_day desc, p.item_id desc limit ${MOST_COUNTED}),
    shown as (
      select id from hit order by sort_day desc, item_id desc limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE})
    select (select count(*) from hit) as total,
      coalesce((select json_agg(${summary(now)} order by p.sort_day desc, p.item_id desc)
        from publication p ${tables} where p.id in (select id from shown)), '[]') as items,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const [row] = rows
  const total = Number(row?.total ?? 0)
  return {
    items: (row?.items ?? []).map(summaryOf), total, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    changesAt: row?.changesAt ?? undefined,
  }
}

export interface Facets {
  kinds: [Kind, number][]
  regions: [string, number][]
  /** Year of the latest day; '' counts what states no date. */
  years: [string, number][]
  changesAt: Temporal.Instant | undefined
}

/** What the newest MOST_COUNTED texts of a language are about, counted. */
export async function countFacets(db: ReadDb, lang: Lang, now: Temporal.Instant): Promise<Facets> {
  const { rows } = await sql<Omit<Facets, 'changesAt'> & { changesAt: Temporal.Instant | null }>`
    with hit as materialized (
      select p.kind, p.places_named,
        extract(year from case when p.to_day = '9999-12-31' then p.from_day else p.to_day end)::text as year
      from publication p where ${matching({ lang }, now)}
      order by p.sort_day desc, p.item_id desc limit ${MOST_COUNTED})
    select
      (select coalesce(json_agg(json_build_array(kind, n) order by n desc, kind), '[]')
        from (select kind, count(*) n from hit group by kind) k) as kinds,
      (select coalesce(json_agg(json_build_array(place, n) order by n desc, place), '[]')
        from (select place, count(*) n from hit, unnest(places_named) place group by place) r) as regions,
      (select coalesce(json_agg(json_build_array(year, n) order by year desc), '[]')
        from (select coalesce(year, '') as year, count(*) n from hit group by 1) y) as years,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const [row] = rows
  return {
    kinds: row?.kinds ?? [], regions: row?.regions ?? [], years: row?.years ?? [],
    changesAt: row?.changesAt ?? undefined,
  }
}

export function summaryOf(row: SummaryRow): ItemSummary {
  const { id, kind, lang, slug, title, teaser, when, dateOf, regions, isStarter, languages } = row
  const publicFrom = Temporal.Instant.from(row.publicFrom)
  return { id, kind, lang, slug, title, teaser, when, dateOf, regions, isStarter, languages, publicFrom }
}
