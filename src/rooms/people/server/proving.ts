import type { ActingHouse } from '#kernel/database/act.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { isPassword, NO_PASSWORD_HASH } from '#rooms/people/server/password.ts'
import { findPasswordHashOf } from '#rooms/people/server/sign-in-queries.ts'
import type { SignInHouse } from '#rooms/people/server/signing-in.ts'
import type { SlowDown } from '#rooms/people/slow-down.ts'

/** What she typed to show that it is she who changes a way in, and not whoever found her signed in. */
export interface Proof {
  /** The hash that the password was found to fit; undefined when it fitted none. */
  fittingHash: string | undefined
  /** One-time code or recovery code. */
  code: string
}

/** Waits as sign-in does and hashes before a transaction is open; `isProven` then asks the rows. */
export async function proofTyped(house: SignInHouse & ActingHouse, slow: SlowDown, who: Person, typed: { password: string; code: string }): Promise<Proof> {
  await house.wait(slow.attempt(who.id, house.clock()))
  const kept = await findPasswordHashOf(house.db.read, who.id)
  const isRight = await isPassword(kept ?? NO_PASSWORD_HASH, typed.password)
  return { fittingHash: isRight ? kept : undefined, code: typed.code }
}
