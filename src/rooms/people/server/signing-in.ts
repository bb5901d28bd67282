import { act, type ActingHouse } from '#kernel/database/act.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { signInKey } from '#rooms/people/person.ts'
import { isPassword, NO_PASSWORD_HASH } from '#rooms/people/server/password.ts'
import type { NewSession } from '#rooms/people/server/session-actions.ts'
import { signIn } from '#rooms/people/server/sign-in-actions.ts'
import { findPasswordHash } from '#rooms/people/server/sign-in-queries.ts'
import type { SlowDown } from '#rooms/people/slow-down.ts'

export interface SignInHouse extends ActingHouse {
  db: ActingHouse['db'] & { read: ReadDb }
  clock(): Temporal.Instant
  wait(milliseconds: number): Promise<void>
}

export interface TypedSignIn extends NewSession {
  signInName: string
  password: string
  code: string
}

/**
 * Answers the token of a new session, or undefined: for a name that nobody has, a wrong password and a wrong code alike.
 * Each goes the same way, hash and transaction included, so that the time of an answer does not tell which names exist.
 */
export async function signInTyped(house: SignInHouse, slow: SlowDown, typed: TypedSignIn): Promise<string | undefined> {
  const key = signInKey(typed.signInName)
  await house.wait(slow.attempt(key, house.clock()))
  const kept = await findPasswordHash(house.db.read, key)
  const isRight = await isPassword(kept ?? NO_PASSWORD_HASH, typed.password)
  const asked = { ...typed, signInKey: key, fittingHash: isRight ? kept : undefined }
  const outcome = await act(house, (tx) => signIn(tx, asked, house.clock()))
  if (outcome) slow.cameIn(key)
  return outcome?.token
}
