import { type RawBuilder, sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { countRegions, countYears, type Facets, FILTER_NAMES, type FilterName } from '#rooms/media/facet-counts.ts'
import { type ItemFilter, type Kind, MOST_COUNTED } from '#rooms/media/item.ts'
import { countUpTo, newest } from '#rooms/media/server/list-queries.ts'
import { nextChangeOf } from '#rooms/media/server/public-now-queries.ts'
import { standingTopics } from '#rooms/media/server/topic-queries.ts'

/** What `facetsOf` reads. */
export interface Counted {
  kinds: [Kind, number][]
  places: [string[], number][]
  topics: [string, number][]
  spans: [number | null, number | null, number][]
  langs: [Lang, number][]
  without: Facets['without']
}

/** The columns of a publication `p` that facets are counted by. */
export const FACET_COLUMNS = sql`p.kind, p.places_named, p.topics, extract(year from p.from_day)::int as first, extract(year from p.to_day)::int as last`

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
 * Each facet counted beside the other filters, over the newest MOST_COUNTED texts; each filter that is on costs one more
 * look, without it.
 * @param every the name of the set of what matches, with FACET_COLUMNS
 * @param langs the languages to count texts in, whatever language is asked for
 * @returns further sets, to stand behind `every`, and the counts as one json value
 */
export function facetParts(
  filter: ItemFilter, now: Temporal.Instant, every: string, langs: readonly Lang[],
): { sets: RawBuilder<unknown>[]; counted: RawBuilder<Counted> } {
  const on = FILTER_NAMES.filter((name): name is keyof typeof isOn => name !== 'lang' && isOn[name](filter))
  const set = (name: FilterName) => sql.id(on.includes(name as never) ? `without_${name}` : every)
  // Nothing is counted by what is searched for: without it only how many there are is of interest.
  const sets = on.filter((name) => name !== 'q').map((name) => sql`${sql.id(`without_${name}`)} as materialized (${newest(without(filter, name), now, FACET_COLUMNS)})`)
  const counted = sql<Counted>`json_build_object(
    'kinds', (select coalesce(json_agg(json_build_array(kind, n) order by n desc, kind), '[]')
      from (select kind, count(*) n from ${set('kind')} group by kind) k),
    'places', (select coalesce(json_agg(json_build_array(places_named, n)), '[]')
      from (select places_named, count(*) n from ${set('region')} group by places_named) r),
    'topics', (select coalesce(json_agg(json_build_array(topic, n) order by n desc, topic), '[]')
      from (select t.topic, sum(x.n)::int n from (select topics, count(*) n from ${set('topic')} group by topics) x,
        lateral (select distinct one.topic from unnest(x.topics) said(key) join ${standingTopics} one on one.key = said.key) t group by t.topic) c),
    'spans', (select coalesce(json_agg(json_build_array(first, last, n)), '[]')
      from (select first, last, count(*) n from ${set('when')} group by first, last) y),
    'langs', ${countLangs(filter, now, every, langs)},
    'without', json_build_object(${sql.join(on.flatMap((name) => [sql`${name}::text`, name === 'q'
      ? countUpTo(without(filter, name), now)
      : sql`(select least(count(*), ${MOST_COUNTED}) from ${set(name)})`]))}))`
  return { sets, counted }
}

export function facetsOf(counted: Counted, filter: ItemFilter): Facets {
  const { kinds, topics, langs, without } = counted
  return { kinds, regions: countRegions(counted.places, filter.region), topics, years: countYears(counted.spans), langs, without }
}

/** The facets alone. One statement. */
export async function countFacets(
  db: ReadDb, filter: ItemFilter, now: Temporal.Instant, langs: readonly Lang[] = [],
): Promise<Facets & { changesAt: Temporal.Instant | undefined }> {
  const { sets, counted } = facetParts(filter, now, 'every', langs)
  const { rows } = await sql<{ counted: Counted; changesAt: Temporal.Instant | null }>`
    with ${sql.join([sql`every as materialized (${newest(filter, now, FACET_COLUMNS)})`, ...sets])}
    select ${counted} as counted, ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  return { ...facetsOf(rows[0]!.counted, filter), changesAt: rows[0]!.changesAt ?? undefined }
}

/** Each language counts by itself, up to the same limit. What is asked for is counted already. */
function countLangs(filter: ItemFilter, now: Temporal.Instant, every: string, langs: readonly Lang[]): RawBuilder<unknown> {
  if (langs.length === 0) return sql`'[]'::json`
  const { langs: _, ...rest } = filter
  const each = langs.map((lang) => sql`json_build_array(${lang}::text, ${lang === filter.lang && !filter.langs
    ? sql`(select least(count(*), ${MOST_COUNTED}) from ${sql.id(every)})`
    : countUpTo({ ...rest, lang }, now)})`)
  return sql`json_build_array(${sql.join(each)})`
}
