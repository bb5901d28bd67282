import '#kernel/site/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { PressContact } from '#kernel/site/press-contact.ts'

/** Whom journalists reach, in the order in which they were named. */
export async function listPressContacts(db: ReadDb): Promise<PressContact[]> {
  return (await db.selectFrom('site').select('pressContacts').executeTakeFirst())?.pressContacts ?? []
}

/** What the alliance says of itself for others to copy: its text in each language that it wrote. */
export function listPressTexts(db: ReadDb): Promise<{ lang: Lang; bodyMarkdown: string }[]> {
  return db.selectFrom('sitePage').select(['lang', 'bodyMarkdown']).where('key', '=', 'press').orderBy('lang').execute()
}
