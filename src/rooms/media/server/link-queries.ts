import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { everPublic, publicNow } from '#rooms/media/server/public-now-queries.ts'

export interface TextAddress { lang: Lang; slug: string }

/** So many are asked about; what is beyond in one text is not. */
const MOST_ASKED = 200

/**
 * Those of these addresses under which readers find no text now, in ONE statement. A text that waits, a draft, a text that was taken down
 * and an address that never was are the same here: it asks what `findPublishedItem` asks, and so tells nobody more than readers know.
 */
export async function listLeadingNowhere(db: ReadDb, addresses: readonly TextAddress[], now: Temporal.Instant): Promise<TextAddress[]> {
  const asked = addresses.filter(({ slug, lang }) => !slug.includes('\0') && !lang.includes('\0')).slice(0, MOST_ASKED)
  if (asked.length === 0) return []
  const { rows } = await sql<TextAddress>`
    select a.lang, a.slug from unnest(${asked.map(({ lang }) => lang)}::text[], ${asked.map(({ slug }) => slug)}::text[]) with ordinality a(lang, slug, place)
    left join lateral (select s.item_id from item_slug s where s.slug = a.slug
        and exists (select from publication q where q.item_id = s.item_id and q.lang = s.lang and ${everPublic('q', now)})
      order by (s.lang = a.lang) desc, s.lang limit 1) found on true
    where not exists (select from publication q where q.item_id = found.item_id and q.lang = a.lang and ${publicNow('q', now)})
    order by a.place`.execute(db as never)
  return rows
}
