import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type Frozen, NOTHING_FROZEN, type Words } from '#rooms/media/frozen.ts'
import type { IncomingText } from '#rooms/media/import/incoming.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { recordRedirect } from '#rooms/media/server/redirect-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'

export interface BringingIn {
  text: IncomingText
  /** Told by the source, by its words or by the operator. */
  lang: Lang
  /** Keys of topics that its labels stand for. */
  topics: string[]
  /** What it shows beside its words: files that were found and are kept already. */
  shown: Pick<Frozen, 'picture' | 'files'> & { pictureId: string | null }
  /** `seenOf` all that was read there. */
  seen: string
  publish: boolean
  zone: string
}

/**
 * One hash over all that was read of a text, to know it again.
 * @param files SHA-256 of each file that it shows and that was found
 */
export function seenOf({ kind, title, teaser, bodyMarkdown, when, byline }: IncomingText, topics: string[], files: string[]): string {
  return createHash('sha256').update(JSON.stringify([kind, title, teaser, bodyMarkdown, when, byline, [...topics].sort(), files])).digest('hex')
}

/** Whether a text of a source was read in exactly this form before. */
export async function wasSeen(db: ReadDb, { source, key }: IncomingText, seen: string): Promise<boolean> {
  const row = await db.selectFrom('importedText').select('key').where('source', '=', source).where('key', '=', key).where('seen', '=', seen).executeTakeFirst()
  return row !== undefined
}

/** Whether a text of a source was read before, in whatever form. */
export async function isKnown(db: ReadDb, { source, key }: IncomingText): Promise<boolean> {
  return (await db.selectFrom('importedText').select('key').where('source', '=', source).where('key', '=', key).executeTakeFirst()) !== undefined
}

export interface BroughtIn {
  itemId: string
  slug: string
  /** `beside`: it changed there and here; what came stands as a draft of its own, and nothing that people wrote was touched. */
  what: 'new' | 'changed' | 'unchanged' | 'withdrawn' | 'beside'
  isPublished: boolean
  notes: string[]
}

/**
 * One text of another program, known again by its source and its key there. The same content changes nothing; what
 * changed there is a new revision; what changed there and here is a draft beside it; and what was withdrawn here is
 * never revived.
 */
export async function bringIn(tx: Tx, bringing: BringingIn, actor: string, now: Temporal.Instant): Promise<BroughtIn> {
  const { text, lang } = bringing
  const { source, key } = text
  // Two imports of one item at once take turns; else the second would fail on the first one's key.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${source}:${text.group ?? key}`}, 0))`.execute(tx)
  const known = await tx.selectFrom('importedText').select(['itemId', 'lang', 'seen', 'revisionId'])
    .where('source', '=', source).where('key', '=', key).executeTakeFirst()
  const notes = [...text.leftOut]
  if (text.state === 'draft') notes.push('it is no public text there: it comes as a draft')
  if (known && known.lang !== lang) notes.push(`its language was ${known.lang} at the first import and stays so`)
  const where = { itemId: known?.itemId ?? (await itemOf(tx, bringing, actor, now)), lang: known?.lang ?? lang }
  const slug = await giveSlug(tx, where.itemId, where.lang, text.slug || slugOf(text.title), now)
  if (await isWithdrawn(tx, where.itemId, where.lang)) {
    notes.push('it was withdrawn here and stays withdrawn')
    return { ...where, slug, what: 'withdrawn', isPublished: false, notes }
  }
  const { words, frozen } = contentOf(bringing)
  const { seen } = bringing
  const latest = await latestRevision(tx, where.itemId, where.lang)
  if (known && known.seen !== seen && latest !== known.revisionId) return keepBeside(tx, bringing, where, { slug, notes }, actor, now)
  const isSame = known?.seen === seen
  // A second post of one language in one group: the first one is that language's text.
  if (!known && latest !== undefined) return keepBeside(tx, bringing, where, { slug, notes }, actor, now)
  const revisionId = isSame ? known.revisionId : (await saveRevision(tx, where.itemId, where.lang, words, frozen, actor, now)).revisionId
  if (!isSame) await remember(tx, text, { ...where, seen, revisionId }, now)
  notes.push(...(await leadOldAddresses(tx, text.oldAddresses, where, actor, now)))
  const what = known === undefined ? 'new' : isSame ? 'unchanged' : 'changed'
  const isPublished = await publishIt(tx, bringing, where, revisionId, notes, actor, now)
  return { ...where, slug, what, isPublished, notes }
}

type Where = { itemId: string; lang: Lang }

