import type { Turns } from '#rooms/people/pin.ts'
import { isPassword, NO_PASSWORD_HASH } from '#rooms/people/server/password.ts'
import { findPinHash } from '#rooms/people/server/pin-queries.ts'
import type { SignInHouse } from '#rooms/people/server/signing-in.ts'
import type { SlowDown } from '#rooms/people/slow-down.ts'

/**
 * Whether these are her digits: the hash that they fit, undefined when they fit none, `guessed-at` when they are
 * one wrong guess too many, once, `too-many` when others stand in line. Each
 * guess waits longer than the one before, however many links they come through, and none is ever refused for being the last
 * of too many. The act then asks the row for that hash (`lockPinHash`).
 */
export function pinTyped(house: SignInHouse, turns: Turns, slow: SlowDown, personId: string, pin: string): Promise<string | undefined | 'too-many' | 'guessed-at'> {
  return turns.take(personId, async () => {
    await house.wait(slow.attempt(personId, house.clock()))
    const kept = await findPinHash(house.db.read, personId)
    const isRight = await isPassword(kept ?? NO_PASSWORD_HASH, pin)
    // Asked before the next guess counts itself.
    if (!isRight) return slow.isGuessing(personId) ? 'guessed-at' : undefined
    slow.cameIn(personId)
    return kept
  })
}
