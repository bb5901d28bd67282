import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { ExportedRedirects, ExportedTopics } from '#rooms/media/export/exported-item.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'

/** `publicAt`: only what readers see at that moment. */
export interface ExportScope {
  publicAt: Temporal.Instant | null
}

const MANY = 100

/** Ids of items after another, in their order; some at a time, for there may be many. */
export async function listItemIds(db: ReadDb, after: string | null, { publicAt }: ExportScope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select i.id from item i where ${after === null ? sql`true` : sql`i.id > ${after}`}
    and ${publicAt === null ? sql`true` : sql`exists (select from publication p where p.item_id = i.id and ${publicNow('p', publicAt)})`}
    order by i.id limit ${sql.lit(MANY)}`.execute(db as never)
  return rows.map(({ id }) => id)
}

export function readItem(db: ReadDb, id: string) {
  return db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Texts as they were saved, oldest first; of what is public that one alone. */
export function listRevisions(db: ReadDb, itemId: string, { publicAt }: ExportScope) {
  const query = db.selectFrom('revision as r').select(['r.id', 'r.lang', 'r.number', 'r.createdAt', 'r.createdBy', 'r.title', 'r.teaser', 'r.bodyMarkdown', 'r.frozen', 'r.hash'])
    .where('r.itemId', '=', itemId).orderBy('r.lang').orderBy('r.number')
  if (publicAt === null) return query.execute()
  return query.where(sql<boolean>`exists (select from publication p where p.revision_id = r.id and ${publicNow('p', publicAt)})`).execute()
}

/** Whether readers see it: of an item that they do not see, not even its id may be told. */
export async function listSeen(db: ReadDb, ids: readonly string[], now: Temporal.Instant): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select distinct p.item_id as id from publication p where p.item_id = any(${ids}::uuid[]) and ${publicNow('p', now)}`.execute(db as never)
  return new Set(rows.map((row) => row.id))
}

/** What else belongs to an item. */
export async function readBeside(db: ReadDb, itemId: string, { publicAt }: ExportScope) {
  const slugs = await db.selectFrom('itemSlug').select(['lang', 'slug', 'isCurrent', 'since']).where('itemId', '=', itemId).orderBy('lang').orderBy('since').orderBy('slug').execute()
  const publications = await db.selectFrom('publication as p')
    .select(['p.id', 'p.lang', 'p.revisionId', 'p.publicFrom', 'p.publicUntil', 'p.publishedBy', 'p.createdAt', 'p.sortDay', 'p.fromDay', 'p.toDay', 'p.inTranslation'])
    .where('p.itemId', '=', itemId).where(publicAt === null ? sql<boolean>`true` : publicNow('p', publicAt)).orderBy('p.lang').orderBy('p.publicFrom').orderBy('p.createdAt').execute()
  const corrections = await db.selectFrom('itemCorrection').select(['id', 'lang', 'at', 'note']).where('itemId', '=', itemId).orderBy('lang').orderBy('at').orderBy('id').execute()
  const withdrawals = await db.selectFrom('withdrawal').select(['id', 'lang', 'at', 'withdrawnBy', 'reason', 'note', 'replacedBy']).where('itemId', '=', itemId).orderBy('lang').execute()
  const redirects = await db.selectFrom('redirect').select(['address', 'lang', 'createdAt']).where('itemId', '=', itemId).orderBy('address').execute()
  const imported = await db.selectFrom('importedText').select(['source', 'key', 'lang', 'seen', 'revisionId', 'importedAt']).where('itemId', '=', itemId).orderBy('source').orderBy('key').execute()
  const decided = await db.selectFrom('starterDecision').select(['decision', 'decidedAt', 'decidedBy']).where('itemId', '=', itemId).executeTakeFirst()
  return { slugs, publications, corrections, withdrawals, imported, starterDecision: decided ?? null, redirects: redirects.map((one) => ({ ...one, lang: one.lang! })) }
}

export async function readTopics(db: ReadDb): Promise<ExportedTopics> {
  const topics = await db.selectFrom('topic').selectAll().orderBy('key').execute()
  const names = await db.selectFrom('topicText').selectAll().orderBy('lang').execute()
  return topics.map((topic) => ({ ...topic, names: Object.fromEntries(names.filter(({ topicId }) => topicId === topic.id).map(({ lang, name }) => [lang, name])) }))
}

export async function readSiteRedirects(db: ReadDb): Promise<ExportedRedirects> {
  const rows = await db.selectFrom('redirect').select(['address', 'ownPath', 'createdAt']).where('ownPath', 'is not', null).orderBy('address').execute()
  return rows.map((row) => ({ ...row, ownPath: row.ownPath! }))
}

/** How a text stands for readers, in a word for who browses an export. */
export async function stateOf(db: ReadDb, { itemId, lang, id }: { itemId: string; lang: string; id: string }, now: Temporal.Instant): Promise<string> {
  const { rows } = await sql<{ isPublic: boolean; olderIsPublic: boolean; isWithdrawn: boolean; waits: Temporal.Instant | null }>`select
    exists (select from publication p where p.revision_id = ${id} and ${publicNow('p', now)}) as is_public,
    exists (select from publication p where p.item_id = ${itemId} and p.lang = ${lang} and p.revision_id <> ${id} and ${publicNow('p', now)}) as older_is_public,
    exists (select from withdrawal w where w.item_id = ${itemId} and w.lang = ${lang}) as is_withdrawn,
    (select min(p.public_from) from publication p where p.item_id = ${itemId} and p.lang = ${lang} and p.public_from > ${now.toString()}::timestamptz
      and (p.public_until is null or p.public_until > p.public_from)) as waits`.execute(db as never)
  const { isPublic, olderIsPublic, isWithdrawn, waits } = rows[0]!
  if (isWithdrawn) return 'withdrawn'
  return [isPublic ? 'public' : olderIsPublic ? 'draft; readers see an older text' : 'draft', ...(waits ? [`waits for ${waits.toString()}`] : [])].join(', ')
}
