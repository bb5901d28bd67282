import '#rooms/people/server/passkey-tables.ts'
import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/recovery-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { dropPin } from '#rooms/people/server/pin-row-actions.ts'

/** What lets her in from now on. */
export interface NewSecrets {
  passwordHash: string
  totpSecret: string
  totpLastStep: number
}

/**
 * Everything by which somebody came in as her until now opens nothing any more: password, key of the app, passkeys, six digits,
 * recovery codes and sessions; only what is given stands after it. A new kind of way in ends here too.
 */
export async function replaceWaysIn(tx: Tx, personId: string, secrets: NewSecrets, recoveryHashes: readonly Buffer[], now: Temporal.Instant): Promise<void> {
  // First the row that a sign-in holds: one that is under way ends before this, and its session with it.
  await tx.insertInto('personSecret').values({ personId, ...secrets, changedAt: now })
    .onConflict((oc) => oc.column('personId').doUpdateSet({ ...secrets, changedAt: now })).execute()
  await dropPasskeys(tx, personId)
  await dropPin(tx, personId)
  await replaceRecoveryCodes(tx, personId, recoveryHashes, now)
  await endSessionsBut(tx, personId, null, now)
}

/** Her passkeys, and one that she is about to make. */
export async function dropPasskeys(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('passkey').where('personId', '=', personId).execute()
  await tx.deleteFrom('passkeyChallenge').where('personId', '=', personId).execute()
}

export async function replaceRecoveryCodes(tx: Tx, personId: string, hashes: readonly Buffer[], now: Temporal.Instant): Promise<void> {
  await tx.deleteFrom('recoveryCode').where('personId', '=', personId).execute()
  await tx.insertInto('recoveryCode').values(hashes.map((hash) => ({ personId, hash, madeAt: now, usedAt: null }))).execute()
}

/** @param sessionId the one that stays, or null for none */
export async function endSessionsBut(tx: Tx, personId: string, sessionId: string | null, now: Temporal.Instant): Promise<void> {
  const all = tx.updateTable('session').set({ endedAt: now }).where('personId', '=', personId).where('endedAt', 'is', null)
  await (sessionId === null ? all : all.where('id', '<>', sessionId)).execute()
}

/** What waits to let her in: requests to come back, and keys for an app that no code has come from yet. */
export async function dropPendingWaysIn(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('recoveryRequest').where('personId', '=', personId).execute()
  await tx.deleteFrom('keyChange').where('sessionId', 'in', (eb) => eb.selectFrom('session').select('id').where('personId', '=', personId)).execute()
}
