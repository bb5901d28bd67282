import '#rooms/media/server/translation-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'
import { findFollowed, findReadingState } from '#rooms/media/server/translation-queries.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'
import { type ObstacleToReading, obstacleToReading, type Reading } from '#rooms/media/second-reading.ts'

export interface ReadText extends Reading {
  itemId: string
  lang: Lang
  /** What she read: `readAs`. */
  read: string
}

/** A text and the source that it follows, as they were drawn: what a reading is of. */
export const readAs = ({ revisionId, sourceId }: { revisionId: string; sourceId: string | null }): string => `${revisionId}.${sourceId ?? ''}`

/**
 * Records what a second reader says of a text, or that a steward lets it go unread; the caller asked who may. Where something
 * must change, nothing of that language goes out at the hour that it waited for. Null when it was done.
 * @returns else why nothing was
 */
export async function recordReading(tx: Tx, { itemId, lang, read, verdict, note }: ReadText, readerId: string, now: Temporal.Instant): Promise<ObstacleToReading | 'not-found' | 'changed-meanwhile' | null> {
  const isThere = await lockItem(tx, itemId)
  const [text, followed] = isThere ? [await findRevision(tx, itemId, lang), await findFollowed(tx, itemId, lang)] : []
  const state = text && (await findReadingState(tx, itemId, lang))
  if (!text || !followed || !state) return 'not-found'
  if (readAs(followed) !== read) return 'changed-meanwhile'
  const obstacle = obstacleToReading(readerId, { ...text, isWithdrawn: await isWithdrawn(tx, itemId, lang) }, state, { verdict, note })
  if (obstacle) return obstacle
  await tx.insertInto('secondReading').values({ id: newId(), revisionId: text.id, sourceRevisionId: followed.sourceId, readBy: readerId, readAt: now, verdict, note: note.trim() }).execute()
  // The log tells that she read it, and never what she wrote: nothing is ever taken out of it.
  await record(tx, { actor: readerId, act: verdict === 'without' ? 'let-go-unread' : 'read-text', subject: `item:${itemId}`, detail: { lang, revisionId: text.id, verdict } }, now)
  // Whichever version it is: what is wrong with the newest may be wrong with the one before it.
  if (verdict === 'changes') await cancelScheduled(tx, itemId, lang, readerId, now)
  return null
}
