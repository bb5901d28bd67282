import type { ReadDb } from '#kernel/database/tables.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'

/** Whether a published thing of any room shows this file, so that a reader may have it. */
export const mayShowBlob = (db: ReadDb, hash: string, now: Temporal.Instant): Promise<boolean> => isShownByText(db, hash, now)
