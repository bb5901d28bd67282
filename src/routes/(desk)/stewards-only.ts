import { error } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { House } from '#kernel/house.ts'
import type { Person, Viewer } from '#kernel/viewer/viewer.ts'
import { isSteward } from '#rooms/people/person.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { signedIn } from './signed-in.ts'

/** A page for stewards alone answers everybody else as an address that never was. */
export function steward(viewer: Viewer): Person {
  const person = signedIn(viewer)
  if (!isSteward(person)) error(404)
  return person
}

/**
 * What only a steward may do, in one act. Who is one is asked of the rows, which are held until it is done: a session may
 * know an older answer.
 */
export function bySteward<T>(house: Pick<House, 'db' | 'pages' | 'clock'>, viewer: Viewer, change: (tx: Tx, who: Person, now: Temporal.Instant) => Promise<T>): Promise<T> {
  const who = steward(viewer)
  const now = house.clock()
  return act(house, async (tx) => {
    if (!(await lockStewards(tx, now)).includes(who.id)) error(404)
    return change(tx, who, now)
  })
}
