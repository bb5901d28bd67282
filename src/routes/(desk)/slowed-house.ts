import { setTimeout as wait } from 'node:timers/promises'
import type { SignInHouse } from '#rooms/people/server/signing-in.ts'

/** The house as those acts see it in which a guess may stand still. */
export const slowedHouse = (house: App.Locals['house']): SignInHouse =>
  ({ db: house.db, pages: house.pages, clock: () => house.clock(), wait: (milliseconds) => wait(milliseconds) })
