import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { TabState } from '#rooms/people/session.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { notify, tellOfNewDevice } from '#rooms/people/server/notice-actions.ts'

export interface NewSession {
  sharedDevice: boolean
  device: string | null
}

/** Always with a new token: one that a stranger planted before sign-in opens nothing after it (fixation). */
export async function startSession(tx: Tx, personId: string, { sharedDevice, device }: NewSession, now: Temporal.Instant): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = newToken()
  await tx.insertInto('session').values({
    id, tokenHash: hashToken(token), personId, startedAt: now, lastSeenAt: now, sharedDevice, device, endedAt: null, tabClosedAt: null, tabToldAt: null,
  }).execute()
  await tellOfNewDevice(tx, personId, { id, device }, now)
  return { id, token }
}

/** No act of hers: it leaves no entry. */
export async function noteSeen(tx: Tx, sessionId: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('session').set({ lastSeenAt: now }).where('id', '=', sessionId).where('endedAt', 'is', null).where('lastSeenAt', '<', now).execute()
}

/**
 * What the tab of a shared device's session says: the session ends soon after the tab has closed, if no page of it opens
 * again. No act of hers: it leaves no entry. Nothing happens for a session of her own device, and for what the tab said
 * before what is known already.
 */
export async function noteTab(tx: Tx, sessionId: string, tab: { is: TabState; at: Temporal.Instant }, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('session').set({ tabClosedAt: tab.is === 'closed' ? now : null, tabToldAt: tab.at })
    .where('id', '=', sessionId).where('sharedDevice', '=', true).where('endedAt', 'is', null)
    .where((eb) => eb.or([eb('tabToldAt', 'is', null), eb('tabToldAt', '<', tab.at)])).execute()
}

/** Ends one session of hers. One that is another person's answers as one that never was. */
export async function endSession(tx: Tx, who: Person, sessionId: string, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!isId(sessionId)) return 'not-found'
  const ended = await tx.updateTable('session').set({ endedAt: now })
    .where('id', '=', sessionId).where('personId', '=', who.id).where('endedAt', 'is', null).returning('id').executeTakeFirst()
  if (!ended) return 'not-found'
  await record(tx, { actor: who.id, act: 'end-session', subject: `session:${sessionId}` }, now)
  return null
}

/** Ends every session of hers, this one too. */
export const endAllSessions = (tx: Tx, who: Person, now: Temporal.Instant): Promise<void> => endEverySession(tx, who, who.id, now)

/**
 * A steward ends every session of somebody who lost her phone, or from whom it was taken. Her ways to come in stay as they
 * are: whoever has her password and her app too is kept out by ending her access.
 */
export async function endSessionsOf(tx: Tx, who: Person, personId: string, now: Temporal.Instant): Promise<'not-found' | null> {
  const stewards = await lockStewards(tx, now)
  if (!isId(personId) || !stewards.includes(who.id)) return 'not-found'
  const person = await tx.selectFrom('person').select('id').where('id', '=', personId).where('endedAt', 'is', null).executeTakeFirst()
  if (!person) return 'not-found'
  await notify(tx, { kind: 'signed-out', to: [personId] }, now)
  await endEverySession(tx, who, personId, now)
  return null
}

async function endEverySession(tx: Tx, who: Person, personId: string, now: Temporal.Instant): Promise<void> {
  const ended = await tx.updateTable('session').set({ endedAt: now }).where('personId', '=', personId).where('endedAt', 'is', null).returning('id').execute()
  await record(tx, { actor: who.id, act: 'end-all-sessions', subject: `person:${personId}`, detail: { sessions: ended.length } }, now)
}
