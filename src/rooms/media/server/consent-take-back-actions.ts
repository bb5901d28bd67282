import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { ExportedConsent } from '#rooms/media/export/exported-consent.ts'
import { announceUses } from '#rooms/media/server/library-actions.ts'
import { insertConsent } from '#rooms/media/server/library-row-actions.ts'

/**
 * What an export says about the people in what an item shows, for the files of the organisation that wrote the item here. What was
 * recorded here later stays, what was taken back here stays so whatever an export says, and nothing was recorded in days to come.
 */
export async function takeBackConsents(tx: Tx, itemId: string, consents: readonly ExportedConsent[], actor: string, now: Temporal.Instant): Promise<void> {
  for (const { hash, recordedAt, ...consent } of consents) {
    if (Temporal.Instant.compare(recordedAt, now) > 0) continue
    const files = await tx.selectFrom('libraryBlob').innerJoin('libraryFile', 'libraryFile.id', 'fileId').select('fileId').where('hash', '=', hash)
      .where(sql<boolean>`organisation_id is not distinct from (select i.written_in from item i where i.id = ${itemId})`)
      .where(sql<boolean>`not exists (select from consent c where c.file_id = library_blob.file_id and c.recorded_at >= ${recordedAt.toString()}::timestamptz)`)
      .where(sql<boolean>`(select c.state from consent c where c.file_id = library_blob.file_id order by c.number desc limit 1) is distinct from 'withdrawn'`).execute()
    for (const { fileId } of files) {
      await insertConsent(tx, fileId, consent, actor, recordedAt)
      await announceUses(tx, fileId)
    }
  }
}
