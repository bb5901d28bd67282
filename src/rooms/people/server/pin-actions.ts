import '#rooms/people/server/pin-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { isProven } from '#rooms/people/server/proof-actions.ts'
import type { Proof } from '#rooms/people/server/proving.ts'

/** Her six digits from now on; those of before answer nothing any more. */
export async function choosePin(tx: Tx, who: Person, proof: Proof, pinHash: string, now: Temporal.Instant): Promise<'not-proven' | null> {
  if (!(await isProven(tx, who, proof, now))) return 'not-proven'
  await writePin(tx, who.id, pinHash, now)
  await record(tx, { actor: who.id, act: 'choose-pin', subject: `person:${who.id}` }, now)
  await notify(tx, { kind: 'pin-changed', to: [who.id] }, now)
  return null
}
