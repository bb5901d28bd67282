import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { DateOf } from '#kernel/when/when.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { ItemAnswer, Kind, TextInLanguage, Tombstone } from '#rooms/media/item.ts'
import { languagesOf, nextChangeOf, publicNow } from '#rooms/media/server/public-now.ts'

const WORDS_A_MINUTE = 200

interface FoundText {
  publicFrom: string
  updatedAt: string
  title: string
  teaser: string
  bodyHtml: string
  notesHtml: string
  contents: { id: string; text: string }[]
  wordCount: number
  frozen: Frozen
  slug: string
}

interface FoundRow {
  id: string
  kind: Kind
  originalLang: Lang
  isStarter: boolean
  slugLang: Lang
  isCurrent: boolean
  languages: TextInLanguage[]
  text: FoundText | null
  tombstone: { at: string; reason: Tombstone['reason']; note: string | null; title: string | null; publishedAt: string | null; replacedBy: Tombstone['replacedBy'] } | null
  corrections: { at: string; note: string }[]
  inTranslation: Lang[]
  changesAt: Temporal.Instant | null
}

/** What the address of an item answers at this moment, and the first moment at which it would answer otherwise. */
export interface PublishedItem {
  answer: ItemAnswer
  itemId: string
  changesAt: Temporal.Instant | undefined
}

/**
 * The text that stands at an address now, in ONE statement (one snapshot, one round trip). A draft, an embargoed text
 * and an address that never was are all undefined. A slug of another language or an old one is `moved`.
 */
export async function findPublishedItem(db: ReadDb, lang: Lang, slug: string, now: Temporal.Instant): Promise<PublishedItem | undefined> {
  const { rows } = await sql<FoundRow>`
    with asked as (
      select item_id, lang as slug_lang, is_current from item_slug where slug = ${slug} order by (lang = ${lang}) desc, lang limit 1)
    select i.id, i.kind, i.original_lang, i.is_starter, a.slug_lang, a.is_current,
      ${languagesOf(sql`i.id`, now)} as languages,
      (select json_build_object('publicFrom', p.public_from, 'updatedAt', r.created_at, 'title', r.title, 'teaser', r.teaser,
          'bodyHtml', r.body_html, 'notesHtml', r.notes_html, 'contents', r.contents, 'wordCount', r.word_count, 'frozen', r.frozen, 'slug', s.slug)
        from publication p join revision r on r.id = p.revision_id
        join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
        where p.item_id = i.id and p.lang = ${lang} and ${publicNow('p', now)}
        order by p.public_from desc limit 1) as text,
      (select json_build_object('at', w.at, 'reason', w.reason, 'note', w.note,
          'title', (select r.title from publication p join revision r on r.id = p.revision_id
            where p.item_id = i.id and p.lang = ${lang} and p.public_until > p.public_from order by p.public_from desc limit 1),
          'publishedAt', (select min(p.public_from) from publication p where p.item_id = i.id and p.lang = ${lang} and p.public_until > p.public_from),
          'replacedBy', (select json_build_object('slug', s.slug, 'title', r.title)
            from publication p join revision r on r.id = p.revision_id
            join item_slug s on s.item_id = p.item_id and s.lang = p.lang and s.is_current
            where p.item_id = w.replaced_by and p.lang = ${lang} and ${publicNow('p', now)} limit 1))
        from withdrawal w where w.item_id = i.id and w.lang = ${lang}) as tombstone,
      coalesce((select json_agg(json_build_object('at', c.at, 'note', c.note) order by c.at desc)
        from item_correction c where c.item_id = i.id and c.lang = ${lang} and c.at <= ${now.toString()}::timestamptz), '[]') as corrections,
      coalesce((select json_agg(l.lang order by l.lang) from (select distinct r.lang from revision r where r.item_id = i.id
        and not exists (select 1 from publication q where q.item_id = i.id and q.lang = r.lang and ${publicNow('q', now)})
        and not exists (select 1 from withdrawal w where w.item_id = i.id and w.lang = r.lang)) l), '[]') as in_translation,
      ${nextChangeOf(sql`q.item_id = i.id`, now)} as changes_at
    from asked a join item i on i.id = a.item_id`.execute(db as never)
  const row = rows[0]
  if (!row) return undefined
  const answer = answerOf(row, lang, slug)
  return answer && { answer, itemId: row.id, changesAt: row.changesAt ?? undefined }
}

function answerOf(row: FoundRow, lang: Lang, slug: string): ItemAnswer | undefined {
  if (row.text) return row.text.slug === slug ? { found: 'item', item: itemOf(row, row.text, lang) } : { found: 'moved', slug: row.text.slug }
  if (row.tombstone) return row.slugLang === lang ? { found: 'gone', tombstone: tombstoneOf(row.tombstone, row.kind) } : undefined
  return row.languages.length > 0 ? { found: 'elsewhere', languages: row.languages } : undefined
}

function itemOf(row: FoundRow, text: FoundText, lang: Lang) {
  const { frozen } = text
  return {
    id: row.id, kind: row.kind, lang, slug: text.slug, title: text.title, teaser: text.teaser, bodyHtml: text.bodyHtml, notesHtml: text.notesHtml,
    contents: text.contents, originalLang: row.originalLang, isStarter: row.isStarter, languages: row.languages,
    inTranslation: row.inTranslation,
    when: frozen.when, dateOf: frozen.dateOf as DateOf | null, regions: frozen.regions, signers: frozen.signers,
    issuedBy: frozen.issuedBy, sources: frozen.sources, doubt: frozen.doubt, licence: frozen.licence,
    whenNotStatedBySource: frozen.whenNotStatedBySource,
    corrections: row.corrections.map((c) => ({ at: Temporal.Instant.from(c.at), note: c.note })),
    publicFrom: Temporal.Instant.from(text.publicFrom), updatedAt: Temporal.Instant.from(text.updatedAt),
    minutes: Math.max(1, Math.round(text.wordCount / WORDS_A_MINUTE)),
  }
}

function tombstoneOf(stone: NonNullable<FoundRow['tombstone']>, kind: Kind): Tombstone {
  const isSilent = stone.reason === 'removed_for_safety' // no detail: a title alone may name somebody
  return {
    at: Temporal.Instant.from(stone.at), reason: stone.reason, kind,
    note: isSilent ? null : stone.note, title: isSilent ? null : stone.title,
    publishedAt: isSilent || !stone.publishedAt ? null : Temporal.Instant.from(stone.publishedAt),
    replacedBy: isSilent ? null : stone.replacedBy,
  }
}
