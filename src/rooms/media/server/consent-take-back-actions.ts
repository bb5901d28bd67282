import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { ExportedConsent } from '#rooms/media/export/exported-consent.ts'
import { insertConsent } from '#rooms/media/server/library-row-actions.ts'

/** What an export says about the people in a file, for every file here that is the same. What was recorded here later stays. */
export async function takeBackConsents(tx: Tx, consents: readonly ExportedConsent[], actor: string): Promise<void> {
  for (const { hash, recordedAt, ...consent } of consents) {
    const files = await tx.selectFrom('libraryBlob').select('fileId').where('hash', '=', hash)
      .where(sql<boolean>`not exists (select from consent c where c.file_id = library_blob.file_id and c.recorded_at >= ${recordedAt.toString()}::timestamptz)`).execute()
    for (const { fileId } of files) await insertConsent(tx, fileId, consent, actor, recordedAt)
  }
}
