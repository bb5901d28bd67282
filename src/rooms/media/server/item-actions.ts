import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { RevisionTable } from '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { RENDERER, renderMarkdown } from '#kernel/words/markdown.ts'
import { type Frozen, type Words, canonicalText } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import { hashesOf } from '#rooms/media/shown.ts'
import { noteInLibrary } from '#rooms/media/server/library-row-actions.ts'
import { type Following, noteFollowed } from '#rooms/media/server/translation-actions.ts'
import { obstacleToSlug, slugOf } from '#rooms/media/slug.ts'

export interface NewItem {
  kind: Kind
  originalLang: Lang
  isStarter?: boolean
  /** Where it comes from and its key there: the same page imported twice is the same item. */
  origin?: { source: string; key: string }
  /** Who answers for it, and the organisation that writes it. */
  keptBy?: string
  writtenIn?: string
}

export async function createItem(tx: Tx, item: NewItem, actor: string, now: Temporal.Instant): Promise<string> {
  const id = newId()
  await tx.insertInto('item').values({
    id, kind: item.kind, originalLang: item.originalLang, createdAt: now, isStarter: item.isStarter ?? false,
    source: item.origin?.source ?? null, sourceKey: item.origin?.key ?? null, keptBy: item.keptBy ?? null, writtenIn: item.writtenIn ?? null,
  }).execute()
  await record(tx, { actor, act: 'create-item', subject: `item:${id}`, detail: { kind: item.kind } }, now)
  return id
}

/** What people agree to: SHA-256 over all that a revision shows. */
export function hashOf(kind: Kind, lang: Lang, words: Words, frozen: Frozen): string {
  return createHash('sha256').update(canonicalText(kind, lang, words, frozen)).digest('hex')
}

export interface SavedRevision {
  revisionId: string
  /** False when the newest revision already says exactly this: then nothing was written. */
  isNew: boolean
}

/**
 * Saves a text as a new revision, unless nothing changed. A reader sees no difference: only `publishRevision` moves
 * what is public. The item's row is locked, so that two savers get two numbers.
 * @param following what a translation is said to follow; left out, it follows what it did
 */
export async function saveRevision(
  tx: Tx, itemId: string, lang: Lang, words: Words, frozen: Frozen, actor: string, now: Temporal.Instant, following?: Following,
): Promise<SavedRevision> {
  const item = await lockItem(tx, itemId)
  if (!item) throw new Error(`there is no item ${itemId} to save a text of`)
  const hash = hashOf(item.kind, lang, words, frozen)
  const latest = await tx.selectFrom('revision').select(['id', 'number', 'hash'])
    .where('itemId', '=', itemId).where('lang', '=', lang).orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (latest?.hash === hash) return { revisionId: latest.id, isNew: false }
  const id = newId()
  await writeRevision(tx, { id, itemId, lang, number: (latest?.number ?? 0) + 1, createdAt: now, createdBy: actor, words, frozen, hash })
  if (lang !== item.originalLang) await noteFollowed(tx, id, latest?.id, following, actor, now)
  await record(tx, { actor, act: 'save-revision', subject: `item:${itemId}`, detail: { lang, revisionId: id, hash } }, now)
  return { revisionId: id, isNew: true }
}

export type RevisionToWrite =
  & Pick<RevisionTable, 'id' | 'itemId' | 'lang' | 'number' | 'createdAt' | 'createdBy' | 'frozen' | 'hash'>
  & { words: Words }

/** A revision's row with all that is made of its words, and the files that it shows, which must be named before. */
export async function writeRevision(tx: Tx, { words, ...revision }: RevisionToWrite): Promise<void> {
  const { html, notes, contents } = await renderMarkdown(words.bodyMarkdown, revision.lang)
  await tx.insertInto('revision').values({
    ...revision, ...words, bodyHtml: html, notesHtml: notes, contents: JSON.stringify(contents), wordCount: words.bodyMarkdown.split(/\s+/).length, renderer: RENDERER,
  }).execute()
  const shown = hashesOf(revision.frozen)
  if (shown.length > 0) await tx.insertInto('revisionBlob').values(shown.map((hash) => ({ revisionId: revision.id, hash }))).execute()
  await noteInLibrary(tx, { itemId: revision.itemId, lang: revision.lang, title: words.title, frozen: revision.frozen, by: revision.createdBy }, revision.createdAt)
  await noteDraft(tx, revision.itemId, revision.lang)
}

