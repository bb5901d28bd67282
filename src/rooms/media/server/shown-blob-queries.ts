import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isBarred, publicNow } from '#rooms/media/server/public-now-queries.ts'

/** Whether a text that is public now shows this file, and the people in it agree to that. */
export async function isShownByText(db: ReadDb, hash: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql<{ isShown: boolean }>`select exists (
    select from revision_blob b join publication p on p.revision_id = b.revision_id
    where b.hash = ${hash} and ${publicNow('p', now)} and not ${isBarred(sql`b.hash`, sql`p.item_id`, now)}) as is_shown`.execute(db as never)
  return rows[0]!.isShown
}
