import type { Person } from '#kernel/viewer/viewer.ts'
import { type Proof, proofTyped } from '#rooms/people/server/proving.ts'
import { findPasswordHashOf } from '#rooms/people/server/sign-in-queries.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { slowedHouse } from '../../../slowed-house.ts'
import { typed } from '../../../typed.ts'

/** One for all pages of an account: who guesses at one is slowed at each. */
const slow = new SlowDown()

/** What she typed to show that it is she, in the fields `present` and `proof`. */
export const proofIn = (form: FormData, house: App.Locals['house'], who: Person): Promise<Proof> =>
  proofTyped(slowedHouse(house), slow, who, { password: typed(form, 'present'), code: typed(form, 'proof', 100) })

export const wasProven = (who: Person): void => slow.cameIn(who.id)

/** Whether there is a password to type: who comes in by a key alone has none. */
export const hasPassword = async ({ db }: App.Locals['house'], who: Person): Promise<boolean> => (await findPasswordHashOf(db.read, who.id)) !== undefined
