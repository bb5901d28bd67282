import { type RawBuilder, sql } from 'kysely'

const at = (now: Temporal.Instant) => sql`${now.toString()}::timestamptz`

/** Readers see a publication from its moment until another takes its place. The only place that says so. */
export function publicNow(table: 'p' | 'q', now: Temporal.Instant): RawBuilder<boolean> {
  const [from, until] = [sql.ref(`${table}.public_from`), sql.ref(`${table}.public_until`)]
  return sql<boolean>`(${from} <= ${at(now)} and (${until} is null or ${until} > ${at(now)}))`
}

/** Readers saw it at some moment up to now. What was replaced before its hour came ends as it begins: it never was. */
export function everPublic(table: 'p' | 'q', now: Temporal.Instant): RawBuilder<boolean> {
  const [from, until] = [sql.ref(`${table}.public_from`), sql.ref(`${table}.public_until`)]
  return sql<boolean>`(${from} <= ${at(now)} and (${until} is null or ${until} > ${from}))`
}

/** When an item first went out in a language. */
export function firstPublic(itemId: RawBuilder<unknown>, lang: RawBuilder<unknown>, now: Temporal.Instant) {
  return sql`(select min(q.public_from) from publication q
    where q.item_id = ${itemId} and q.lang = ${lang} and ${everPublic('q', now)})`
}

/** When a publication `p` last changed for readers: when it went out, or a correction was noted. */
export function changedAt(now: Temporal.Instant) {
  return sql`greatest(p.public_from, (select max(c.at) from item_correction c
    where c.item_id = p.item_id and c.lang = p.lang and c.at <= ${at(now)}))`
}

/** The languages in which an item is public now, as json: `[{lang, slug, title}]`. */
export function languagesOf(itemId: RawBuilder<unknown>, now: Temporal.Instant) {
  return sql`coalesce((
    select json_agg(json_build_object('lang', q.lang, 'slug', s.slug, 'title', r.title) order by q.lang)
    from publication q
    join revision r on r.id = q.revision_id
    join item_slug s on s.item_id = q.item_id and s.lang = q.lang and s.is_current
    where q.item_id = ${itemId} and ${publicNow('q', now)}), '[]')`
}

/** The first moment after `now` at which a publication begins or ends, or consent to any picture ends; null while nothing is to change. */
export function nextChangeOf(condition: RawBuilder<unknown>, now: Temporal.Instant) {
  return sql<Temporal.Instant | null>`(select min(t) from (
    select min(q.public_from) t from publication q where ${condition} and q.public_from > ${at(now)}
      and (q.public_until is null or q.public_until > q.public_from)
    union all
    select min(q.public_until) from publication q where ${condition} and q.public_until > ${at(now)}
      and q.public_until > q.public_from
    union all
    select min(c.ends_at) from consent c where c.ends_at > ${at(now)}
  ) moments)`
}

/** The organisation that wrote an item: what it recorded about its pictures counts for its texts. */
const ownerOf = (itemId: RawBuilder<unknown>) => sql`(select o.written_in from item o where o.id = ${itemId})`

/** What a revision of an item froze, without the pictures and files that the people in them do not agree to at this moment. The only place that says so. */
export const shownNow = (frozen: RawBuilder<unknown>, itemId: RawBuilder<unknown>, now: Temporal.Instant): RawBuilder<unknown> => sql`shown_of(${frozen}, ${ownerOf(itemId)}, ${at(now)})`

/** Whether the people in a file do not agree to its being shown by an item on the site at this moment. */
export const isBarred = (hash: RawBuilder<unknown>, itemId: RawBuilder<unknown>, now: Temporal.Instant): RawBuilder<boolean> => sql<boolean>`consent_bars(${hash}, ${ownerOf(itemId)}, 'site', ${at(now)})`

/** Whether the organisation of an item recorded anything about the people in a file. */
export const isAnswered = (hash: RawBuilder<unknown>, itemId: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from library_blob l join library_file f on f.id = l.file_id join consent c on c.file_id = l.file_id where l.hash = ${hash} and f.organisation_id is not distinct from ${ownerOf(itemId)})`
