import type { Tx } from '#kernel/database/tables.ts'
import { type ClaimFor, claimFor, giveBackFor } from '#rooms/media/server/claim-actions.ts'
import { listDelegates } from '#rooms/people/server/delegate-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { tellCalledOff } from '../../../../../called-off.ts'
import { asking } from './asking.ts'

type At = Pick<App.Locals, 'house' | 'viewer'>

/** Notes for an organisation that it asks to approve a language. Its delegates are told: it is their word that stands there. */
export const claimingFor = (locals: At, itemId: string, claim: ClaimFor) => asking(locals, '', async (tx, who, _, now) => {
  const claimed = await claimFor(tx, who, itemId, claim, now)
  if (claimed.obstacle !== null) return claimed.obstacle
  await tellDelegates(tx, 'language-claimed-for', claim, who.id, now)
  await tellCalledOff(tx, itemId, claimed.calledOffOf, now)
  return null
})

/** The same that it asks no longer. */
export const givingBackFor = (locals: At, itemId: string, returned: ClaimFor & { isAskedFor: boolean }) => asking(locals, '', async (tx, who, _, now) => {
  const obstacle = await giveBackFor(tx, who, itemId, returned, now)
  if (obstacle === null) await tellDelegates(tx, 'language-given-back-for', returned, who.id, now)
  return obstacle
})

/** No text is named: delegates read none at the desk. */
async function tellDelegates(tx: Tx, kind: 'language-claimed-for' | 'language-given-back-for', { organisationId }: ClaimFor, actor: string, now: Temporal.Instant): Promise<void> {
  const delegates = await listDelegates(tx, [organisationId], now)
  await notify(tx, { kind, to: delegates.map(({ id }) => id).filter((id) => id !== actor) }, now)
}
