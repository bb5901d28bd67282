import { sql } from 'kysely'
import '#rooms/media/server/planning-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { mayHandOn, type OnDuty } from '#rooms/media/keeping.ts'
import { obstacleToTrash, type ObstacleToTrash, type TrashableItem } from '#rooms/media/trash.ts'

/**
 * Puts an item out of all lists of the desk, or takes it back. @param who with the duties as they stand, which the caller holds until the
 * act is done @returns null when it was done
 */
export async function trashItem(tx: Tx, who: OnDuty, itemId: string, now: Temporal.Instant): Promise<ObstacleToTrash | 'not-found' | null> {
  const item = await lockedFor(tx, who, itemId)
  if (!item) return 'not-found'
  const { rows: [state] } = await sql<Omit<TrashableItem, 'isStarter'>>`select
    exists (select from publication where item_id = ${itemId} and (public_until is null or public_until > public_from)) as is_out,
    exists (select from agreement_ask a join signer_wish w on w.id = a.wish_id where w.item_id = ${itemId} and a.revoked_at is null) as is_asked,
    exists (select from trashed_item where item_id = ${itemId}) as is_trashed`.execute(tx)
  const obstacle = obstacleToTrash({ ...state!, isStarter: item.isStarter })
  if (obstacle) return obstacle
  await tx.insertInto('trashedItem').values({ itemId, trashedBy: who.id, trashedAt: now }).execute()
  await record(tx, { actor: who.id, act: 'trash-item', subject: `item:${itemId}` }, now)
  return null
}

/** @returns `not-trashed` where somebody took it back meanwhile; null when it was done */
export async function takeFromTrash(tx: Tx, who: OnDuty, itemId: string, now: Temporal.Instant): Promise<'not-found' | 'not-trashed' | null> {
  if (!(await lockedFor(tx, who, itemId))) return 'not-found'
  const { numDeletedRows } = await tx.deleteFrom('trashedItem').where('itemId', '=', itemId).executeTakeFirst()
  if (numDeletedRows === 0n) return 'not-trashed'
  await record(tx, { actor: who.id, act: 'take-from-trash', subject: `item:${itemId}` }, now)
  return null
}

/** What somebody goes on writing, or lets out by a command, lies in the trash no more: there nobody would see it. The caller has locked the item. */
export async function takeOutWorkedOn(tx: Tx, itemId: string, actor: string, now: Temporal.Instant): Promise<void> {
  const { numDeletedRows } = await tx.deleteFrom('trashedItem').where('itemId', '=', itemId).executeTakeFirst()
  if (numDeletedRows > 0n) await record(tx, { actor, act: 'take-from-trash', subject: `item:${itemId}` }, now)
}

async function lockedFor(tx: Tx, who: OnDuty, itemId: string) {
  const item = isId(itemId) ? await tx.selectFrom('item').select(['keptBy', 'writtenIn', 'originalLang', 'isStarter']).where('id', '=', itemId).forUpdate().executeTakeFirst() : undefined
  return item && mayHandOn(who, item) ? item : undefined
}
