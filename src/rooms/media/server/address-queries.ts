import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'

export interface TextAtAddress {
  itemId: string
  latestRevisionId: string
}

/** The text behind an address, public or not, with its newest revision: for whoever may act on it, never for a reader. */
export async function findTextAt(db: ReadDb, lang: Lang, slug: string): Promise<TextAtAddress | undefined> {
  if (slug.includes('\0')) return undefined // no text of the database can hold it
  const { rows } = await sql<TextAtAddress>`
    select s.item_id, r.id as latest_revision_id
    from item_slug s join revision r on r.item_id = s.item_id and r.lang = s.lang
    where s.lang = ${lang} and s.slug = ${slug} order by r.number desc limit 1`.execute(db as never)
  return rows[0]
}
