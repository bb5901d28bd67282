import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { ItemSummary, Kind } from '#rooms/media/item.ts'
import { type SummaryRow, summary, summaryOf, tables } from '#rooms/media/server/list-queries.ts'
import { nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'

export interface Summaries {
  items: ItemSummary[]
  /** The next hour of any language: rows name the other languages of each text, so theirs change them too. */
  changesAt: Temporal.Instant | undefined
}

export interface Picked {
  /** Of publication p and its revision r. */
  condition: RawBuilder<unknown>
  order: RawBuilder<unknown>
  limit: number
}

/** Texts that readers of a language see now and that a condition picks, as rows of a list. One statement. */
export async function listSummaries(db: ReadDb, lang: Lang, picked: Picked, now: Temporal.Instant): Promise<Summaries> {
  const { condition, order, limit } = picked
  const { rows } = await sql<{ items: SummaryRow[]; changesAt: Temporal.Instant | null }>`
    select coalesce((select json_agg(row order by place) from (
        select row_number() over (order by ${order}) as place, ${summary(now)} as row
        from publication p ${tables}
        where p.lang = ${lang} and ${publicNow('p', now)} and ${condition}
        order by ${order} limit ${limit}) picked), '[]') as items,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  return {
    items: (rows[0]?.items ?? []).map(summaryOf),
    changesAt: rows[0]?.changesAt ?? undefined,
  }
}

const MOST_SIGNED = 50

/** What an organisation signed, as readers of a language see it now, newest first. */
export const listSignedBy = (db: ReadDb, lang: Lang, organisationId: string, now: Temporal.Instant): Promise<Summaries> =>
  listSummaries(db, lang, {
    condition: sql`r.frozen->'signers' @> ${JSON.stringify([{ organisationId }])}::jsonb`,
    order: sql`p.sort_day desc, p.item_id desc`, limit: MOST_SIGNED,
  }, now)

/** The newest texts of some kinds in a language. */
export const listNewestOf = (db: ReadDb, lang: Lang, kinds: readonly Kind[], limit: number, now: Temporal.Instant): Promise<Summaries> =>
  listSummaries(db, lang, {
    condition: sql`p.kind = any(${kinds}::text[])`, order: sql`p.sort_day desc, p.item_id desc`, limit,
  }, now)
