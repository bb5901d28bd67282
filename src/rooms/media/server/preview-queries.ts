import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type FoundItem, itemOf } from '#rooms/media/found-item.ts'
import type { ItemPage, Signer } from '#rooms/media/item.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { isBarred, firstPublic, languagesOf, nextChangeOf, publicNow, shownNow } from '#rooms/media/server/public-now-queries.ts'
import { listSigningNow } from '#rooms/media/server/signing-as-agreed-actions.ts'
import { topicsOf } from '#rooms/media/server/topic-queries.ts'
import { slugOf } from '#rooms/media/slug.ts'

export interface Previewed {
  item: ItemPage
  /** Readers see exactly this now. */
  isPublic: boolean
}

/** Names organisations as they are called now, and leaves out who does not agree to be shown: another room knows. */
export type NameShown = (db: ReadDb, organisationIds: readonly string[], lang: Lang) => Promise<Signer[]>

/** Words that stand in the place of the saved ones. */
export interface OtherWords { title: string; teaser: string; bodyMarkdown: string; html: string; notes: string; contents: { id: string; text: string }[] }

/**
 * The newest text of a language as its page would be at this moment if it were published: the pictures that may be shown, the other
 * languages and the related texts that readers find, and the names of who agreed to exactly these words. For whoever may read it at the
 * desk, which the caller asks. Undefined where nothing was saved.
 */
export async function findPreview(db: ReadDb, itemId: string, lang: Lang, now: Temporal.Instant, nameShown: NameShown, other?: OtherWords): Promise<Previewed | undefined> {
  if (!isId(itemId)) return undefined
  const { rows: [row] } = await sql<FoundItem & { isPublic: boolean }>`
    select i.id, i.kind, i.original_lang, i.is_starter, r.lang as slug_lang,
      (select s.slug from item_slug s where s.item_id = i.id and s.lang = r.lang and s.is_current) as own_slug,
      ${languagesOf(sql`i.id`, now)} as languages, null as tombstone,
      coalesce((select json_agg(json_build_object('at', c.at, 'note', c.note) order by c.at desc)
        from item_correction c where c.item_id = i.id and c.lang = r.lang), '[]') as corrections,
      coalesce(here.revision_id = r.id, false) as is_public,
      json_build_object(
        'publicFrom', coalesce(${firstPublic(sql`i.id`, sql`r.lang`, now)}, ${now.toString()}::timestamptz),
        'updatedAt', case when here.revision_id = r.id then here.public_from else ${now.toString()}::timestamptz end,
        'title', r.title, 'teaser', r.teaser, 'bodyHtml', r.body_html, 'notesHtml', r.notes_html, 'contents', r.contents, 'wordCount', r.word_count,
        'frozen', ${shownNow(sql`r.frozen`, sql`i.id`, now)}, 'slug', '', 'topics', ${topicsOf(sql`r.frozen`)},
        'inTranslation', coalesce((select json_agg(distinct w.lang) from revision w where w.item_id = i.id and w.lang <> r.lang
          and not exists (select from publication q where q.item_id = i.id and q.lang = w.lang and ${publicNow('q', now)})
          and not exists (select from withdrawal x where x.item_id = i.id and x.lang = w.lang)), '[]'),
        'beside', coalesce((select json_object_agg(e.id, json_build_object(
            'languages', ${languagesOf(sql`e.id::uuid`, now)}, 'changesAt', ${nextChangeOf(sql`q.item_id = e.id::uuid`, now)}))
          from jsonb_array_elements_text(coalesce(r.frozen->'related', '[]') || coalesce(r.frozen->'series'->'items', '[]')) e(id)
          where e.id <> i.id::text), '{}')) as text
    from item i
    join lateral (select * from revision a where a.item_id = i.id and a.lang = ${lang} order by a.number desc limit 1) r on true
    left join lateral (select p.revision_id, p.public_from from publication p where p.item_id = i.id and p.lang = r.lang and ${publicNow('p', now)} order by p.public_from desc limit 1) here on true
    where i.id = ${itemId}`.execute(db as never)
  if (!row?.text) return undefined
  const words = other && { title: other.title, teaser: other.teaser, bodyHtml: other.html, notesHtml: other.notes, contents: other.contents, wordCount: other.bodyMarkdown.split(/\s+/).length }
  const isPublic = row.isPublic && other === undefined
  const { frozen } = row.text
  const signers = isPublic ? frozen.signers : await signersNow(db, itemId, { lang, originalLang: row.originalLang }, frozen.signers, now, nameShown, other)
  const text = { ...row.text, ...words, frozen: { ...frozen, signers }, slug: row.ownSlug ?? slugOf(words?.title ?? row.text.title) }
  const own = { lang, slug: text.slug, title: text.title }
  const languages = [...row.languages.filter((one) => one.lang !== lang), own].toSorted((a, b) => (a.lang < b.lang ? -1 : 1))
  return { item: itemOf({ ...row, languages }, text, lang), isPublic }
}

/** Who would sign it at this moment: no organisation stands under words that it did not agree to. */
async function signersNow(db: ReadDb, itemId: string, at: { lang: Lang; originalLang: Lang }, frozen: Signer[], now: Temporal.Instant, nameShown: NameShown, other?: OtherWords): Promise<Signer[]> {
  const own = frozen.filter(({ organisationId }) => organisationId === null)
  if (other) return own
  const signing = await listSigningNow(db, itemId, at.lang, at.originalLang, now)
  if (signing === 'unasked') return frozen
  if (signing === 'waits-for-signers') return own
  const waited = at.lang === at.originalLang ? [] : await listClaimersWaitedFor(db, itemId, at.lang)
  return [...own, ...(await nameShown(db, signing.filter((id) => !waited.includes(id)), at.lang))]
}

/** Whether the newest text of a language shows this file, and the people in it agree to its being shown. */
export async function isInPreview(db: ReadDb, itemId: string, lang: Lang, hash: string, now: Temporal.Instant): Promise<boolean> {
  if (!isId(itemId)) return false
  const { rows } = await sql<{ isShown: boolean }>`select exists (
    select from revision_blob b where b.hash = ${hash} and not ${isBarred(sql`b.hash`, sql`${itemId}::uuid`, now)}
      and b.revision_id = (select r.id from revision r where r.item_id = ${itemId} and r.lang = ${lang} order by r.number desc limit 1)) as is_shown`.execute(db as never)
  return rows[0]!.isShown
}
