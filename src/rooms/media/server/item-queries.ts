import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type FoundItem, itemOf, tombstoneOf } from '#rooms/media/found-item.ts'
import type { ItemAnswer } from '#rooms/media/item.ts'
import { topicsOf } from '#rooms/media/server/topic-queries.ts'
import { everPublic, firstPublic, languagesOf, nextChangeOf, publicNow, shownNow } from '#rooms/media/server/public-now-queries.ts'

/** What the address of an item answers at this moment, and the first moment at which it would answer otherwise. */
export interface PublishedItem {
  answer: ItemAnswer
  itemId: string
  /** Items that its page leads to, public or not: when one of them changes, so does this page. */
  besideIds: string[]
  changesAt: Temporal.Instant | undefined
}

/**
 * The text that stands at an address now, in ONE statement (one snapshot, one round trip). Undefined for a draft, an
 * embargoed text and an address that never was alike: only addresses whose own text readers have seen are looked up,
 * else a guessed title would tell that a translation waits. A slug of another language or an old one is `moved`.
 */
export async function findPublishedItem(
  db: ReadDb, lang: Lang, slug: string, now: Temporal.Instant,
): Promise<PublishedItem | undefined> {
  if (slug.includes('\0')) return undefined // no text of the database can hold it
  const { rows } = await sql<FoundItem & { changesAt: Temporal.Instant | null }>`
    with asked as (
      select s.item_id, s.lang as slug_lang from item_slug s
      where s.slug = ${slug} and exists (
        select from publication q where q.item_id = s.item_id and q.lang = s.lang and ${everPublic('q', now)})
      order by (s.lang = ${lang}) desc, s.lang limit 1)
    select i.id, i.kind, i.original_lang, i.is_starter, a.slug_lang,
      (select s.slug from item_slug s where s.item_id = i.id and s.lang = ${lang} and s.is_current) as own_slug,
      ${languagesOf(sql`i.id`, now)} as languages,
      ${textOf(lang, now)} as text,
      ${tombstone(lang, now)} as tombstone,
      coalesce((select json_agg(json_build_object('at', c.at, 'note', c.note) order by c.at desc)
        from item_correction c where c.item_id = i.id and c.lang = ${lang}
          and c.at <= ${now.toString()}::timestamptz), '[]') as corrections,
      ${nextChangeOf(sql`q.item_id = i.id`, now)} as changes_at
    from asked a join item i on i.id = a.item_id`.execute(db as never)
  const row = rows[0]
  const answer = row && answerOf(row, lang, slug)
  if (!row || !answer) return undefined
  const beside = Object.entries(row.text?.beside ?? {})
  const changes = beside.flatMap(([, { changesAt }]) => (changesAt ? [Temporal.Instant.from(changesAt)] : []))
  const [changesAt] = [...(row.changesAt ? [row.changesAt] : []), ...changes].sort(Temporal.Instant.compare)
  return { answer, itemId: row.id, besideIds: beside.map(([id]) => id), changesAt }
}

function textOf(lang: Lang, now: Temporal.Instant) {
  return sql`(select json_build_object(
      'publicFrom', ${firstPublic(sql`i.id`, sql`${lang}`, now)}, 'updatedAt', p.public_from,
      'title', r.title, 'teaser', r.teaser, 'bodyHtml', r.body_html, 'notesHtml', r.notes_html,
      'contents', r.contents, 'wordCount', r.word_count, 'frozen', ${shownNow(sql`r.frozen`, sql`i.id`, now)}, 'slug', s.slug, 'topics', ${topicsOf(sql`r.frozen`)},
      'inTranslation', coalesce((select json_agg(l.lang order by l.lang) from unnest(p.in_translation) l(lang)
        where not exists (select from publication q
            where q.item_id = i.id and q.lang = l.lang and ${publicNow('q', now)})
          and not exists (select from withdrawal w where w.item_id = i.id and w.lang = l.lang)), '[]'),
      'beside', coalesce((select json_object_agg(e.id, json_build_object(
          'languages', ${languagesOf(sql`e.id::uuid`, now)}, 'changesAt', ${nextChangeOf(sql`q.item_id = e.id::uuid`, now)}))
        from jsonb_array_elements_text(coalesce(r.frozen->'related', '[]') || coalesce(r.frozen->'series'->'items', '[]')) e(id)
        where e.id <> i.id::text), '{}'))
    from publication p join revision r on r.id = p.revision_id
    join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
    where p.item_id = i.id and p.lang = ${lang} and ${publicNow('p', now)}
    order by p.public_from desc limit 1)`
}

function tombstone(lang: Lang, now: Temporal.Instant) {
  return sql`(select json_build_object('at', w.at, 'reason', w.reason, 'note', w.note,
      'title', (select r.title from publication p join revision r on r.id = p.revision_id
        where p.item_id = i.id and p.lang = ${lang} and ${everPublic('p', now)} order by p.public_from desc limit 1),
      'publishedAt', ${firstPublic(sql`i.id`, sql`${lang}`, now)},
      'replacedBy', (select json_build_object('slug', s.slug, 'title', r.title)
        from publication p join revision r on r.id = p.revision_id
        join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
        where p.item_id = w.replaced_by and p.lang = ${lang} and ${publicNow('p', now)} limit 1))
    from withdrawal w where w.item_id = i.id and w.lang = ${lang})`
}

function answerOf(row: FoundItem, lang: Lang, slug: string): ItemAnswer | undefined {
  const { text } = row
  if (text) return text.slug === slug ? { found: 'item', item: itemOf(row, text, lang) } : { found: 'moved', slug: text.slug }
  if (row.tombstone) {
    if (row.slugLang === lang) return { found: 'gone', tombstone: tombstoneOf(row.tombstone, row.kind) }
    return row.ownSlug === null ? undefined : { found: 'moved', slug: row.ownSlug }
  }
  return row.languages.length > 0 ? { found: 'elsewhere', languages: row.languages } : undefined
}
