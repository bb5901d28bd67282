import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { THERE_SECONDS } from '#rooms/media/server/typing-actions.ts'

/** What somebody typed and has not saved. */
export const findTyping = (db: ReadDb, itemId: string, lang: Lang, personId: string) =>
  db.selectFrom('typing').select(['baseId', 'title', 'teaser', 'bodyMarkdown', 'keptAt'])
    .where('itemId', '=', itemId).where('lang', '=', lang).where('personId', '=', personId).executeTakeFirst()

/** Who else has the text open now. */
export async function listOthersAt(db: ReadDb, itemId: string, lang: Lang, personId: string, now: Temporal.Instant): Promise<string[]> {
  const rows = await db.selectFrom('atText').select('personId').where('itemId', '=', itemId).where('lang', '=', lang)
    .where('personId', '<>', personId).where('seenAt', '>=', now.subtract({ seconds: THERE_SECONDS })).orderBy('personId').execute()
  return rows.map((row) => row.personId)
}
