import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { everPublic, isAnswered, isBarred, publicNow } from '#rooms/media/server/public-now-queries.ts'

/** A publication that stands now or waits for its hour. */
export interface Planned {
  publicationId: string
  revisionId: string
  /** Of the revision. */
  number: number
  from: Temporal.Instant
  decidedAt: Temporal.Instant
  /** A person's id, or what is no person. */
  decidedBy: string
}

/** One language of an item, as whoever publishes it must know it. */
export interface TextStanding {
  lang: Lang
  /** The newest revision. */
  revisionId: string
  number: number
  title: string
  bodyMarkdown: string
  savedAt: Temporal.Instant
  savedBy: string
  slug: string | null
  here: Planned | null
  waiting: Planned | null
  /** Readers saw some text of this language at its address. */
  wasPublic: boolean
  isWithdrawn: boolean
  /** The item lies in the trash. */
  isTrashed: boolean
  /** What readers see now was corrected after it was decided. */
  isCorrected: boolean
  /** The newest revision shows a picture or a file whose people are not known to agree. */
  lacksConsent: boolean
}

/** Every language of an item, or one. The first language first, then by tag. */
export async function listTextStandings(db: ReadDb, itemId: string, now: Temporal.Instant, lang?: Lang): Promise<TextStanding[]> {
  const { rows } = await sql<Omit<TextStanding, 'here' | 'waiting'> & Record<'here' | 'waiting', PlannedRow | null>>`
    select r.lang, r.id as revision_id, r.number, r.title, r.body_markdown, r.created_at as saved_at, r.created_by as saved_by,
      (select s.slug from item_slug s where s.item_id = ${itemId} and s.lang = r.lang and s.is_current) as slug,
      here.plan as here, waiting.plan as waiting,
      exists (select from publication q where q.item_id = ${itemId} and q.lang = r.lang and ${everPublic('q', now)}) as was_public,
      exists (select from withdrawal w where w.item_id = ${itemId} and w.lang = r.lang) as is_withdrawn,
      exists (select from trashed_item where item_id = ${itemId}) as is_trashed,
      exists (select from item_correction c where c.item_id = ${itemId} and c.lang = r.lang and c.at >= (here.plan->>'decidedAt')::timestamptz) as is_corrected,
      exists (select from revision_blob b where b.revision_id = r.id and (${isBarred(sql`b.hash`, sql`${itemId}::uuid`, now)} or not ${isAnswered(sql`b.hash`, sql`${itemId}::uuid`)})) as lacks_consent
    from (select distinct on (lang) lang, id, number, title, body_markdown, created_at, created_by from revision
      where item_id = ${itemId} ${lang === undefined ? sql`` : sql`and lang = ${lang}`} order by lang, number desc) r
    left join lateral (${planned(itemId, publicNow('p', now), sql`p.public_from desc`)}) here on true
    left join lateral (${planned(itemId, sql`p.public_from > ${now.toString()}::timestamptz and (p.public_until is null or p.public_until > p.public_from)`, sql`p.public_from`)}) waiting on true
    order by r.lang = (select original_lang from item where id = ${itemId}) desc, r.lang`.execute(db as never)
  return rows.map((row) => ({ ...row, here: planOf(row.here), waiting: planOf(row.waiting) }))
}

type PlannedRow = Omit<Planned, 'from' | 'decidedAt'> & { from: string; decidedAt: string }

const planned = (itemId: string, condition: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql`
  select json_build_object('publicationId', p.id, 'revisionId', p.revision_id, 'number', v.number, 'from', p.public_from, 'decidedAt', p.created_at, 'decidedBy', p.published_by) as plan
  from publication p join revision v on v.id = p.revision_id where p.item_id = ${itemId} and p.lang = r.lang and ${condition} order by ${order} limit 1`

const planOf = (row: PlannedRow | null): Planned | null =>
  row && { ...row, from: Temporal.Instant.from(row.from), decidedAt: Temporal.Instant.from(row.decidedAt) }

/**
 * What somebody has seen of a text: the newest revision, what readers have and what waits. A form sends it back, so that what
 * somebody else did meanwhile is neither published nor called off unseen.
 */
export const seenOf = ({ revisionId, here, waiting, isWithdrawn }: TextStanding): string =>
  [revisionId, here?.publicationId ?? '', waiting?.publicationId ?? '', isWithdrawn ? 'withdrawn' : ''].join('.')
