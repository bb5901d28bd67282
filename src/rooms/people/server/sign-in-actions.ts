import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { newTotpSecret, stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { type NewSession, startSession } from '#rooms/people/server/session-actions.ts'
import { isUnusedRecoveryCode, lockSecrets } from '#rooms/people/server/sign-in-queries.ts'

export interface SignIn extends NewSession {
  signInKey: string
  /** The hash that the password was found to fit; undefined when it fitted none. */
  fittingHash: string | undefined
  /** One-time code or recovery code. */
  code: string
}

/** What a code is compared with where there is nobody, so that time does not tell. */
const NO_SECRET = newTotpSecret()
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Lets her in when password and code fit; undefined when not, whatever it was that did not. A code lets in once. */
export async function signIn(tx: Tx, asked: SignIn, now: Temporal.Instant): Promise<{ token: string } | undefined> {
  const secrets = await lockSecrets(tx, asked.signInKey)
  // Everything is looked at before anything is answered.
  const step = stepOfCode(secrets?.totpSecret ?? NO_SECRET, asked.code, now, secrets?.totpLastStep ?? undefined)
  const recoveryHash = hashRecoveryCode(asked.code)
  const isRecoveryCode = await isUnusedRecoveryCode(tx, secrets?.personId ?? NOBODY, recoveryHash)
  // Undefined is nobody's hash, and a password that was changed meanwhile fits no more.
  if (!secrets || secrets.passwordHash !== asked.fittingHash) return undefined
  const { personId } = secrets
  if (step !== undefined) await tx.updateTable('personSecret').set({ totpLastStep: step }).where('personId', '=', personId).execute()
  else if (isRecoveryCode) await tx.updateTable('recoveryCode').set({ usedAt: now }).where('personId', '=', personId).where('hash', '=', recoveryHash).execute()
  else return undefined
  const { id, token } = await startSession(tx, personId, asked, now)
  if (step === undefined) await notify(tx, { kind: 'recovery-code-used', to: [personId] }, now)
  await record(tx, { actor: personId, act: 'sign-in', subject: `session:${id}`, detail: { by: step === undefined ? 'recovery-code' : 'one-time-code' } }, now)
  return { token }
}
