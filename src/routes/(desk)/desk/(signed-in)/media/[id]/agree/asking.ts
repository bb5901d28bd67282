import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { lockDutiesOf } from '#rooms/people/server/duty-queries.ts'
import { signedIn } from '../../../../../signed-in.ts'

/**
 * One act about who signs, by somebody whose duties are held, with those of the delegate whom it is about. Duties are locked before
 * the item everywhere: ending one also takes its drafts away, in that order.
 */
export function asking<T>({ house, viewer }: Pick<App.Locals, 'house' | 'viewer'>, delegateId: string, change: (tx: Tx, who: OnDuty, delegate: OnDuty, now: Temporal.Instant) => Promise<T>): Promise<T> {
  const { id } = signedIn(viewer)
  const now = house.clock()
  return act(house, async (tx) => {
    const duties = await lockDutiesOf(tx, isId(delegateId) ? [id, delegateId] : [id], now)
    const of = (personId: string): OnDuty => ({ id: personId, duties: duties.get(personId) ?? [] })
    return change(tx, of(id), of(delegateId), now)
  })
}

/** What an `<input type=datetime-local>` sent, in the site's zone; null for nothing, undefined for what is no moment. */
export function momentIn(typed: string, zone: string): Temporal.Instant | null | undefined {
  if (typed.trim() === '') return null
  try {
    return Temporal.PlainDateTime.from(typed.trim()).toZonedDateTime(zone).toInstant()
  } catch {
    return undefined
  }
}
