import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'

/**
 * A translation whose language somebody claimed goes out at no hour without her yes to what waits: it is called off. The source and other
 * languages stand. The caller has locked the item, and has written what was claimed or said. @returns who is to be told: whoever planned what was
 * called off, and whoever keeps the item
 */
export async function callOffUnapproved(tx: Tx, itemId: string, actor: string, now: Temporal.Instant): Promise<string[]> {
  const waiting = await tx.selectFrom('publication').select(['lang', 'revisionId', 'publishedBy']).where('itemId', '=', itemId).where('publicFrom', '>', now)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', eb.ref('publicFrom'))])).orderBy('lang').execute()
  const called = new Set<Lang>()
  const planners: string[] = []
  for (const { lang, revisionId, publishedBy } of waiting) {
    if (called.has(lang) || (await listClaimersWaitedFor(tx, itemId, lang, revisionId)).length === 0) continue
    await cancelScheduled(tx, itemId, lang, actor, now)
    called.add(lang)
    planners.push(publishedBy)
  }
  if (called.size === 0) return []
  const keptBy = (await lockItem(tx, itemId))?.keptBy
  // A command and an import are nobody.
  return [...new Set([...planners.filter(isId), ...(keptBy ? [keptBy] : [])])].filter((id) => id !== actor)
}
