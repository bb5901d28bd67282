import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { DateOf } from '#kernel/when/when.ts'
import type { ItemSummary } from '#rooms/media/item.ts'
import { everPublic, nextChangeOf, publicNow } from '#rooms/media/server/public-now-queries.ts'
import { listSummaries } from '#rooms/media/server/summary-queries.ts'

const MOST_SHOWN = 100

export interface Events {
  /** The nearest first; what has no end stands last. */
  upcoming: ItemSummary[]
  /** The latest first. */
  past: ItemSummary[]
  undated: ItemSummary[]
  changesAt: Temporal.Instant | undefined
}

/** The events of a language around a day of the site's zone. One that can still be going on that day is to come. */
export async function listEvents(db: ReadDb, lang: Lang, today: Temporal.PlainDate, now: Temporal.Instant): Promise<Events> {
  const day = sql`${today.toString()}::date`
  const [upcoming, past, undated] = await Promise.all([
    listSummaries(db, lang, { condition: sql`p.kind = 'event' and p.to_day >= ${day}`, order: sql`p.to_day, p.item_id`, limit: MOST_SHOWN }, now),
    listSummaries(db, lang, { condition: sql`p.kind = 'event' and p.to_day < ${day}`, order: sql`p.to_day desc, p.item_id desc`, limit: MOST_SHOWN }, now),
    listSummaries(db, lang, { condition: sql`p.kind = 'event' and p.to_day is null`, order: sql`p.sort_day desc, p.item_id desc`, limit: MOST_SHOWN }, now),
  ])
  return { upcoming: upcoming.items, past: past.items, undated: undated.items, changesAt: upcoming.changesAt }
}

/** An event of a calendar file, before its page has an address. */
export interface FoundEvent {
  itemId: string
  when: string
  dateOf: DateOf | null
  title: string
  teaser: string
  slug: string
  changedAt: Temporal.Instant
  changes: number
  isCancelled: boolean
}

const MOST_IN_FILE = 500

/**
 * The events of a language with a date, newest first, and those that were withdrawn, as cancelled. What was removed for
 * safety is absent: a title alone may name somebody. One statement.
 * @param only of this item alone
 */
export async function listForCalendar(
  db: ReadDb, lang: Lang, now: Temporal.Instant, only?: string,
): Promise<{ events: FoundEvent[]; changesAt: Temporal.Instant | undefined }> {
  const moment = sql`${now.toString()}::timestamptz`
  const within = (alias: 'p' | 'w') => (only === undefined ? sql`true` : sql`${sql.ref(alias)}.item_id = ${only}`)
  const { rows } = await sql<{ events: (Omit<FoundEvent, 'changedAt'> & { changedAt: string })[]; changesAt: Temporal.Instant | null }>`
    with shown as materialized (
      select p.item_id, p.revision_id, p.public_from as changed_at, false as is_cancelled, p.to_day
      from publication p where p.lang = ${lang} and p.kind = 'event' and p.to_day is not null and ${within('p')} and ${publicNow('p', now)}
      union all
      select w.item_id, latest.revision_id, w.at, true, latest.to_day
      from withdrawal w join item i on i.id = w.item_id and i.kind = 'event'
      join lateral (select p.revision_id, p.to_day from publication p
        where p.item_id = w.item_id and p.lang = w.lang and ${everPublic('p', now)}
        order by p.public_from desc limit 1) latest on latest.to_day is not null
      where w.lang = ${lang} and ${within('w')} and w.at <= ${moment} and w.reason <> 'removed_for_safety'
      order by to_day desc, item_id desc limit ${MOST_IN_FILE})
    select coalesce((select json_agg(json_build_object(
          'itemId', e.item_id, 'when', r.frozen->>'when', 'dateOf', r.frozen->>'dateOf', 'title', r.title,
          'teaser', case when e.is_cancelled then '' else r.teaser end, 'slug', s.slug, 'changedAt', e.changed_at,
          'isCancelled', e.is_cancelled,
          'changes', (select count(*) from publication p
            where p.item_id = e.item_id and p.lang = ${lang} and ${everPublic('p', now)}) - case when e.is_cancelled then 0 else 1 end
        ) order by e.to_day desc, e.item_id desc)
        from shown e join revision r on r.id = e.revision_id
        join item_slug s on s.item_id = e.item_id and s.lang = ${lang} and s.is_current), '[]') as events,
      ${nextChangeOf(sql`q.lang = ${lang}`, now)} as changes_at`.execute(db as never)
  return {
    events: (rows[0]?.events ?? []).map((event) => ({ ...event, changedAt: Temporal.Instant.from(event.changedAt) })),
    changesAt: rows[0]?.changesAt ?? undefined,
  }
}
