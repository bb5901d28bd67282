import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { FeedEntry, FeedPage, FeedStone } from '#rooms/media/feed.ts'
import type { Correction, ItemFilter, WithdrawalReason } from '#rooms/media/item.ts'
import { type SummaryRow, matching, summary, summaryOf, tables } from '#rooms/media/server/list-queries.ts'
import { nextChangeOf, publicNow, shownNow } from '#rooms/media/server/public-now-queries.ts'

export const FEED_SIZE = 50

type EntryRow = SummaryRow & Omit<FeedEntry, 'publicFrom' | 'updatedAt' | 'corrections'> & {
  updatedAt: string
  corrections: { at: string; note: string }[]
}
type StoneRow = Omit<FeedStone, 'at'> & { at: string }

/**
 * A page of what a feed tells, newest first, in one statement: texts with their whole content by the moment of their
 * latest revision or correction, and notices of what was taken down.
 */
export async function listForFeed(db: ReadDb, filter: ItemFilter, now: Temporal.Instant, page = 1): Promise<FeedPage> {
  const start = (page - 1) * FEED_SIZE
  // The newest of each sort hold the newest of all; one more tells whether another page follows.
  const newest = sql`limit ${start + FEED_SIZE + 1}`
  const shown = matching(filter, now)
  const { rows } = await sql<{ told: (EntryRow | StoneRow)[]; changesAt: Temporal.Instant | null }>`
    with moment as materialized (
      (select p.id, p.item_id, p.public_from as at, false as is_stone from publication p where ${shown}
        order by p.public_from desc, p.item_id desc ${newest})
      union all
      (select p.id, p.item_id, max(c.at), false from item_correction c
        join publication p on p.item_id = c.item_id and p.lang = c.lang
        where c.at <= ${now.toString()}::timestamptz and ${shown}
        group by p.id, p.item_id order by max(c.at) desc, p.item_id desc ${newest})
      union all
      (select w.id, w.item_id, w.at, true from withdrawal w where ${isTold(filter, now)}
        order by w.at desc, w.item_id desc ${newest})),
    told as materialized (
      select id, item_id, max(at) as at, bool_or(is_stone) as is_stone from moment group by id, item_id
      order by max(at) desc, item_id desc limit ${FEED_SIZE + 1} offset ${start})
    select coalesce((select json_agg(case when t.is_stone then ${stone(now)} else ${entry(now)} end
        order by t.at desc, t.item_id desc) from told t), '[]') as told,
      ${nextChangeOf(sql`true`, now)} as changes_at`.execute(db as never)
  const told = (rows[0]?.told ?? []).map((row) => ('reason' in row ? stoneOf(row) : entryOf(row)))
  return { told: told.slice(0, FEED_SIZE), hasNext: told.length > FEED_SIZE, changesAt: rows[0]?.changesAt ?? undefined }
}

const entry = (now: Temporal.Instant) => sql`(select ${summary(now, sql`,
  'bodyHtml', r.body_html, 'notesHtml', r.notes_html, 'signers', r.frozen->'signers', 'issuedBy', r.frozen->'issuedBy',
  'sources', r.frozen->'sources', 'doubt', r.frozen->'doubt', 'licence', r.frozen->'licence', 'byMachine', coalesce(r.frozen->'byMachine', 'false'),
  'files', coalesce(${shownNow(sql`r.frozen`, sql`p.item_id`, now)}->'files', '[]'), 'updatedAt', t.at,
  'corrections', coalesce((select json_agg(json_build_object('at', c.at, 'note', c.note) order by c.at desc)
    from item_correction c where c.item_id = p.item_id and c.lang = p.lang and c.at <= ${now.toString()}::timestamptz), '[]')`)}
  from publication p ${tables} where p.id = t.id)`

/** Removed for safety: the day, and no more than that. */
const stone = (now: Temporal.Instant) => sql`(select json_build_object('id', w.item_id, 'lang', w.lang, 'at', w.at,
  'reason', w.reason, 'note', case when w.reason <> 'removed_for_safety' then w.note end,
  'replacedBy', (select json_build_object('id', p.item_id, 'slug', s.slug, 'title', r.title)
    from publication p ${tables} where p.item_id = w.replaced_by and p.lang = w.lang
      and w.reason <> 'removed_for_safety' and ${publicNow('p', now)} limit 1))
  from withdrawal w where w.id = t.id)`

/**
 * Which notices a feed tells: of texts that its filters would find, had they not been taken down. What was removed for
 * safety stands in every feed of its language: else its filters would tell of which place and kind it was.
 */
function isTold(filter: ItemFilter, now: Temporal.Instant): RawBuilder<boolean> {
  const isAsked = filter.langs ? sql`w.lang = any(${filter.langs}::text[])` : sql`w.lang = ${filter.lang}`
  return sql<boolean>`${isAsked} and w.at <= ${now.toString()}::timestamptz
    and (w.reason = 'removed_for_safety' or ${wouldMatch(filter, now)})`
}

/** The publication that stood last, as if it stood on. Its facets are asked, never its words: these are taken down. */
function wouldMatch(filter: ItemFilter, now: Temporal.Instant): RawBuilder<boolean> {
  if (filter.words) return sql<boolean>`false`
  return sql<boolean>`exists (
    select from (select q from publication q where q.item_id = w.item_id and q.lang = w.lang and q.public_from <= w.at
        and q.public_until > q.public_from order by q.public_from desc limit 1) last
    cross join lateral jsonb_populate_record(last.q, '{"public_from": "-infinity", "public_until": null}') p
    where ${matching(filter, now)})`
}

function entryOf(row: EntryRow): FeedEntry {
  const { bodyHtml, notesHtml, signers, issuedBy, sources, doubt, licence, byMachine, files } = row
  return {
    ...summaryOf(row), bodyHtml, notesHtml, signers, issuedBy, sources, doubt, licence, byMachine, files,
    updatedAt: Temporal.Instant.from(row.updatedAt),
    corrections: row.corrections.map(({ at, note }): Correction => ({ at: Temporal.Instant.from(at), note })),
  }
}

const stoneOf = ({ id, lang, at, reason, note, replacedBy }: StoneRow): FeedStone =>
  ({ id, lang, at: Temporal.Instant.from(at), reason: reason as WithdrawalReason, note, replacedBy })
