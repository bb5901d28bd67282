import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'
import type { Topic } from '#rooms/media/topic.ts'

const named = (table: 't' | 'standing') => sql`coalesce((
  select json_object_agg(x.lang, x.name) from topic_text x where x.topic_id = ${sql.ref(`${table}.id`)}), '{}')`

/** Every topic, those that were merged too, in the order of their keys. */
export async function listTopics(db: ReadDb): Promise<Topic[]> {
  const { rows } = await sql<Topic>`
    select t.key, i.key as merged_into, ${named('t')} as names
    from topic t left join topic i on i.id = t.merged_into order by t.key`.execute(db as never)
  return rows
}

/** Rows (topic, key): each key that a revision may hold, beside the key of the topic that it is read as. */
export const standingTopics = sql`(select t.key, coalesce(i.key, t.key) as topic
  from topic t left join topic i on i.id = t.merged_into)`

/** How many texts are public now with each topic, by the key of one that stands; a text in five languages counts once. */
export async function countTextsByTopic(db: ReadDb, now: Temporal.Instant): Promise<Map<string, number>> {
  const { rows } = await sql<{ topic: string; texts: number }>`
    select one.topic, count(distinct p.item_id)::int as texts
    from publication p cross join unnest(p.topics) said(key) join ${standingTopics} one on one.key = said.key
    where ${publicNow('p', now)} group by one.topic`.execute(db as never)
  return new Map(rows.map(({ topic, texts }) => [topic, texts]))
}

/** How many texts are public now with any of these topics: those that have two of them count once. */
export async function countTextsOfTopics(db: ReadDb, keys: readonly string[], now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ texts: number }>`
    select count(distinct p.item_id)::int as texts
    from publication p cross join unnest(p.topics) said(key) join ${standingTopics} one on one.key = said.key
    where ${publicNow('p', now)} and one.topic = any(${[...keys]})`.execute(db as never)
  return rows[0]!.texts
}

/** Keys that the newest texts of these items hold, in any language. */
export async function listKeysIn(db: ReadDb, itemIds: readonly string[]): Promise<Set<string>> {
  if (itemIds.length === 0) return new Set()
  const rows = await db.selectFrom('revision').distinctOn(['itemId', 'lang']).select('frozen').where('itemId', 'in', [...itemIds]).orderBy('itemId').orderBy('lang').orderBy('number', 'desc').execute()
  return new Set(rows.flatMap(({ frozen }) => frozen.topics))
}

/** All keys that are read as the same topic as this one; none when there is no such topic. */
export const keysOfTopic = (key: string): RawBuilder<string[]> => sql<string[]>`array(
  select a.key from topic a, topic b where b.key = ${key} and coalesce(a.merged_into, a.id) = coalesce(b.merged_into, b.id))`

/** The topics that a revision names, as json: `[{key, names}]`, in the order that it names them, each once. */
export const topicsOf = (frozen: RawBuilder<unknown>) => sql`coalesce((
  select json_agg(json_build_object('key', one.key, 'names', one.names) order by one.place) from (
    select standing.key, ${named('standing')} as names, min(said.place) as place
    from jsonb_array_elements_text(coalesce(${frozen}->'topics', '[]')) with ordinality said(key, place)
    join topic t on t.key = said.key join topic standing on standing.id = coalesce(t.merged_into, t.id)
    group by standing.id) one), '[]')`
