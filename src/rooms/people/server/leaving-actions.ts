import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { revoked } from '#rooms/people/server/entry-link-actions.ts'
import { forgetNoticesOf, notify } from '#rooms/people/server/notice-actions.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { dropPin } from '#rooms/people/server/pin-row-actions.ts'
import { dropPasskeys, dropPendingWaysIn } from '#rooms/people/server/ways-in-actions.ts'

export type ObstacleToLeaving = 'not-found' | 'last-steward'

/**
 * Somebody leaves: her sessions and duties end, her password, keys and codes are taken out, and her name to sign in
 * with is never another's. What she wrote stays. The last steward cannot go: nobody could let anyone in after her.
 */
export async function letGo(tx: Tx, who: Person, personId: string, now: Temporal.Instant): Promise<ObstacleToLeaving | null> {
  const stewards = await lockStewards(tx, now)
  if (!isId(personId) || !stewards.includes(who.id)) return 'not-found'
  if (stewards.every((one) => one === personId)) return 'last-steward'
  const left = await tx.updateTable('person').set({ endedAt: now }).where('id', '=', personId).where('endedAt', 'is', null).returning('id').executeTakeFirst()
  if (!left) return 'not-found'
  await tx.updateTable('session').set({ endedAt: now }).where('personId', '=', personId).where('endedAt', 'is', null).execute()
  await tx.updateTable('personDuty').set({ until: now }).where('personId', '=', personId).where('until', 'is', null).execute()
  await tx.deleteFrom('recoveryCode').where('personId', '=', personId).execute()
  await tx.deleteFrom('personSecret').where('personId', '=', personId).execute()
  await dropPendingWaysIn(tx, personId)
  await dropPasskeys(tx, personId)
  await dropPin(tx, personId)
  await forgetNoticesOf(tx, personId)
  await notify(tx, { kind: 'access-ended', subject: personId, to: stewards.filter((one) => one !== who.id && one !== personId) }, now)
  // Links that she made and nobody used yet go with her.
  await revoked(tx, now).where('createdBy', '=', personId).execute()
  await record(tx, { actor: who.id, act: 'let-go', subject: `person:${personId}` }, now)
  return null
}
