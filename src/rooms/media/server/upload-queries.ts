import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

/** What is still coming, of everybody. */
export const listOpenUploads = (db: ReadDb) => db.selectFrom('upload').select(['id', 'begunAt']).execute()
