import '#rooms/people/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Recognition } from '#rooms/people/organisation.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { listOnDuty } from '#rooms/people/server/notice-queries.ts'
import { lockOrganisation } from '#rooms/people/server/organisation-actions.ts'

export type ObstacleToRecognition = 'not-found' | 'no-basis' | 'already-recognised'

/** Writes down that an organisation was recognised as sex-worker-led: on which day, and by whom or by which decision. */
export async function recordRecognition(
  tx: Tx, organisationId: string, recognition: Recognition, actor: string, now: Temporal.Instant,
): Promise<ObstacleToRecognition | null> {
  if (recognition.basis.trim() === '') return 'no-basis'
  if (!(await lockOrganisation(tx, organisationId))) return 'not-found'
  const standing = await tx.selectFrom('organisationRecognition').select('id')
    .where('organisationId', '=', organisationId).where('endedOn', 'is', null).executeTakeFirst()
  if (standing) return 'already-recognised'
  await tx.insertInto('organisationRecognition').values({
    id: newId(), organisationId, recognisedOn: recognition.recognisedOn, basis: recognition.basis.trim(), recordedAt: now,
    recordedBy: actor, endedOn: null, endedWhy: null, endedBy: null,
  }).execute()
  await announceRecognition(tx, organisationId, 'record-recognition', actor, now)
  return null
}

export type ObstacleToEndingRecognition = 'not-found' | 'no-reason' | 'not-recognised' | 'ends-before-it-began'

/** Ends a recognition openly. That it stood from then to now stays on record: decisions were taken under it. */
export async function endRecognition(
  tx: Tx, organisationId: string, on: Temporal.PlainDate, why: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToEndingRecognition | null> {
  if (why.trim() === '') return 'no-reason'
  if (!(await lockOrganisation(tx, organisationId))) return 'not-found'
  const standing = await tx.selectFrom('organisationRecognition').select(['id', 'recognisedOn'])
    .where('organisationId', '=', organisationId).where('endedOn', 'is', null).executeTakeFirst()
  if (!standing) return 'not-recognised'
  if (Temporal.PlainDate.compare(on, standing.recognisedOn) < 0) return 'ends-before-it-began'
  await tx.updateTable('organisationRecognition').set({ endedOn: on, endedWhy: why.trim(), endedBy: actor })
    .where('id', '=', standing.id).execute()
  await announceRecognition(tx, organisationId, 'end-recognition', actor, now)
  return null
}

async function announceRecognition(tx: Tx, id: string, act: 'record-recognition' | 'end-recognition', actor: string, now: Temporal.Instant) {
  await record(tx, { actor, act, subject: `organisation:${id}` }, now)
  const told = (await listOnDuty(tx, { organisationId: id }, now)).filter((one) => one !== actor)
  await notify(tx, { kind: act === 'record-recognition' ? 'recognised' : 'recognition-ended', subject: id, to: told }, now)
  await announce(tx, [`organisation:${id}`, 'list:organisations'])
}
