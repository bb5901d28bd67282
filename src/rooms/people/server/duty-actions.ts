import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { obstacleToEndingDuty, obstacleToGivingDuty } from '#rooms/people/duty.ts'
import type { Invited } from '#rooms/people/invitation.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'

/** Gives somebody who can sign in one more duty. It holds from her next click. Who is no steward, and who is not there, answer alike. */
export async function giveDuty(
  tx: Tx, who: Person, personId: string, to: Invited, now: Temporal.Instant,
): Promise<'not-found' | 'no-organisation' | 'already-held' | null> {
  if (!isId(personId) || !(await lockStewards(tx, now)).includes(who.id)) return 'not-found'
  // Her row is locked: who is let go at this moment takes no duty along.
  const person = await tx.selectFrom('person').select('id').where('id', '=', personId).where('endedAt', 'is', null).forUpdate().executeTakeFirst()
  if (!person) return 'not-found'
  if (to.organisationId !== null && !(await findOrganisation(tx, to.organisationId))) return 'no-organisation'
  const held = await tx.selectFrom('personDuty').select(['duty', 'organisationId', 'lang']).where('personId', '=', personId).where('until', 'is', null).execute()
  const obstacle = obstacleToGivingDuty(held, to)
  if (obstacle) return obstacle
  const id = newId()
  await tx.insertInto('personDuty').values({ id, personId, ...to, since: now, until: null, givenBy: who.id }).execute()
  await record(tx, { actor: who.id, act: 'give-duty', subject: `person:${personId}`, detail: { ...to } }, now)
  await notify(tx, { kind: 'duty-given', subject: id, to: othersThan(who, personId) }, now)
  return null
}

/** What she does to herself she need not be told. */
const othersThan = (who: Person, personId: string) => [personId].filter((one) => one !== who.id)

/** Ends one duty, from her next click. Given back by `giveDuty`: that it was ended stays on record. */
export async function endDuty(
  tx: Tx, who: Person, personId: string, dutyId: string, now: Temporal.Instant,
): Promise<'not-found' | 'last-steward' | null> {
  const stewards = await lockStewards(tx, now)
  if (!isId(personId) || !isId(dutyId) || !stewards.includes(who.id)) return 'not-found'
  const row = await tx.selectFrom('personDuty').select(['personId', 'duty', 'organisationId', 'lang'])
    .where('id', '=', dutyId).where('personId', '=', personId).where('until', 'is', null).forUpdate().executeTakeFirst()
  if (!row) return 'not-found'
  const obstacle = obstacleToEndingDuty(row, stewards)
  if (obstacle) return obstacle
  await tx.updateTable('personDuty').set({ until: now }).where('id', '=', dutyId).execute()
  const { duty, organisationId, lang } = row
  await record(tx, { actor: who.id, act: 'end-duty', subject: `person:${personId}`, detail: { duty, organisationId, lang } }, now)
  await notify(tx, { kind: 'duty-ended', subject: dutyId, to: othersThan(who, personId) }, now)
  return null
}
