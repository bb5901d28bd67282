import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type ObstacleToPublishing, obstacleToPublishing } from '#rooms/media/obstacle.ts'
import { giveSlug, lockItem, type ObstacleToRenaming, renameSlug } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { listTextStandings, seenOf, type TextStanding } from '#rooms/media/server/text-standing-queries.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'
import { obstacleToSlug, slugOf } from '#rooms/media/slug.ts'

export interface GoingOut {
  lang: Lang
  /** Of the page that was drawn: `seenOf`. */
  seen: string
  /** An hour to come; left out, it goes out now. */
  at?: Temporal.Instant
  /** The address that was typed; '' where none was asked for. */
  slug: string
  /** The site's. */
  zone: string
}

export type ObstacleToGoingOut = ObstacleToPublishing | ObstacleToRenaming | 'not-found' | 'changed-meanwhile' | 'past'

/**
 * Lets the newest text of a language go out, now or at an hour, and gives it its address where readers have none yet. The caller
 * has locked the item and asked who may. Null when it was done; else nothing was changed.
 */
export async function letGoOut(tx: Tx, itemId: string, { lang, seen, at, slug, zone }: GoingOut, actor: string, now: Temporal.Instant): Promise<ObstacleToGoingOut | null> {
  const [text] = (await lockItem(tx, itemId)) ? await listTextStandings(tx, itemId, now, lang) : []
  if (!text) return 'not-found'
  if (seenOf(text) !== seen) return 'changed-meanwhile'
  if (at && Temporal.Instant.compare(at, now) < 0) return 'past'
  const obstacle = obstacleNow(text) ?? (text.wasPublic ? null : await obstacleToAddress(tx, itemId, lang, slug))
  if (obstacle) return obstacle
  // One thing waits at a time, and its hour can be put off as well as brought forward.
  if (text.waiting) await cancelScheduled(tx, itemId, lang, actor, now)
  if (!text.wasPublic) await giveAddress(tx, itemId, text, slug, actor, now)
  const outcome = await publishRevision(tx, { itemId, lang, revisionId: text.revisionId, from: at ?? now, zone }, actor, now)
  if (!outcome.published) throw new Error(`a text that may go out does not: ${outcome.obstacle}`)
  return null
}

/** Why the newest text of a language cannot go out at this moment, or null when it can. */
export const obstacleNow = ({ revisionId, title, bodyMarkdown, isWithdrawn, here }: TextStanding): ObstacleToPublishing | null =>
  obstacleToPublishing({ revisionId, title, bodyMarkdown, isWithdrawn, publishedRevisionId: here?.revisionId ?? null })

/** Calls off what waits for its hour. Null when it was done. */
export async function callOff(tx: Tx, itemId: string, { lang, seen }: Pick<GoingOut, 'lang' | 'seen'>, actor: string, now: Temporal.Instant): Promise<'not-found' | 'changed-meanwhile' | 'not-waiting' | null> {
  const [text] = (await lockItem(tx, itemId)) ? await listTextStandings(tx, itemId, now, lang) : []
  if (!text) return 'not-found'
  if (seenOf(text) !== seen) return 'changed-meanwhile'
  return (await cancelScheduled(tx, itemId, lang, actor, now)) ? null : 'not-waiting'
}

async function obstacleToAddress(tx: Tx, itemId: string, lang: Lang, slug: string): Promise<ObstacleToRenaming | null> {
  if (slug === '') return null
  const obstacle = obstacleToSlug(slug)
  if (obstacle) return obstacle
  const holder = await tx.selectFrom('itemSlug').select('itemId').where('lang', '=', lang).where('slug', '=', slug).executeTakeFirst()
  return holder && holder.itemId !== itemId ? 'taken' : null
}

/** Made of the title where none was typed. */
async function giveAddress(tx: Tx, itemId: string, { lang, title, slug }: TextStanding, typed: string, actor: string, now: Temporal.Instant): Promise<void> {
  if (slug === null) await giveSlug(tx, itemId, lang, typed || slugOf(title), now)
  else if (typed !== '' && typed !== slug) await renameSlug(tx, itemId, lang, typed, actor, now)
}
