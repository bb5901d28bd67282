import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { findCode, takeCode } from '#rooms/people/server/code-actions.ts'
import { type NewSession, startSession } from '#rooms/people/server/session-actions.ts'
import { lockSecrets } from '#rooms/people/server/sign-in-queries.ts'

export interface SignIn extends NewSession {
  signInKey: string
  /** The hash that the password was found to fit; undefined when it fitted none. */
  fittingHash: string | undefined
  /** One-time code or recovery code. */
  code: string
}

/** Lets her in when password and code fit; undefined when not, whatever it was that did not. A code lets in once. */
export async function signIn(tx: Tx, asked: SignIn, now: Temporal.Instant): Promise<{ token: string } | undefined> {
  const secrets = await lockSecrets(tx, asked.signInKey)
  // Everything is looked at before anything is answered.
  const found = await findCode(tx, secrets, asked.code, now)
  // Undefined is nobody's hash, and a password that was changed meanwhile fits no more.
  if (!secrets || secrets.passwordHash !== asked.fittingHash || !found) return undefined
  const { personId } = secrets
  await takeCode(tx, personId, found, now)
  const { id, token } = await startSession(tx, personId, asked, now)
  await record(tx, { actor: personId, act: 'sign-in', subject: `session:${id}`, detail: { by: found.by } }, now)
  return { token }
}
