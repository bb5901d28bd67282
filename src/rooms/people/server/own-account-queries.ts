import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/recovery-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { KEY_CHANGE_MINUTES } from '#rooms/people/own-account.ts'

/** The key that this session is about to take; undefined when none was asked for, or too long ago. */
export async function findNewKey(db: ReadDb, sessionId: string, now: Temporal.Instant): Promise<string | undefined> {
  const row = await db.selectFrom('keyChange').select('totpSecret').where('sessionId', '=', sessionId)
    .where('madeAt', '>', now.subtract({ minutes: KEY_CHANGE_MINUTES })).executeTakeFirst()
  return row?.totpSecret
}
