import '#rooms/media/server/tables.ts'
import type { Subject } from '#kernel/audit/acts.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { oldAddressOf, type ObstacleToRedirect, obstacleToRedirect, type RedirectTarget } from '#rooms/media/old-address.ts'

/**
 * Keeps an old address of an imported site. Null when it stands now; `taken` when it leads elsewhere already: whoever
 * came first keeps it, and the same import run again changes nothing. Nothing is announced, for no answer to an old
 * address is kept in the page cache.
 * @param link as the imported site wrote it: a whole address, or its path and query
 */
export async function recordRedirect(
  tx: Tx, link: string, target: RedirectTarget, actor: string, now: Temporal.Instant,
): Promise<ObstacleToRedirect | 'taken' | null> {
  const address = oldAddressOf(link)
  const obstacle = obstacleToRedirect(address, target)
  if (obstacle || address === undefined) return obstacle
  const leads = 'itemId' in target
    ? { itemId: target.itemId, lang: target.lang, ownPath: null }
    : { itemId: null, lang: null, ownPath: target.ownPath }
  const kept = await tx.insertInto('redirect').values({ address, ...leads, createdAt: now })
    .onConflict((oc) => oc.doNothing()).returning('address').executeTakeFirst()
  if (!kept) {
    const other = await tx.selectFrom('redirect').select(['itemId', 'lang', 'ownPath'])
      .where('address', '=', address).executeTakeFirstOrThrow()
    const isSame = other.itemId === leads.itemId && other.lang === leads.lang && other.ownPath === leads.ownPath
    return isSame ? null : 'taken'
  }
  // The address itself may hold a name, and an entry can never be erased.
  const subject: Subject = leads.itemId === null ? 'site:redirect' : `item:${leads.itemId}`
  await record(tx, { actor, act: 'record-redirect', subject, detail: leads.lang === null ? {} : { lang: leads.lang } }, now)
  return null
}
