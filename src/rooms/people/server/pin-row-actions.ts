import '#rooms/people/server/pin-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'

// What acts do with the digits; they record themselves.

export async function writePin(tx: Tx, personId: string, hash: string, now: Temporal.Instant): Promise<void> {
  await tx.insertInto('personPin').values({ personId, hash, chosenAt: now }).onConflict((oc) => oc.column('personId').doUpdateSet({ hash, chosenAt: now })).execute()
}

/** Whoever comes back by another way, or leaves, answers by no digits that somebody else may know. */
export async function dropPin(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('personPin').where('personId', '=', personId).execute()
}
