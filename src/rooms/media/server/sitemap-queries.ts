import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'
import { tables } from '#rooms/media/server/list-queries.ts'
import { changedAt, firstPublic, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'

export interface SitemapEntry {
  id: string
  texts: { lang: Lang; slug: string; updatedAt: string }[]
}

/** Items in a part. A search engine takes 50,000 addresses and 50 MB a part; five languages of these are 5 MB. */
export const SITEMAP_SIZE = 1000

/** Every item that is public in some language, oldest first, with the address of each of its texts. Parts begin at 1. */
export async function listForSitemap(
  db: ReadDb, now: Temporal.Instant, part = 1,
): Promise<{ entries: SitemapEntry[]; changesAt: Temporal.Instant | undefined }> {
  const { rows } = await sql<{ entries: SitemapEntry[]; changesAt: Temporal.Instant | null }>`
    select
      coalesce((select json_agg(json_build_object('id', id, 'texts', texts) order by id) from (
        select p.item_id as id,
          json_agg(json_build_object('lang', p.lang, 'slug', s.slug, 'updatedAt', ${changedAt(now)}) order by p.lang) as texts
        from publication p
        join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
        where ${publicNow('p', now)} group by p.item_id order by p.item_id
        limit ${SITEMAP_SIZE} offset ${(part - 1) * SITEMAP_SIZE}) e), '[]') as entries,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  return { entries: rows[0]?.entries ?? [], changesAt: rows[0]?.changesAt ?? undefined }
}

/** When each part last changed, in order. New items stand in the last one, so that the others stay as they are. */
export async function listSitemapParts(db: ReadDb, now: Temporal.Instant): Promise<Temporal.Instant[]> {
  const { rows } = await sql<{ updatedAt: Temporal.Instant }>`
    select max(updated_at) as updated_at from (
      select max(${changedAt(now)}) as updated_at, (row_number() over (order by p.item_id) - 1) / ${SITEMAP_SIZE} as part
      from publication p where ${publicNow('p', now)} group by p.item_id) e
    group by part order by part`.execute(db as never)
  return rows.map((row) => row.updatedAt)
}

export interface NewsItem {
  lang: Lang
  slug: string
  title: string
  publicFrom: Temporal.Instant
}

const NEWS: Kind[] = ['news', 'press_release', 'statement', 'alert', 'letter', 'call']
const MOST_NEWS = 1000

/** What first went out after a moment and is news of the alliance's own, newest first. */
export async function listNews(db: ReadDb, since: Temporal.Instant, now: Temporal.Instant): Promise<NewsItem[]> {
  const { rows } = await sql<NewsItem>`
    select p.lang, s.slug, r.title, ${firstPublic(sql`p.item_id`, sql`p.lang`, now)} as public_from from publication p ${tables}
    where ${publicNow('p', now)} and p.public_from > ${since.toString()}::timestamptz and p.kind = any(${NEWS}) and not i.is_starter
      and ${firstPublic(sql`p.item_id`, sql`p.lang`, now)} > ${since.toString()}::timestamptz
    order by public_from desc, p.item_id desc, p.lang limit ${MOST_NEWS}`.execute(db as never)
  return rows
}

/** The first hour after `now` at which any text begins or ends. */
export async function nextChange(db: ReadDb, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`select ${nextChangeOf(sql`true`, now)} as at`.execute(db as never)
  return rows[0]?.at ?? undefined
}
