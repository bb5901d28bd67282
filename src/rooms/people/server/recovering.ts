import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { signInKey } from '#rooms/people/person.ts'
import { askForRecovery, giveRecoveryCode } from '#rooms/people/server/recovery-actions.ts'
import type { SignInHouse } from '#rooms/people/server/signing-in.ts'
import type { SlowDown } from '#rooms/people/slow-down.ts'

/** Longer than what is written for a name that somebody has. Nothing is written for another, and time must not tell. */
export const ANSWERED_AFTER_MS = 400

/** @returns the token of a page, whoever has that name or nobody */
export async function askTyped(house: SignInHouse, slow: SlowDown, signInName: string): Promise<string> {
  const key = signInKey(signInName)
  await house.wait(slow.attempt(key, house.clock()))
  const [token] = await Promise.all([act(house, (tx) => askForRecovery(tx, key, house.clock())), house.wait(ANSWERED_AFTER_MS)])
  return token
}

/** A recovery code typed on the page of a request, or on one that is nobody's. */
export async function giveCodeTyped(house: SignInHouse, slow: SlowDown, token: string, code: string): Promise<'wrong-code' | null> {
  await house.wait(slow.attempt(token, house.clock()))
  const [obstacle] = await Promise.all([act(house, (tx) => giveRecoveryCode(tx, hashToken(token), code, house.clock())), house.wait(ANSWERED_AFTER_MS)])
  return obstacle
}
