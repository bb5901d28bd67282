import { type RawBuilder, sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { countRegions, countYears, type Facets, FILTER_NAMES, type FilterName } from '#rooms/media/facet-counts.ts'
import type { ItemFilter, Kind } from '#rooms/media/item.ts'
import { MOST_COUNTED, matching, newest } from '#rooms/media/server/list-queries.ts'
import { nextChangeOf } from '#rooms/media/server/public-now-queries.ts'
import { standingTopics } from '#rooms/media/server/topic-queries.ts'

interface Counted {
  kinds: [Kind, number][]
  places: [string[], number][]
  topics: [string, number][]
  spans: [number | null, number | null, number][]
  langs: [Lang, number][]
  without: Facets['without']
  changesAt: Temporal.Instant | null
}

const isOn: Record<Exclude<FilterName, 'lang'>, (filter: ItemFilter) => boolean> = {
  q: (filter) => filter.words !== undefined,
  kind: (filter) => filter.kind !== undefined,
  region: (filter) => filter.region !== undefined,
  topic: (filter) => filter.topic !== undefined,
  when: (filter) => filter.from !== undefined || filter.to !== undefined || filter.isUndated === true,
}

function without(filter: ItemFilter, name: FilterName): ItemFilter {
  const { kind, region, topic, from, to, isUndated, words, ...rest } = filter
  const by = { q: { words }, kind: { kind }, region: { region }, topic: { topic }, when: { from, to, isUndated }, lang: {} }
  const kept = Object.entries(by).filter(([one]) => one !== name).map(([, part]) => part)
  return Object.fromEntries(Object.entries(Object.assign({}, rest, ...kept)).filter(([, value]) => value !== undefined)) as unknown as ItemFilter
}

/**
 * Counts each facet beside the other filters, over the newest MOST_COUNTED texts. One statement; each filter that is on
 * costs one more look, without it.
 * @param langs the languages to count texts in, whatever language is asked for
 */
export async function countFacets(
  db: ReadDb, filter: ItemFilter, now: Temporal.Instant, langs: readonly Lang[] = [],
): Promise<Facets & { changesAt: Temporal.Instant | undefined }> {
  const columns = sql`p.kind, p.places_named, p.topics, extract(year from p.from_day)::int as first, extract(year from p.to_day)::int as last`
  const on = FILTER_NAMES.filter((name): name is keyof typeof isOn => name !== 'lang' && isOn[name](filter))
  const set = (name: FilterName) => sql.id(on.includes(name as never) ? `without_${name}` : 'every')
  const sets = [sql`every as materialized (${newest(filter, now, columns)})`, ...on.map((name) =>
    sql`${sql.id(`without_${name}`)} as materialized (${newest(without(filter, name), now, columns)})`)]
  const { rows } = await sql<Counted>`
    with ${sql.join(sets)}
    select
      (select coalesce(json_agg(json_build_array(kind, n) order by n desc, kind), '[]')
        from (select kind, count(*) n from ${set('kind')} group by kind) k) as kinds,
      (select coalesce(json_agg(json_build_array(places_named, n)), '[]')
        from (select places_named, count(*) n from ${set('region')} group by places_named) r) as places,
      (select coalesce(json_agg(json_build_array(topic, n) order by n desc, topic), '[]')
        from (select t.topic, count(distinct x.id) n from ${set('topic')} x, unnest(x.topics) said(key)
          join ${standingTopics} t on t.key = said.key group by t.topic) c) as topics,
      (select coalesce(json_agg(json_build_array(first, last, n)), '[]')
        from (select first, last, count(*) n from ${set('when')} group by first, last) y) as spans,
      ${countLangs(filter, now, langs)} as langs,
      json_build_object(${sql.join(on.flatMap((name) => [sql`${name}::text`, sql`(select least(count(*), ${MOST_COUNTED}) from ${set(name)})`]))}) as without,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const row = rows[0]!
  return {
    kinds: row.kinds, regions: countRegions(row.places), topics: row.topics, years: countYears(row.spans), langs: row.langs,
    without: row.without, changesAt: row.changesAt ?? undefined,
  }
}

/** Each language counts by itself, up to the same limit. */
function countLangs(filter: ItemFilter, now: Temporal.Instant, langs: readonly Lang[]): RawBuilder<unknown> {
  if (langs.length === 0) return sql`'[]'::json`
  const { langs: _, ...rest } = filter
  const each = langs.map((lang) => sql`json_build_array(${lang}::text, (select count(*) from (
    select from publication p where ${matching({ ...rest, lang }, now)} limit ${MOST_COUNTED}) one))`)
  return sql`json_build_array(${sql.join(each)})`
}
