import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Frozen, Words } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'

/** The newest text of one language, and what readers have of it. */
export interface DeskText {
  lang: Lang
  revisionId: string
  number: number
  title: string
  hash: string
  savedAt: Temporal.Instant
  /** A person's id, or what is no person (`operator`, `system`). */
  savedBy: string
  /** Its address; null until it was given one. */
  slug: string | null
  /** What readers see now; null for nothing. */
  publicRevisionId: string | null
  publicFrom: Temporal.Instant | null
  /** What they will see, and from when; null where nothing is to go out. */
  waitingRevisionId: string | null
  waitingFrom: Temporal.Instant | null
  isWithdrawn: boolean
}

/** An item as the desk sees it, drafts and all. */
export interface DeskItem {
  id: string
  kind: Kind
  originalLang: Lang
  createdAt: Temporal.Instant
  isStarter: boolean
  keptBy: string | null
  writtenIn: string | null
  /** The first language first, then by tag. */
  texts: DeskText[]
}

/** For whoever may read it at the desk, which the caller asks `mayRead`. */
export async function findDeskItem(db: ReadDb, itemId: string, now: Temporal.Instant): Promise<DeskItem | undefined> {
  if (!isId(itemId)) return undefined
  const item = await db.selectFrom('item').select(['id', 'kind', 'originalLang', 'createdAt', 'isStarter', 'keptBy', 'writtenIn']).where('id', '=', itemId).executeTakeFirst()
  return item && { ...item, texts: (await listDeskTexts(db, [item.id], now)).get(item.id)! }
}

/** The texts of several items, by item: the first language of each first, then by tag. */
export async function listDeskTexts(db: ReadDb, itemIds: readonly string[], now: Temporal.Instant): Promise<Map<string, DeskText[]>> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<DeskText & { itemId: string }>`
    select r.item_id, r.lang, r.id as revision_id, r.number, r.title, r.hash, r.created_at as saved_at, r.created_by as saved_by,
      (select s.slug from item_slug s where s.item_id = r.item_id and s.lang = r.lang and s.is_current) as slug,
      here.revision_id as public_revision_id, here.public_from, next.revision_id as waiting_revision_id, next.public_from as waiting_from,
      exists (select from withdrawal w where w.item_id = r.item_id and w.lang = r.lang) as is_withdrawn
    from (select distinct on (item_id, lang) item_id, lang, id, number, title, hash, created_at, created_by from revision where item_id = any(${[...itemIds]}::uuid[]) order by item_id, lang, number desc) r
    join item i on i.id = r.item_id
    left join lateral (select p.revision_id, p.public_from from publication p where p.item_id = r.item_id and p.lang = r.lang
      and p.public_from <= ${at} and (p.public_until is null or p.public_until > ${at}) order by p.public_from desc limit 1) here on true
    left join lateral (select p.revision_id, p.public_from from publication p where p.item_id = r.item_id and p.lang = r.lang
      and p.public_from > ${at} and (p.public_until is null or p.public_until > p.public_from) order by p.public_from limit 1) next on true
    order by (r.lang = i.original_lang) desc, r.lang`.execute(db as never)
  const of = new Map<string, DeskText[]>(itemIds.map((id) => [id, []]))
  for (const { itemId, ...text } of rows) of.get(itemId)!.push(text)
  return of
}

export interface DeskRevision extends Words {
  id: string
  lang: Lang
  number: number
  createdAt: Temporal.Instant
  createdBy: string
  hash: string
  frozen: Frozen
  bodyHtml: string
  notesHtml: string
}

/** One revision of an item's text, or its newest. @param revisionId undefined for the newest */
export async function findRevision(db: ReadDb, itemId: string, lang: Lang, revisionId?: string): Promise<DeskRevision | undefined> {
  if (!isId(itemId) || (revisionId !== undefined && !isId(revisionId))) return undefined
  return db.selectFrom('revision').select(['id', 'lang', 'number', 'createdAt', 'createdBy', 'hash', 'frozen', 'title', 'teaser', 'bodyMarkdown', 'bodyHtml', 'notesHtml'])
    .where('itemId', '=', itemId).where('lang', '=', lang).$if(revisionId !== undefined, (query) => query.where('id', '=', revisionId!))
    .orderBy('number', 'desc').limit(1).executeTakeFirst()
}

/** The languages that an item has a text in. */
export async function listLanguages(db: ReadDb, itemId: string): Promise<Lang[]> {
  const rows = await db.selectFrom('revision').select('lang').distinct().where('itemId', '=', itemId).orderBy('lang').execute()
  return rows.map((row) => row.lang)
}
