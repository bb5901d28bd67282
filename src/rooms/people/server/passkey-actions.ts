import '#rooms/people/server/passkey-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { obstacleToEndingPasskey, obstacleToLabel, type PasskeyPlace } from '#rooms/people/passkey.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { challengeIn, type MadePasskey, readMade } from '#rooms/people/server/passkey-answer.ts'
import { type ChallengeFor, makeChallenge, takeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { lockWaysIn } from '#rooms/people/server/passkey-queries.ts'
import { findSessionStart } from '#rooms/people/server/session-queries.ts'
import { isFresh } from '#rooms/people/session.ts'

export type ObstacleToPasskey = 'not-fresh' | 'shared-device' | 'refused' | 'not-found' | 'last-way' | 'no-label' | 'label-too-long'

/** Why she may not change her ways in by this session: it began too long ago, or at a device that is not hers. */
async function obstacleOfSession(tx: Tx, who: Person, now: Temporal.Instant): Promise<'not-fresh' | 'shared-device' | null> {
  const session = await findSessionStart(tx, who.sessionId)
  if (!session || !isFresh(session.startedAt, now)) return 'not-fresh'
  return session.sharedDevice ? 'shared-device' : null
}

/** A challenge for a passkey beside those that she has. */
export async function askForPasskey(tx: Tx, who: Person, now: Temporal.Instant): Promise<{ challenge: string } | { obstacle: ObstacleToPasskey }> {
  const obstacle = await obstacleOfSession(tx, who, now)
  return obstacle ? { obstacle } : { challenge: await makeChallenge(tx, { purpose: 'add', personId: who.id }, now) }
}

export interface NewPasskey {
  answer: string
  place: PasskeyPlace
  label: string
}

/** Adds a passkey of hers. */
export async function addPasskey(tx: Tx, who: Person, { answer, place, label }: NewPasskey, now: Temporal.Instant): Promise<ObstacleToPasskey | null> {
  const obstacle = (await obstacleOfSession(tx, who, now)) ?? obstacleToLabel(label)
  if (obstacle) return obstacle
  await lockWaysIn(tx, who.id)
  const made = await takeMade(tx, answer, place, { purpose: 'add', personId: who.id }, now)
  if (!made || !(await keepPasskey(tx, who.id, made, place, label, now))) return 'refused'
  await notify(tx, { kind: 'passkey-added', to: [who.id] }, now)
  return null
}

/** What a browser made for a challenge of ours, which it uses up. */
export async function takeMade(tx: Tx, answer: string, place: PasskeyPlace, asked: ChallengeFor, now: Temporal.Instant): Promise<MadePasskey | undefined> {
  const challenge = challengeIn(answer)
  if (challenge === undefined || !(await takeChallenge(tx, challenge, asked, now))) return undefined
  return readMade(answer, challenge, place)
}

/** False when this passkey is here already, whosever it is: a device that says so twice tells nothing true. */
export async function keepPasskey(tx: Tx, personId: string, made: MadePasskey, { rpId }: PasskeyPlace, label: string, now: Temporal.Instant): Promise<boolean> {
  const kept = await tx.insertInto('passkey').values({ ...made, id: newId(), personId, rpId, label: label.trim(), madeAt: now, lastUsedAt: null, endedAt: null })
    .onConflict((oc) => oc.column('credentialId').doNothing()).returning('id').executeTakeFirst()
  if (!kept) return false
  await record(tx, { actor: personId, act: 'add-passkey', subject: `passkey:${kept.id}` }, now)
  return true
}

/** Ends one of hers, and never her last way in. One that is another person's answers as one that never was. */
export async function endPasskey(tx: Tx, who: Person, passkeyId: string, now: Temporal.Instant): Promise<ObstacleToPasskey | null> {
  const session = await findSessionStart(tx, who.sessionId)
  if (!session || !isFresh(session.startedAt, now)) return 'not-fresh'
  const obstacle = obstacleToEndingPasskey(await lockWaysIn(tx, who.id), passkeyId)
  if (obstacle) return obstacle
  await tx.updateTable('passkey').set({ endedAt: now }).where('id', '=', passkeyId).execute()
  await record(tx, { actor: who.id, act: 'end-passkey', subject: `passkey:${passkeyId}` }, now)
  await notify(tx, { kind: 'passkey-removed', to: [who.id] }, now)
  return null
}

export async function renamePasskey(tx: Tx, who: Person, passkeyId: string, label: string, now: Temporal.Instant): Promise<ObstacleToPasskey | null> {
  const obstacle = obstacleToLabel(label)
  if (obstacle) return obstacle
  if (!isId(passkeyId)) return 'not-found'
  const renamed = await tx.updateTable('passkey').set({ label: label.trim() })
    .where('id', '=', passkeyId).where('personId', '=', who.id).where('endedAt', 'is', null).returning('id').executeTakeFirst()
  if (!renamed) return 'not-found'
  await record(tx, { actor: who.id, act: 'rename-passkey', subject: `passkey:${passkeyId}` }, now)
  return null
}
