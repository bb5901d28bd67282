import { sql } from 'kysely'
import '#rooms/people/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Deciders, Recognition } from '#rooms/people/organisation.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { listOnDuty } from '#rooms/people/server/notice-queries.ts'
import { lockOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { findDeciders } from '#rooms/people/server/recognition-queries.ts'

/** Any number; the same in every process. */
const RECOGNITION_LOCK = 0x616c7472

/**
 * Lets all who touch recognitions take turns until the act is done: whether a voice decides hangs on who else is
 * recognised at that moment, and no single row holds that.
 */
export async function lockRecognitions(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${RECOGNITION_LOCK})`.execute(tx)
}

export type ObstacleToRecognition = 'not-found' | 'no-basis' | 'already-recognised' | 'members-decide'

/** Recorded by the stewards or the operator, while no recognised member has a delegate who could decide it. */
export async function recordRecognition(
  tx: Tx, organisationId: string, recognition: Pick<Recognition, 'recognisedOn' | 'basis'>, actor: string, now: Temporal.Instant,
): Promise<ObstacleToRecognition | null> {
  await lockRecognitions(tx)
  if ((await findDeciders(tx, now)) === 'members') return 'members-decide'
  return writeRecognition(tx, organisationId, { ...recognition, decidedBy: 'stewards', proposalId: null }, actor, now)
}

interface Decided { decidedBy: Deciders; proposalId: string | null }

/** Writes down that an organisation was recognised as sex-worker-led. Whoever calls it holds `lockRecognitions` and asked who decides. */
export async function writeRecognition(
  tx: Tx, organisationId: string, { recognisedOn, basis, ...decided }: Pick<Recognition, 'recognisedOn' | 'basis'> & Decided, actor: string, now: Temporal.Instant,
): Promise<Exclude<ObstacleToRecognition, 'members-decide'> | null> {
  if (basis.trim() === '') return 'no-basis'
  if (!(await lockOrganisation(tx, organisationId))) return 'not-found'
  if (await standingOf(tx, organisationId)) return 'already-recognised'
  await tx.insertInto('organisationRecognition').values({
    id: newId(), organisationId, recognisedOn, basis: basis.trim(), recordedAt: now, recordedBy: actor, ...decided,
    endedOn: null, endedWhy: null, endedBy: null, endDecidedBy: null, endProposalId: null,
  }).execute()
  await overtake(tx, organisationId, now)
  await announceRecognition(tx, organisationId, 'record-recognition', decided, actor, now)
  return null
}

export type ObstacleToEndingRecognition = 'not-found' | 'no-reason' | 'not-recognised' | 'ends-before-it-began' | 'members-decide'

/** Ended by the stewards or the operator, while no recognised member has a delegate who could decide it. */
export async function endRecognition(
  tx: Tx, organisationId: string, on: Temporal.PlainDate, why: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToEndingRecognition | null> {
  await lockRecognitions(tx)
  if ((await findDeciders(tx, now)) === 'members') return 'members-decide'
  return writeRecognitionEnd(tx, organisationId, { on, why, decidedBy: 'stewards', proposalId: null }, actor, now)
}

/** Ends a recognition openly. That it stood from then to now stays on record: decisions were taken under it. */
export async function writeRecognitionEnd(
  tx: Tx, organisationId: string, { on, why, ...decided }: { on: Temporal.PlainDate; why: string } & Decided, actor: string, now: Temporal.Instant,
): Promise<Exclude<ObstacleToEndingRecognition, 'members-decide'> | null> {
  if (why.trim() === '') return 'no-reason'
  if (!(await lockOrganisation(tx, organisationId))) return 'not-found'
  const standing = await standingOf(tx, organisationId)
  if (!standing) return 'not-recognised'
  // What members decide holds at once, also of a recognition whose day was written down as one to come.
  const day = decided.decidedBy === 'members' && Temporal.PlainDate.compare(on, standing.recognisedOn) < 0 ? standing.recognisedOn : on
  if (Temporal.PlainDate.compare(day, standing.recognisedOn) < 0) return 'ends-before-it-began'
  await tx.updateTable('organisationRecognition')
    .set({ endedOn: day, endedWhy: why.trim(), endedBy: actor, endDecidedBy: decided.decidedBy, endProposalId: decided.proposalId })
    .where('id', '=', standing.id).execute()
  await overtake(tx, organisationId, now)
  await announceRecognition(tx, organisationId, 'end-recognition', decided, actor, now)
  return null
}

/** A question that is still open about it asks for what stands already: nobody's answer may count any more. */
const overtake = (tx: Tx, organisationId: string, now: Temporal.Instant) =>
  tx.updateTable('recognitionProposal').set({ closedAt: now, outcome: 'lapsed' }).where('organisationId', '=', organisationId).where('closedAt', 'is', null).execute()

const standingOf = (tx: Tx, organisationId: string) =>
  tx.selectFrom('organisationRecognition').select(['id', 'recognisedOn'])
    .where('organisationId', '=', organisationId).where('endedOn', 'is', null).executeTakeFirst()

async function announceRecognition(tx: Tx, id: string, act: 'record-recognition' | 'end-recognition', { decidedBy, proposalId }: Decided, actor: string, now: Temporal.Instant) {
  await record(tx, { actor, act, subject: `organisation:${id}`, detail: proposalId === null ? { decidedBy } : { decidedBy, proposalId } }, now)
  const told = (await listOnDuty(tx, { organisationId: id }, now)).filter((one) => one !== actor)
  await notify(tx, { kind: act === 'record-recognition' ? 'recognised' : 'recognition-ended', subject: id, to: told }, now)
  await announce(tx, [`organisation:${id}`, 'list:organisations'])
}
