import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { everPublic } from '#rooms/media/server/public-now-queries.ts'

export type RedirectAnswer =
  | { found: 'moved'; path: string }
  /** Its own address would name what must not be named. */
  | { found: 'removed-for-safety'; lang: Lang; at: Temporal.Instant }

/**
 * Where an old address of an imported site leads now, in one statement. A text that readers never saw in that language
 * leads nowhere, as if nobody had kept its address; one that was withdrawn leads to its notice.
 * @param addresses what the address may be called, the nearest name first
 */
export async function findRedirect(
  db: ReadDb, addresses: readonly string[], now: Temporal.Instant,
): Promise<RedirectAnswer | undefined> {
  const { rows } = await sql<{ ownPath: string | null; lang: Lang; slug: string; removedAt: Temporal.Instant | null }>`
    select r.own_path, r.lang, s.slug, w.at as removed_at
    from redirect r
    left join item_slug s on s.item_id = r.item_id and s.lang = r.lang and s.is_current
    left join withdrawal w on w.item_id = r.item_id and w.lang = r.lang and w.reason = 'removed_for_safety'
    where r.address = any(${addresses}::text[]) and (r.own_path is not null or exists (
      select from publication q where q.item_id = r.item_id and q.lang = r.lang and ${everPublic('q', now)}))
    order by array_position(${addresses}::text[], r.address) limit 1`.execute(db as never)
  const row = rows[0]
  if (!row) return undefined
  if (row.removedAt) return { found: 'removed-for-safety', lang: row.lang, at: row.removedAt }
  return { found: 'moved', path: row.ownPath ?? itemPath(row.lang, row.slug) }
}
