import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { announceItem, lockItem, noteDraft } from '#rooms/media/server/item-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { type ObstacleToUndoing, obstacleToUndoing } from '#rooms/media/undo.ts'

/**
 * Takes a publication back as if it had not been: what it replaced stands again, or nothing does. It ends as it began, which is
 * how one reads that was called off before its hour (`everPublic`): a first one leaves no notice, and its address answers as one
 * that never was. Only the record tells of it. What waited when it went out was called off by it and stays so.
 * @param publicationId the one that was drawn
 */
export async function undoPublication(
  tx: Tx, { itemId, lang, publicationId }: { itemId: string; lang: Lang; publicationId: string }, actor: string, now: Temporal.Instant,
): Promise<ObstacleToUndoing | 'not-found' | null> {
  const [text] = (await lockItem(tx, itemId)) ? await listTextStandings(tx, itemId, now, lang) : []
  if (!text) return 'not-found'
  const { here, waiting, isCorrected } = text
  const obstacle = obstacleToUndoing(here && { publicationId: here.publicationId, decidedAt: here.decidedAt, isFollowed: waiting !== null, isCorrected }, publicationId, now)
  if (obstacle || !here) return obstacle
  await tx.updateTable('publication').set(({ ref }) => ({ publicUntil: ref('publicFrom') })).where('id', '=', publicationId).execute()
  // What ended at that moment ended for it alone; what was called off at it never began before.
  await tx.updateTable('publication').set({ publicUntil: null })
    .where('itemId', '=', itemId).where('lang', '=', lang).where('publicUntil', '=', here.from).where('publicFrom', '<', here.from).execute()
  await noteDraft(tx, itemId, lang)
  await record(tx, { actor, act: 'undo-publication', subject: `item:${itemId}`, detail: { lang, revisionId: here.revisionId } }, now)
  await announceItem(tx, itemId)
  return null
}
