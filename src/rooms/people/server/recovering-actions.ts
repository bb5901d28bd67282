import '#rooms/people/server/recovery-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { findNames, findRequest, isConfirmedNow, lockRequest } from '#rooms/people/server/recovery-queries.ts'
import { type NewSession, startSession } from '#rooms/people/server/session-actions.ts'
import { replaceWaysIn } from '#rooms/people/server/ways-in-actions.ts'

export interface Returning extends NewSession {
  passwordHash: string
  /** What the new app shows for the request's key. */
  code: string
  recoveryHashes: readonly Buffer[]
}

export type Recovered = { recovered: true; personId: string; token: string } | { recovered: false; obstacle: 'not-confirmed' | 'wrong-code' }

/**
 * Lets her back in by a request that enough have confirmed: at once her old ways in end, the new ones stand, every request
 * in her name is over, and she has a session.
 */
export async function recoverAccount(tx: Tx, tokenHash: Buffer, who: Returning, now: Temporal.Instant): Promise<Recovered> {
  // Looked at before anything is held: strangers can ask this as often as they like.
  if (!(await findRequest(tx, tokenHash))?.confirmedAt) return { recovered: false, obstacle: 'not-confirmed' }
  await lockStewards(tx, now)
  const request = await lockRequest(tx, tokenHash, now)
  if (!request || !(await findNames(tx, request.personId)) || !(await isConfirmedNow(tx, request, now))) return { recovered: false, obstacle: 'not-confirmed' }
  const { id, personId } = request
  const step = stepOfCode(request.totpSecret!, who.code, now, undefined)
  if (step === undefined) return { recovered: false, obstacle: 'wrong-code' }
  await replaceWaysIn(tx, personId, { passwordHash: who.passwordHash, totpSecret: request.totpSecret!, totpLastStep: step }, who.recoveryHashes, now)
  await tx.updateTable('recoveryRequest').set({ usedAt: now, totpSecret: null }).where('id', '=', id).execute()
  // Whoever else asked in her name holds nothing any more.
  await tx.deleteFrom('recoveryRequest').where('personId', '=', personId).where('id', '<>', id).execute()
  await tx.deleteFrom('recoveryWrongCode').where('personId', '=', personId).execute()
  const { token } = await startSession(tx, personId, who, now)
  await record(tx, { actor: personId, act: 'recover', subject: `person:${personId}`, detail: { recoveryRequestId: id } }, now)
  await notify(tx, { kind: 'recovered', to: [personId] }, now)
  return { recovered: true, personId, token }
}