/** The item that the languages of one text share; made at the first of them. */
async function itemOf(tx: Tx, { text, lang }: BringingIn, actor: string, now: Temporal.Instant): Promise<string> {
  const key = text.group ?? text.key
  const found = await tx.selectFrom('item').select('id').where('source', '=', text.source).where('sourceKey', '=', key).executeTakeFirst()
  return found?.id ?? createItem(tx, { kind: text.kind, originalLang: lang, origin: { source: text.source, key } }, actor, now)
}

function contentOf({ text, topics, shown }: BringingIn): { words: Words; frozen: Frozen } {
  const { title, teaser, bodyMarkdown, when, byline } = text
  const frozen: Frozen = {
    ...NOTHING_FROZEN, when, dateOf: when === '' ? null : 'published', whenNotStatedBySource: when === '', topics: [...topics].sort(),
    pictureId: shown.pictureId, ...(shown.picture && { picture: shown.picture }), ...(shown.files?.length && { files: shown.files }),
    ...(byline && { byline }),
  }
  return { words: { title, teaser, bodyMarkdown }, frozen }
}

async function latestRevision(tx: Tx, itemId: string, lang: Lang): Promise<string | undefined> {
  const row = await tx.selectFrom('revision').select('id').where('itemId', '=', itemId).where('lang', '=', lang)
    .orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row?.id
}

async function remember(
  tx: Tx, { source, key }: IncomingText, row: Where & { seen: string; revisionId: string | null }, now: Temporal.Instant,
): Promise<void> {
  await tx.insertInto('importedText').values({ source, key, ...row, importedAt: now })
    .onConflict((conflict) => conflict.columns(['source', 'key']).doUpdateSet({ seen: row.seen, revisionId: row.revisionId, importedAt: now })).execute()
}

export const besideNote = (lang: Lang, slug: string, itsSlug: string) =>
  `it changed there and here: what came is a draft at /${lang}/media/${slug}, beside /${lang}/media/${itsSlug}, which stays as people wrote it`

/** What came is a draft of its own. The original's revision is remembered as it was: the next change there stands beside it too. */
async function keepBeside(
  tx: Tx, bringing: BringingIn, original: Where, about: { slug: string; notes: string[] }, actor: string, now: Temporal.Instant,
): Promise<BroughtIn> {
  const { text, seen } = bringing
  const { slug: itsSlug, notes } = about
  const origin = { source: text.source, key: `${text.key} beside ${seen}` }
  const before = await tx.selectFrom('item').select('id').where('source', '=', origin.source).where('sourceKey', '=', origin.key).executeTakeFirst()
  const itemId = before?.id ?? (await createItem(tx, { kind: text.kind, originalLang: original.lang, origin }, actor, now))
  const slug = await giveSlug(tx, itemId, original.lang, slugOf(text.title), now)
  if (!before) {
    const { words, frozen } = contentOf(bringing)
    await saveRevision(tx, itemId, original.lang, words, frozen, actor, now)
  }
  notes.push(besideNote(original.lang, slug, itsSlug))
  return { itemId, slug, what: before ? 'unchanged' : 'beside', isPublished: false, notes }
}

const WHY_NOT_LED = {
  taken: 'leads to another text already', 'answers-itself': 'is an address of this site', 'not-our-page': 'cannot be led', 'no-old-address': 'is no address of a page',
}

async function leadOldAddresses(tx: Tx, addresses: string[], target: Where, actor: string, now: Temporal.Instant): Promise<string[]> {
  const notes: string[] = []
  for (const address of new Set(addresses)) {
    const obstacle = await recordRedirect(tx, address, { itemId: target.itemId, lang: target.lang }, actor, now)
    if (obstacle) notes.push(`its old address ${address} ${WHY_NOT_LED[obstacle]}`)
  }
  return notes
}

/** An operator's act: only with `--publish`, only what was public there, and never twice the same. */
async function publishIt(
  tx: Tx, { text, publish, zone }: BringingIn, { itemId, lang }: Where, revisionId: string | null, notes: string[], actor: string, now: Temporal.Instant,
): Promise<boolean> {
  if (!publish || text.state === 'draft' || revisionId === null || revisionId !== (await latestRevision(tx, itemId, lang))) return false
  const planned = text.state === 'scheduled' ? text.publicFrom : undefined
  const from = planned && Temporal.Instant.compare(planned, now) > 0 ? planned : now
  const was = await tx.selectFrom('publication').select('id').where('revisionId', '=', revisionId).limit(1).executeTakeFirst()
  if (was) return false
  const outcome = await publishRevision(tx, { itemId, lang, revisionId, from, zone }, actor, now)
  if (!outcome.published) notes.push(`it was not published: ${outcome.obstacle}`)
  return outcome.published
}
