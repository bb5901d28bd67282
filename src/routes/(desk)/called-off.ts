import type { Tx } from '#kernel/database/tables.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { listStanding } from '#rooms/people/server/notice-queries.ts'

/** Tells whoever planned a text, or keeps it, that it does not go out at its hour: it may be somebody else than who asked the organisation. */
export async function tellCalledOff(tx: Tx, itemId: string, people: readonly string[], now: Temporal.Instant): Promise<void> {
  await notify(tx, { kind: 'publication-called-off', subject: itemId, to: await listStanding(tx, people) }, now)
}
