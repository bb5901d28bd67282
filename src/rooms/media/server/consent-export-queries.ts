import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { ExportedConsent } from '#rooms/media/export/exported-consent.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { shownNow } from '#rooms/media/server/public-now-queries.ts'

/** What was recorded last about the files of these hashes, so that what was taken back here is not shown where an export is taken in. */
export async function listExportedConsents(db: ReadDb, hashes: readonly string[]): Promise<ExportedConsent[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql<ExportedConsent>`select distinct on (b.hash) b.hash, c.state, c.reason, c.shown_in, c.until_on, c.ends_at, c.face_may_be_seen, c.recorded_at
    from library_blob b join consent c on c.file_id = b.file_id and c.number = (select max(n.number) from consent n where n.file_id = c.file_id)
    where b.hash = any(${[...hashes]}::text[]) order by b.hash, c.state = 'withdrawn' desc, c.recorded_at desc`.execute(db as never)
  return rows
}

/** What others are given for good: without what is not agreed for the site, or not for other sites. */
export async function shownToOthers(db: ReadDb, frozen: Frozen, now: Temporal.Instant): Promise<Frozen> {
  if (!frozen.picture && !frozen.files) return frozen
  const { rows } = await sql<{ shown: Frozen }>`select ${shownNow(sql`${JSON.stringify(frozen)}::jsonb`, now)} as shown`.execute(db as never)
  const { picture, ...rest } = rows[0]!.shown
  const { keptFrom = [], ...own } = picture ?? {}
  return { ...rest, ...(picture && !keptFrom.includes('networks') && { picture: own as NonNullable<Frozen['picture']> }) }
}
