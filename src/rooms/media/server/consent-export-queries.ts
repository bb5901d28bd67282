import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { ExportedConsent } from '#rooms/media/export/exported-consent.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { shownNow } from '#rooms/media/server/public-now-queries.ts'
import { type KeptFrom, mayPassOn } from '#rooms/media/shown.ts'

/**
 * What was recorded last, for an item, about the files of these hashes, so that what was taken back here, at its organisation or at
 * another, is not shown where an export is taken in. A form in which a face was still to be seen goes along as taken back.
 */
export async function listExportedConsents(db: ReadDb, itemId: string, hashes: readonly string[]): Promise<ExportedConsent[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql<ExportedConsent & { isOut: boolean }>`select distinct on (b.hash) b.hash, c.state, c.reason, c.shown_in, c.until_on, c.ends_at, c.face_may_be_seen, c.recorded_at,
      out.is_out from library_blob b join library_file f on f.id = b.file_id
    join consent c on c.file_id = f.id and c.number = (select max(n.number) from consent n where n.file_id = c.file_id)
    cross join lateral (select c.state = 'withdrawn' or is_former_form(b.hash, f, c) as is_out) out
    where b.hash = any(${[...hashes]}::text[]) and (c.state = 'withdrawn' or f.organisation_id is not distinct from (select i.written_in from item i where i.id = ${itemId}))
    order by b.hash, out.is_out desc, c.recorded_at desc`.execute(db as never)
  return rows.map(({ isOut, ...row }) => (isOut ? { ...row, state: 'withdrawn', reason: '', shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false } : row))
}

/** What an item's text shows at this moment of what it froze. */
export async function shownHere(db: ReadDb, itemId: string, frozen: Frozen, now: Temporal.Instant): Promise<Frozen> {
  if (!frozen.picture && !frozen.files) return frozen
  const { rows } = await sql<{ shown: Frozen }>`select ${shownNow(sql`${JSON.stringify(frozen)}::jsonb`, sql`${itemId}::uuid`, now)} as shown`.execute(db as never)
  return rows[0]!.shown
}

/** What others are given of an item for good: without what is not agreed for the site, or not for other sites. */
export async function shownToOthers(db: ReadDb, itemId: string, frozen: Frozen, now: Temporal.Instant): Promise<Frozen> {
  const { picture, files, ...rest } = await shownHere(db, itemId, frozen, now)
  return { ...rest, ...(picture && mayPassOn(picture) && { picture: withoutKept(picture) }), ...(files && { files: files.filter(mayPassOn).map(withoutKept) }) }
}

function withoutKept<T extends KeptFrom>({ keptFrom: _, ...own }: T): Omit<T, 'keptFrom'> {
  return own
}