/**
 * Whether the newest text of a language is a draft: readers do not see it, nor will they at an hour to come, and the text was
 * not withdrawn. To be called by every act that writes a revision, a publication or a withdrawal, with the item locked.
 */
export async function noteDraft(tx: Tx, itemId: string, lang: Lang): Promise<void> {
  await sql`merge into draft d using (select ${itemId}::uuid as item_id, ${lang}::text as lang, (
      select r.id from (select id from revision where item_id = ${itemId} and lang = ${lang} order by number desc limit 1) r
      where not exists (select from publication p where p.item_id = ${itemId} and p.lang = ${lang} and p.revision_id = r.id and p.public_until is null)
        and not exists (select from withdrawal w where w.item_id = ${itemId} and w.lang = ${lang})) as open_id) s
    on d.item_id = s.item_id and d.lang = s.lang
    when matched and s.open_id is null then delete
    when matched then update set revision_id = s.open_id
    when not matched and s.open_id is not null then insert (item_id, lang, revision_id) values (s.item_id, s.lang, s.open_id)`.execute(tx)
}

/**
 * Gives a text its address in a language, unless it has one. Returns the slug that it has: where another item holds the
 * wished one, a number is added.
 */
export async function giveSlug(
  tx: Tx, itemId: string, lang: Lang, wished: string, now: Temporal.Instant,
): Promise<string> {
  const base = obstacleToSlug(wished) ? slugOf(wished) : wished
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`
    // Nothing happens when the slug is taken, and when the item has one already: whoever comes second finds it.
    const given = await tx.insertInto('itemSlug').values({ lang, slug, itemId, isCurrent: true, since: now })
      .onConflict((oc) => oc.doNothing()).returning('slug').executeTakeFirst()
    if (given) return given.slug
    const current = await tx.selectFrom('itemSlug').select('slug')
      .where('itemId', '=', itemId).where('lang', '=', lang).where('isCurrent', '=', true).executeTakeFirst()
    if (current) return current.slug
  }
}

export type ObstacleToRenaming = 'reserved' | 'malformed' | 'taken'

/** A new address; the old one sends on for ever and is never another item's. */
export async function renameSlug(
  tx: Tx, itemId: string, lang: Lang, slug: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToRenaming | null> {
  const obstacle = obstacleToSlug(slug)
  if (obstacle) return obstacle
  await lockItem(tx, itemId)
  const holder = await tx.selectFrom('itemSlug').select('itemId')
    .where('lang', '=', lang).where('slug', '=', slug).executeTakeFirst()
  if (holder && holder.itemId !== itemId) return 'taken'
  await tx.updateTable('itemSlug').set({ isCurrent: false })
    .where('itemId', '=', itemId).where('lang', '=', lang).execute()
  await tx.insertInto('itemSlug').values({ lang, slug, itemId, isCurrent: true, since: now })
    .onConflict((oc) => oc.columns(['lang', 'slug']).doUpdateSet({ isCurrent: true })).execute()
  await record(tx, { actor, act: 'rename-slug', subject: `item:${itemId}`, detail: { lang } }, now)
  await announceItem(tx, itemId)
  return null
}

/** Locks the item's row, so that all who change one item take turns. */
export function lockItem(tx: Tx, itemId: string) {
  return tx.selectFrom('item').select(['id', 'kind', 'createdAt', 'isStarter', 'originalLang', 'keptBy', 'writtenIn']).where('id', '=', itemId).forUpdate().executeTakeFirst()
}

/** Everything that shows the item: its pages, and the lists of each language that it is in. */
export async function announceItem(tx: Tx, itemId: string): Promise<void> {
  const langs = await tx.selectFrom('publication').select('lang').distinct().where('itemId', '=', itemId).execute()
  await announce(tx, [`item:${itemId}`, ...langs.map(({ lang }) => `list:media:${lang}`)])
}
