import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'

/**
 * A translation whose language somebody claimed goes out at no hour without her yes to what waits: it is called off. The source and other
 * languages stand. The caller has locked the item, and has written what was claimed or said. @returns in which languages
 */
export async function callOffUnapproved(tx: Tx, itemId: string, actor: string, now: Temporal.Instant): Promise<Lang[]> {
  const waiting = await tx.selectFrom('publication').select(['lang', 'revisionId']).where('itemId', '=', itemId).where('publicFrom', '>', now)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', eb.ref('publicFrom'))])).orderBy('lang').execute()
  const called: Lang[] = []
  for (const { lang, revisionId } of waiting) {
    if ((await listClaimersWaitedFor(tx, itemId, lang, revisionId)).length === 0 || called.includes(lang)) continue
    await cancelScheduled(tx, itemId, lang, actor, now)
    called.push(lang)
  }
  return called
}
