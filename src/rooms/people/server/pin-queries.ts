import '#rooms/people/server/pin-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

/** The hash of her six digits; undefined for who has chosen none. */
export async function findPinHash(db: ReadDb, personId: string): Promise<string | undefined> {
  return (await db.selectFrom('personPin').select('hash').where('personId', '=', personId).executeTakeFirst())?.hash
}

/** The same, held until the act is done: digits that were changed meanwhile answer nothing. */
export async function lockPinHash(tx: ReadDb, personId: string): Promise<string | undefined> {
  return (await tx.selectFrom('personPin').select('hash').where('personId', '=', personId).forShare().executeTakeFirst())?.hash
}
