import '#rooms/people/server/person-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newTotpSecret, stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { isUnusedRecoveryCode, type LockedSecrets } from '#rooms/people/server/sign-in-queries.ts'

/** What a code is compared with where there is nobody, so that time does not tell. */
const NO_SECRET = newTotpSecret()
const NOBODY = '00000000-0000-0000-0000-000000000000'

export type FoundCode = { by: 'one-time-code'; step: number } | { by: 'recovery-code'; hash: Buffer }

/** Which code of hers this is, or undefined. Both kinds are looked at, also where there is nobody. */
export async function findCode(tx: Tx, secrets: LockedSecrets | undefined, code: string, now: Temporal.Instant): Promise<FoundCode | undefined> {
  const step = stepOfCode(secrets?.totpSecret ?? NO_SECRET, code, now, secrets?.totpLastStep ?? undefined)
  const hash = hashRecoveryCode(code)
  const isRecoveryCode = await isUnusedRecoveryCode(tx, secrets?.personId ?? NOBODY, hash)
  if (step !== undefined) return { by: 'one-time-code', step }
  return isRecoveryCode ? { by: 'recovery-code', hash } : undefined
}

/** From now on this code opens nothing. */
export async function takeCode(tx: Tx, personId: string, found: FoundCode, now: Temporal.Instant): Promise<void> {
  if (found.by === 'one-time-code') await tx.updateTable('personSecret').set({ totpLastStep: found.step }).where('personId', '=', personId).execute()
  else await tx.updateTable('recoveryCode').set({ usedAt: now }).where('personId', '=', personId).where('hash', '=', found.hash).execute()
}
