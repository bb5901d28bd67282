import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'

/** The text behind an address, public or not, with its newest revision: for whoever may act on it, never for a reader. */
export async function findTextAt(db: ReadDb, lang: Lang, slug: string): Promise<{ itemId: string; latestRevisionId: string } | undefined> {
  const { rows } = await sql<{ itemId: string; latestRevisionId: string }>`
    select s.item_id, (select r.id from revision r where r.item_id = s.item_id and r.lang = s.lang order by r.number desc limit 1) as latest_revision_id
    from item_slug s where s.lang = ${lang} and s.slug = ${slug}`.execute(db as never)
  return rows[0]?.latestRevisionId ? rows[0] : undefined
}

/** Where an old address of an imported site leads now. */
export async function findRedirect(db: ReadDb, path: string): Promise<string | undefined> {
  const row = await db.selectFrom('redirect').select('target').where('path', '=', path).executeTakeFirst()
  return row?.target
}
