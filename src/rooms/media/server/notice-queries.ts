import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { PAGE_SIZE } from '#rooms/media/item.ts'
import { type FoundNotice, type Notice, noticeOf } from '#rooms/media/notice.ts'
import { MOST_COUNTED } from '#rooms/media/item.ts'
import { everPublic, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'

export interface NoticeList {
  notices: Notice[]
  /** At least 1. */
  pages: number
  changesAt: Temporal.Instant | undefined
}

/**
 * Corrections and withdrawals of the texts of a language, newest first, in one statement. A correction is told while
 * readers see its text or the notice that it was withdrawn; that of a text removed for safety is told no more, and
 * that of one which waits for its hour not yet.
 */
export async function listNotices(db: ReadDb, lang: Lang, page: number, now: Temporal.Instant): Promise<NoticeList> {
  const moment = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<{ total: bigint; notices: FoundNotice[]; changesAt: Temporal.Instant | null }>`
    with notice as materialized (
      select * from (
        select 'corrected' as kind, c.at, c.id, c.item_id, c.note, null::uuid as replaced_by
        from item_correction c left join withdrawal w on w.item_id = c.item_id and w.lang = c.lang
        where c.lang = ${lang} and c.at <= ${moment} and w.reason is distinct from 'removed_for_safety'
          and (w.id is not null or exists (
            select from publication p where p.item_id = c.item_id and p.lang = c.lang and ${publicNow('p', now)}))
        union all
        select w.reason, w.at, w.id, w.item_id, w.note, w.replaced_by
        from withdrawal w where w.lang = ${lang} and w.at <= ${moment}) told
      order by at desc, id desc limit ${MOST_COUNTED}),
    shown as (select * from notice order by at desc, id desc limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE})
    select (select count(*) from notice) as total,
      coalesce((select json_agg(json_build_object(
          'kind', n.kind, 'at', n.at, 'note', n.note, 'title', r.title, 'slug', s.slug, 'regions', r.frozen->'regions',
          'isStarter', i.is_starter,
          'replacedBy', (select json_build_object('slug', z.slug, 'title', y.title)
            from publication q join revision y on y.id = q.revision_id
            join item_slug z on z.item_id = q.item_id and z.lang = q.lang and z.is_current
            where q.item_id = n.replaced_by and q.lang = ${lang} and ${publicNow('q', now)} limit 1)
        ) order by n.at desc, n.id desc)
        from shown n join item i on i.id = n.item_id
        join item_slug s on s.item_id = n.item_id and s.lang = ${lang} and s.is_current
        join lateral (select p.revision_id from publication p
          where p.item_id = n.item_id and p.lang = ${lang} and ${everPublic('p', now)}
          order by p.public_from desc limit 1) latest on true
        join revision r on r.id = latest.revision_id), '[]') as notices,
      ${nextChangeOf(sql`q.lang = ${lang}`, now)} as changes_at`.execute(db as never)
  const [row] = rows
  return {
    notices: (row?.notices ?? []).map(noticeOf),
    pages: Math.max(1, Math.ceil(Number(row?.total ?? 0) / PAGE_SIZE)),
    changesAt: row?.changesAt ?? undefined,
  }
}
