import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { EntryLink } from '#rooms/people/entry-link.ts'

const COLUMNS = ['id', 'kind', 'duty', 'organisationId', 'lang', 'totpSecret', 'expiresAt', 'usedAt', 'revokedAt'] as const

/** Also one by which nobody comes in any more: `obstacleToEntry` says so. */
export function findEntryLink(db: ReadDb, tokenHash: Buffer): Promise<EntryLink | undefined> {
  return db.selectFrom('entryLink').select(COLUMNS).where('tokenHash', '=', tokenHash).executeTakeFirst()
}

/** Holds the link's row, so that of two who come at once one waits and then finds it used. */
export function lockEntryLink(tx: ReadDb, tokenHash: Buffer): Promise<(EntryLink & { createdBy: string }) | undefined> {
  return tx.selectFrom('entryLink').select([...COLUMNS, 'createdBy']).where('tokenHash', '=', tokenHash).forUpdate().executeTakeFirst()
}

/** Whether nobody was ever let in here, nor given a link. */
export async function isWithoutPeople(db: ReadDb): Promise<boolean> {
  const link = await db.selectFrom('entryLink').select('id').limit(1).executeTakeFirst()
  return link === undefined && (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) === undefined
}
