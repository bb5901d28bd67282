import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { PressPage } from '#rooms/media/import/press-page.ts'
import { revisionOf } from '#rooms/media/import/reading.ts'
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
  what: 'new' | 'changed' | 'unchanged' | 'withdrawn'
  /** Whether this import put it before readers. */
  isPublished: boolean
  warnings: string[]
}

/**
 * One page, one item, known again by its language, title and printed date: the same file twice changes nothing, not even
 * what an editor wrote since; a changed page is a new revision; and what was withdrawn is never revived.
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
  const imported = known && (await findRevision(tx, itemId, lang, hashOf(KIND, lang, words, frozen)))
  const revisionId = imported ?? (await saveRevision(tx, itemId, lang, words, frozen, actor, now)).revisionId
  const what = known === undefined ? 'new' : imported ? 'unchanged' : 'changed'
  const wasOut = imported !== undefined && (await wasPublished(tx, itemId, lang))
  if (!publish || wasOut) return { itemId, slug, what, isPublished: false, warnings }
  const outcome = await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, actor, now)
  if (!outcome.published) warnings.push(`it was not published: ${outcome.obstacle}`)
  return { itemId, slug, what, isPublished: outcome.published, warnings }
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
