import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { isTopicKey, type ObstacleToTopic, obstacleToTopicName } from '#rooms/media/topic.ts'

/** A topic for texts to come. Null when it was added. */
export async function addTopic(
  tx: Tx, key: string, lang: Lang, name: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToTopic | null> {
  if (!isTopicKey(key)) return 'malformed-key'
  const obstacle = obstacleToTopicName(lang, name)
  if (obstacle) return obstacle
  const id = newId()
  const added = await tx.insertInto('topic').values({ id, key, createdAt: now, mergedInto: null, mergedAt: null })
    .onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()
  // Also the key of a merged topic: its address leads elsewhere for ever.
  if (!added) return 'key-taken'
  await tx.insertInto('topicText').values({ topicId: id, lang, name: name.trim() }).execute()
  await record(tx, { actor, act: 'add-topic', subject: `topic:${key}` }, now)
  await announceTopics(tx, [key])
  return null
}

/** A name in one more language, or another name. Null when it is so. */
export async function nameTopic(
  tx: Tx, key: string, lang: Lang, name: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToTopic | null> {
  const obstacle = obstacleToTopicName(lang, name)
  if (obstacle) return obstacle
  const topic = await lockTopic(tx, key)
  if (!topic) return 'not-found'
  if (topic.mergedInto) return 'merged'
  await tx.insertInto('topicText').values({ topicId: topic.id, lang, name: name.trim() })
    .onConflict((oc) => oc.columns(['topicId', 'lang']).doUpdateSet({ name: name.trim() })).execute()
  await record(tx, { actor, act: 'name-topic', subject: `topic:${key}`, detail: { lang } }, now)
  await announceTopics(tx, [key])
  return null
}

/** What somebody else named meanwhile, by language; or names that cannot stand, with why. */
export type NamedTopic = { saved: number } | { meanwhile: Record<Lang, string> } | { obstacles: Record<Lang, ObstacleToTopic> } | { obstacle: ObstacleToTopic }

/**
 * Names in several languages at once, all or none. What is as the form was drawn says nothing; what somebody else named
 * since then is not written over: whoever saves later sees it first.
 */
export async function nameTopicInSeveral(
  tx: Tx, key: string, names: { typed: Record<Lang, string>; drawn: Record<Lang, string> }, actor: string, now: Temporal.Instant,
): Promise<NamedTopic> {
  const topic = await lockTopic(tx, key)
  if (!topic || topic.mergedInto) return { obstacle: topic ? 'merged' : 'not-found' }
  const rows = await tx.selectFrom('topicText').select(['lang', 'name']).where('topicId', '=', topic.id).execute()
  const standing = new Map(rows.map(({ lang, name }) => [lang, name]))
  const news = Object.entries(names.typed).filter(([lang, name]) => name !== (names.drawn[lang] ?? '') && name !== (standing.get(lang) ?? ''))
  const obstacles = news.flatMap(([lang, name]) => {
    const obstacle = obstacleToTopicName(lang, name)
    return obstacle ? [[lang, obstacle] as const] : []
  })
  if (obstacles.length > 0) return { obstacles: Object.fromEntries(obstacles) }
  const crossed = news.filter(([lang]) => (standing.get(lang) ?? '') !== (names.drawn[lang] ?? ''))
  if (crossed.length > 0) return { meanwhile: Object.fromEntries(crossed.map(([lang]) => [lang, standing.get(lang) ?? ''])) }
  for (const [lang, name] of news) await nameTopic(tx, key, lang, name, actor, now)
  return { saved: news.length }
}

/**
 * One topic takes the place of another, at once and in every text; no revision changes. The old key leads on for ever,
 * and so do those that led to it. Null when it was done.
 */
export async function mergeTopic(
  tx: Tx, from: string, into: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToTopic | null> {
  if (from === into) return 'itself'
  // In one order whoever merges what: two merges across would else wait for each other.
  for (const key of [from, into].sort()) await lockTopic(tx, key)
  const [old, kept] = [await lockTopic(tx, from), await lockTopic(tx, into)]
  if (!old || !kept) return 'not-found'
  if (old.mergedInto || kept.mergedInto) return 'merged'
  await tx.updateTable('topic').set({ mergedInto: kept.id, mergedAt: now })
    .where((eb) => eb.or([eb('id', '=', old.id), eb('mergedInto', '=', old.id)])).execute()
  await record(tx, { actor, act: 'merge-topic', subject: `topic:${from}`, detail: { into } }, now)
  await announceTopics(tx, [from, into])
  return null
}

const lockTopic = (tx: Tx, key: string) =>
  tx.selectFrom('topic').select(['id', 'mergedInto']).where('key', '=', key).forUpdate().executeTakeFirst()

/** Lists of every language name topics, and so does each text that has one of these. */
async function announceTopics(tx: Tx, keys: string[]): Promise<void> {
  const { rows } = await sql<{ tag: string }>`
    select 'list:media:' || lang as tag from (select unnest(languages) as lang from site union select lang from publication) l
    union select 'item:' || item_id from publication where topics && array(
      select a.key from topic a, topic b where b.key = any(${keys}) and coalesce(a.merged_into, a.id) = coalesce(b.merged_into, b.id))
    limit 200`.execute(tx)
  await announce(tx, rows.map(({ tag }) => tag))
}
