import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'

/** So long after the last sign somebody still counts as there. */
export const THERE_SECONDS = 60

/** What somebody typed and has not saved. */
export const findTyping = (db: ReadDb, itemId: string, lang: Lang, personId: string) =>
  db.selectFrom('typing').select(['baseId', 'title', 'teaser', 'bodyMarkdown', 'keptAt'])
    .where('itemId', '=', itemId).where('lang', '=', lang).where('personId', '=', personId).executeTakeFirst()

/** Whether what is kept of her typing is other than the newest text. */
export async function hasUnsaved(db: ReadDb, itemId: string, lang: Lang, personId: string): Promise<boolean> {
  const [typed, newest] = [await findTyping(db, itemId, lang, personId), await findRevision(db, itemId, lang)]
  return typed !== undefined && (typed.title !== (newest?.title ?? '') || typed.teaser !== (newest?.teaser ?? '') || typed.bodyMarkdown !== (newest?.bodyMarkdown ?? ''))
}

/** Who else has the text open now. */
export async function listOthersAt(db: ReadDb, itemId: string, lang: Lang, personId: string, now: Temporal.Instant): Promise<string[]> {
  const rows = await db.selectFrom('atText').select('personId').where('itemId', '=', itemId).where('lang', '=', lang)
    .where('personId', '<>', personId).where('seenAt', '>=', now.subtract({ seconds: THERE_SECONDS })).orderBy('personId').execute()
  return rows.map((row) => row.personId)
}
