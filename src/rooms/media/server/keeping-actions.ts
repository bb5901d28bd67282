import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { mayKeep, type ObstacleToKeeping, obstacleToKeeping, type OnDuty } from '#rooms/media/keeping.ts'

export interface HandingOn {
  itemId: string
  /** Who keeps it from now on; null for nobody. */
  next: OnDuty | null
  /** Who kept it when the form was drawn; null for nobody. */
  drawn: string | null
}

/**
 * Gives an item to who keeps it from now on. What somebody else did with it since the form was drawn is never undone in
 * silence. @param who and whom: with the duties as they stand, which the caller holds until the act is done
 */
export async function handOnItem(tx: Tx, who: OnDuty, { itemId, next, drawn }: HandingOn, now: Temporal.Instant): Promise<ObstacleToKeeping | 'changed-meanwhile' | null> {
  const item = isId(itemId) && (await tx.selectFrom('item').select(['keptBy', 'writtenIn', 'originalLang']).where('id', '=', itemId).forUpdate().executeTakeFirst())
  const obstacle = item ? obstacleToKeeping(who, item, next) : 'not-found'
  if (!item || obstacle === 'not-found') return 'not-found'
  if (item.keptBy !== drawn) return 'changed-meanwhile'
  if (obstacle) return obstacle
  await give(tx, itemId, item.keptBy, next, who.id, now)
  return null
}

export interface HandedOn {
  /** How many each was given, by person. */
  given: Map<string, number>
  /** How many nobody keeps now. */
  setDown: number
}

/**
 * Whoever leaves, or loses a duty, keeps no more than her duties still open: the rest goes to who was chosen for each
 * organisation, and to nobody where that person may not keep it. Called within the act that ended the duty, which asked who may
 * do that; so no draft hinders it. @param from with the duties that she has left
 * @param nextIn whom each organisation's go to; null asks for the alliance's own
 */
export async function handOnFrom(tx: Tx, from: OnDuty, nextIn: (writtenIn: string | null) => OnDuty | null, actor: string, now: Temporal.Instant): Promise<HandedOn> {
  // In one order everywhere: two acts that hand on the same items do not wait for each other in a circle.
  const items = await tx.selectFrom('item').select(['id', 'keptBy', 'writtenIn', 'originalLang']).where('keptBy', '=', from.id).orderBy('id').forUpdate().execute()
  const handed: HandedOn = { given: new Map(), setDown: 0 }
  for (const item of items.filter((one) => !mayKeep(from.duties, one))) {
    const chosen = nextIn(item.writtenIn)
    const next = chosen && chosen.id !== from.id && mayKeep(chosen.duties, item) ? chosen : null
    await give(tx, item.id, from.id, next, actor, now)
    if (next) handed.given.set(next.id, (handed.given.get(next.id) ?? 0) + 1)
    else handed.setDown++
  }
  await leavePlans(tx, from)
  return handed
}

/** What she was to write waits for somebody again. */
async function leavePlans(tx: Tx, { id, duties }: OnDuty): Promise<void> {
  const plans = await tx.selectFrom('plan').select(['id', 'writtenIn', 'langs']).where('keptBy', '=', id).orderBy('id').forUpdate().execute()
  const lost = plans.filter(({ writtenIn, langs }) => !langs.some((originalLang) => mayKeep(duties, { writtenIn, originalLang }))).map((plan) => plan.id)
  if (lost.length > 0) await tx.updateTable('plan').set((eb) => ({ keptBy: null, version: eb('version', '+', 1) })).where('id', 'in', lost).execute()
}

async function give(tx: Tx, itemId: string, keptBy: string | null, next: OnDuty | null, actor: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('item').set({ keptBy: next?.id ?? null }).where('id', '=', itemId).execute()
  await record(tx, { actor, act: next ? 'hand-on-item' : 'set-down-item', subject: `item:${itemId}`, detail: { from: keptBy, to: next?.id ?? null } }, now)
}
