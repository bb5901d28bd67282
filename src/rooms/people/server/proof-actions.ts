import type { Tx } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { isFresh } from '#rooms/people/session.ts'
import { findCode, takeCode } from '#rooms/people/server/code-actions.ts'
import type { Proof } from '#rooms/people/server/proving.ts'
import { findSessionStart } from '#rooms/people/server/session-queries.ts'
import { lockSecretsOf } from '#rooms/people/server/sign-in-queries.ts'

/**
 * Whether it is she: password and code, the code then opens nothing more. Who has no password has just come in by what she
 * has. Holds the row of her secrets and asks it, so that nobody passes without the password who has one.
 */
export async function isProven(tx: Tx, who: Person, proof: Proof, now: Temporal.Instant): Promise<boolean> {
  const secrets = await lockSecretsOf(tx, who.id)
  // Ended meanwhile, by herself from elsewhere or by a steward.
  const session = await findSessionStart(tx, who.sessionId)
  if (!session) return false
  if (!secrets?.passwordHash) return isFresh(session.startedAt, now)
  const found = await findCode(tx, secrets, proof.code, now)
  if (secrets.passwordHash !== proof.fittingHash || !found) return false
  await takeCode(tx, who.id, found, now)
  return true
}
