import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { type FoundTombstone, tombstoneOf } from '#rooms/media/found-item.ts'
import type { ApiItem, ApiPage, ApiText } from '#rooms/media/api/shown-item.ts'
import { type ItemFilter, type Kind, MOST_COUNTED } from '#rooms/media/item.ts'
import { type SummaryRow, hitAndShown, isCut, summary, summaryOf, tables } from '#rooms/media/server/list-queries.ts'
import { changedAt, everPublic, firstPublic, nextChangeOf, publicNow, shownNow } from '#rooms/media/server/public-now-queries.ts'

/** The list as programs ask for it, in one statement: the list's own filters and order, a page of any size. */
export async function listForApi(
  db: ReadDb, filter: ItemFilter, { page, perPage }: { page: number; perPage: number }, now: Temporal.Instant,
): Promise<ApiPage> {
  const { rows } = await sql<{ total: bigint; isCut: boolean; items: (SummaryRow & { updatedAt: string })[]; changesAt: Temporal.Instant | null }>`
    with ${hitAndShown(filter, now, page, perPage)}
    select (select count(*) from hit) as total, ${isCut(filter)} as is_cut,
      coalesce((select json_agg(${summary(now, sql`, 'updatedAt', ${changedAt(now)}`)} order by shown.place)
        from shown join publication p on p.id = shown.id ${tables}), '[]') as items,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const [row] = rows
  const total = Math.min(Number(row?.total ?? 0), MOST_COUNTED)
  return {
    items: (row?.items ?? []).map((one) => ({ ...summaryOf(one), updatedAt: Temporal.Instant.from(one.updatedAt) })),
    total, isTotalCapped: Number(row?.total ?? 0) > MOST_COUNTED || row?.isCut === true, pages: Math.max(1, Math.ceil(total / perPage)), changesAt: row?.changesAt ?? undefined,
  }
}

type TextRow = Omit<ApiText, 'publicFrom' | 'updatedAt' | 'corrections'> & {
  publicFrom: string
  updatedAt: string
  corrections: { at: string; note: string }[]
}
interface ItemRow {
  id: string
  kind: Kind
  originalLang: string
  isStarter: boolean
  texts: TextRow[]
  stones: (FoundTombstone & { lang: string })[]
  changesAt: Temporal.Instant | null
}

/**
 * An item in every language in which it is public now, and what stays of those that were taken down, in one statement.
 * Undefined for a draft, an item that waits for its hour, and an id that never was.
 */
export async function findForApi(
  db: ReadDb, id: string, now: Temporal.Instant,
): Promise<{ item: ApiItem; changesAt: Temporal.Instant | undefined } | undefined> {
  const moment = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<ItemRow>`
    select i.id, i.kind, i.original_lang, i.is_starter,
      coalesce((select json_agg(json_build_object('lang', p.lang, 'slug', s.slug, 'title', r.title, 'teaser', r.teaser,
          'bodyHtml', r.body_html, 'notesHtml', r.notes_html, 'frozen', ${shownNow(sql`r.frozen`, sql`i.id`, now)},
          'publicFrom', ${firstPublic(sql`p.item_id`, sql`p.lang`, now)}, 'updatedAt', ${changedAt(now)},
          'corrections', coalesce((select json_agg(json_build_object('at', c.at, 'note', c.note) order by c.at desc)
            from item_correction c where c.item_id = p.item_id and c.lang = p.lang and c.at <= ${moment}), '[]')) order by p.lang)
        from publication p join revision r on r.id = p.revision_id
        join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
        where p.item_id = i.id and ${publicNow('p', now)}), '[]') as texts,
      coalesce((select json_agg(json_build_object('lang', w.lang, 'at', w.at, 'reason', w.reason, 'note', w.note,
          'title', (select r.title from publication p join revision r on r.id = p.revision_id
            where p.item_id = i.id and p.lang = w.lang and ${everPublic('p', now)} order by p.public_from desc limit 1),
          'publishedAt', ${firstPublic(sql`i.id`, sql`w.lang`, now)},
          'replacedBy', (select json_build_object('slug', s.slug, 'title', r.title) from publication p ${tables}
            where p.item_id = w.replaced_by and p.lang = w.lang and ${publicNow('p', now)} limit 1)) order by w.lang)
        from withdrawal w where w.item_id = i.id and w.at <= ${moment}), '[]') as stones,
      ${nextChangeOf(sql`q.item_id = i.id`, now)} as changes_at
    from item i where i.id = ${id}`.execute(db as never)
  const row = rows[0]
  if (!row || row.texts.length + row.stones.length === 0) return undefined
  const { kind, originalLang, isStarter } = row
  return {
    item: {
      id: row.id, kind, originalLang, isStarter, texts: row.texts.map(textOf),
      stones: row.stones.map((stone) => ({ lang: stone.lang, ...tombstoneOf(stone, kind) })),
    },
    changesAt: row.changesAt ?? undefined,
  }
}

const textOf = (row: TextRow): ApiText => ({
  ...row, publicFrom: Temporal.Instant.from(row.publicFrom), updatedAt: Temporal.Instant.from(row.updatedAt),
  corrections: row.corrections.map(({ at, note }) => ({ at: Temporal.Instant.from(at), note })),
})
