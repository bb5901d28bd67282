import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Frozen, Words } from '#rooms/media/frozen.ts'
import type { PressPage } from '#rooms/media/import/press-page.ts'
import { revisionOf } from '#rooms/media/import/reading.ts'
import { besideNote } from '#rooms/media/server/incoming-actions.ts'
import { createItem, giveSlug, hashOf, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'

const SOURCE = 'press-page'
const KIND = 'statement'

export interface Importing {
  page: PressPage
  lang: Lang
  publish: boolean
  zone: string
  /** The item whose text in another language this is, as `--same-item` says. */
  sameAs?: string
}

export interface Imported {
  itemId: string
  slug: string
  /** `beside`: it changed there and here, and what came is a draft of its own. */
  what: 'new' | 'changed' | 'unchanged' | 'withdrawn' | 'beside'
  /** Whether this import put it before readers. */
  isPublished: boolean
  warnings: string[]
}

/**
 * One page, one item, known again by its language, title and printed date: the same file twice changes nothing, not even
 * what an editor wrote since; a changed page is a new revision, or a draft beside where an editor wrote too; and what was
 * withdrawn is never revived.
 */
export async function importPressPage(
  tx: Tx, { page, lang, publish, zone, sameAs }: Importing, actor: string, now: Temporal.Instant,
): Promise<Imported> {
  const { words, frozen, warnings } = revisionOf(page)
  const key = createHash('sha256').update(JSON.stringify([lang, page.title, page.when])).digest('hex')
  // Two imports of one page at once take turns; else the second would fail on the first one's key.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${SOURCE}:${key}`}, 0))`.execute(tx)
  const known = await findItem(tx, key)
  const item = { kind: KIND, originalLang: lang, origin: { source: SOURCE, key } } as const
  const itemId = known?.id ?? sameAs ?? (await createItem(tx, item, actor, now))
  if (!known && sameAs !== undefined) {
    // Its own key leads to the item from now on, whichever of its languages made it.
    await tx.insertInto('importedText').values({ source: SOURCE, key, itemId, lang, seen: key, revisionId: null, importedAt: now }).execute()
  }
  const slug = await giveSlug(tx, itemId, lang, slugOf(page.title), now)
  if (known && (await isWithdrawn(tx, itemId, lang))) {
    warnings.push('it was withdrawn here and stays withdrawn')
    return { itemId, slug, what: 'withdrawn', isPublished: false, warnings }
  }
  const hash = hashOf(KIND, lang, words, frozen)
  const imported = known && (await findRevision(tx, itemId, lang, hash))
  if (known && !imported && (await isTouched(tx, itemId, lang, key))) {
    return keepBeside(tx, { title: page.title, lang, key, hash, words, frozen, itsSlug: slug, warnings }, actor, now)
  }
  const revisionId = imported ?? (await saveRevision(tx, itemId, lang, words, frozen, actor, now)).revisionId
  const what = known === undefined ? 'new' : imported ? 'unchanged' : 'changed'
  if (what === 'changed') await remember(tx, { key, itemId, lang, seen: hash, revisionId }, now)
  const wasOut = imported !== undefined && (await wasPublished(tx, itemId, lang))
  if (!publish || wasOut) return { itemId, slug, what, isPublished: false, warnings }
  const outcome = await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, actor, now)
  if (!outcome.published) warnings.push(`it was not published: ${outcome.obstacle}`)
  return { itemId, slug, what, isPublished: outcome.published, warnings }
}

/** Whether people wrote here since the import: its newest revision is neither the first one nor the one that was imported last. */
async function isTouched(tx: Tx, itemId: string, lang: Lang, key: string): Promise<boolean> {
  const newest = await tx.selectFrom('revision').select(['id', 'number']).where('itemId', '=', itemId).where('lang', '=', lang)
    .orderBy('number', 'desc').limit(1).executeTakeFirst()
  const last = await tx.selectFrom('importedText').select('revisionId').where('source', '=', SOURCE).where('key', '=', key).executeTakeFirst()
  if (!newest) return false
  return last?.revisionId ? newest.id !== last.revisionId : newest.number !== 1
}

/** Which revision came last of a page that changed; of one that never did it is the first one. */
async function remember(tx: Tx, row: { key: string; itemId: string; lang: Lang; seen: string; revisionId: string }, now: Temporal.Instant): Promise<void> {
  await tx.insertInto('importedText').values({ source: SOURCE, ...row, importedAt: now })
    .onConflict((conflict) => conflict.columns(['source', 'key']).doUpdateSet({ seen: row.seen, revisionId: row.revisionId, importedAt: now })).execute()
}

interface Beside { title: string; lang: Lang; key: string; hash: string; words: Words; frozen: Frozen; itsSlug: string; warnings: string[] }

async function keepBeside(tx: Tx, { title, lang, key, hash, words, frozen, itsSlug, warnings }: Beside, actor: string, now: Temporal.Instant): Promise<Imported> {
  const origin = { source: SOURCE, key: `${key} beside ${hash}` }
  const before = await tx.selectFrom('item').select('id').where('source', '=', origin.source).where('sourceKey', '=', origin.key).executeTakeFirst()
  const itemId = before?.id ?? (await createItem(tx, { kind: KIND, originalLang: lang, origin }, actor, now))
  const slug = await giveSlug(tx, itemId, lang, slugOf(title), now)
  if (!before) await saveRevision(tx, itemId, lang, words, frozen, actor, now)
  warnings.push(besideNote(lang, slug, itsSlug))
  return { itemId, slug, what: before ? 'unchanged' : 'beside', isPublished: false, warnings }
}

/** The item that this page made, or that it joined as another language. */
async function findItem(tx: Tx, key: string): Promise<{ id: string } | undefined> {
  const joined = await tx.selectFrom('importedText').select('itemId as id').where('source', '=', SOURCE).where('key', '=', key).executeTakeFirst()
  return joined ?? tx.selectFrom('item').select('id').where('source', '=', SOURCE).where('sourceKey', '=', key).executeTakeFirst()
}

async function findRevision(tx: Tx, itemId: string, lang: Lang, hash: string): Promise<string | undefined> {
  const row = await tx.selectFrom('revision').select('id').where('itemId', '=', itemId).where('lang', '=', lang)
    .where('hash', '=', hash).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row?.id
}

async function wasPublished(tx: Tx, itemId: string, lang: Lang): Promise<boolean> {
  const row = await tx.selectFrom('publication').select('id')
    .where('itemId', '=', itemId).where('lang', '=', lang).limit(1).executeTakeFirst()
  return row !== undefined
}
