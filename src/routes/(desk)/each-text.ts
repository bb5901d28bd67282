import { error } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import { isConnectionLoss } from '#kernel/database/connection-loss.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { newReference } from '#kernel/web/reference.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { mayRead } from '#rooms/media/writing.ts'
import { lockDutiesOf } from '#rooms/people/server/duty-queries.ts'
import type { LockedItem } from './item-desk.ts'
import { signedIn } from './signed-in.ts'

/** What became of one text. Null where it was done; `failed` by a fault of ours, `not-reached` where the database was away by then. */
export interface Became<T> { of: T; outcome: string | null; /** Of a fault, which names one line of the log. */ reference?: string }

interface About { itemId: string }
/** Who acts, and whoever else the act is about, with the duties as they stand, held until it is done. */
type Change<T> = (tx: Tx, who: OnDuty, item: LockedItem, about: { of: T; other: OnDuty | null; now: Temporal.Instant }) => Promise<string | null>

/**
 * One act on each of several texts, each in a transaction of its own: what cannot be done to one hinders the others in nothing, none is
 * held while the others are worked on, and what readers are to see is seen text by text. A fault in the middle is told beside its text: those before it are done, and whoever acted
must know which. Where nothing of all this is hers to read, it is
 * an address that never was. @param otherId of somebody whose duties the act asks for too; '' for nobody
 */
export async function eachText<T extends About>({ locals: { house, viewer }, route }: { locals: App.Locals; route: { id: string | null } }, of: readonly T[], change: Change<T>, otherId = ''): Promise<Became<T>[]> {
  const { id } = signedIn(viewer)
  const became: Became<T>[] = []
  for (const one of of) {
    const now = house.clock()
    const doOne = (): Promise<string | null> => act(house, async (tx) => {
      const duties = await lockDutiesOf(tx, [id, ...(isId(otherId) && otherId !== id ? [otherId] : [])], now)
      const who = { id, duties: duties.get(id)! }
      const item = isId(one.itemId) ? await lockItem(tx, one.itemId) : undefined
      if (!item || !mayRead(who, item)) return 'not-found'
      // Starter texts are decided on together, where the site is opened.
      if (item.isStarter) return 'starter'
      return change(tx, who, item, { of: one, other: isId(otherId) ? { id: otherId, duties: duties.get(otherId) ?? [] } : null, now })
    })
    try {
      became.push({ of: one, outcome: await doOne() })
    } catch (fault) {
      const reference = newReference()
      house.log.error('one of several texts failed', fault, { reference, route: route.id })
      became.push({ of: one, outcome: 'failed', reference })
      // Each of the others would wait for it in vain.
      if (isConnectionLoss(fault)) break
    }
  }
  became.push(...of.slice(became.length).map((one) => ({ of: one, outcome: 'not-reached' })))
  if (became.every(({ outcome }) => outcome === 'not-found')) error(404)
  return became
}
