import { sql } from 'kysely'
import '#kernel/audit/server/tables.ts'
import '#kernel/site/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { FixedPage, FixedPageKey, PageTextKey, Site, SiteName } from '#kernel/site/site.ts'

/** The installation, or undefined before its first start is through. */
export async function findSite(db: ReadDb): Promise<Site | undefined> {
  const names = sql<Record<Lang, SiteName>>`coalesce((
    select json_object_agg(lang, json_build_object('name', name, 'shortName', short_name)) from site_text), '{}')`
  const row = await db
    .selectFrom('site')
    .select(['languages', 'defaultLanguage', 'zone', 'colour', 'contact', 'menu', 'source', 'identity', 'openedAt', names.as('names')])
    .executeTakeFirst()
  return row
}

/** A fixed page in exactly this language; never another language's text in its place. */
export async function findFixedPage(db: ReadDb, key: FixedPageKey, lang: Lang): Promise<FixedPage | undefined> {
  const row = await db
    .selectFrom('sitePage')
    .select(['lang', 'title', 'bodyHtml', 'isStarter'])
    .where('key', '=', key)
    .where('lang', '=', lang)
    .executeTakeFirst()
  return row && { key, ...row }
}

/** In which languages each fixed page stands, for links between them and the sitemap. */
export async function listFixedPages(db: ReadDb): Promise<{ key: string; lang: Lang; title: string }[]> {
  return db.selectFrom('sitePage').select(['key', 'lang', 'title']).orderBy('key').orderBy('lang').execute()
}

/** A page's text as it was written, for whoever writes it anew. */
export function findPageText(db: ReadDb, key: PageTextKey, lang: Lang): Promise<{ title: string; bodyMarkdown: string; isStarter: boolean } | undefined> {
  return db.selectFrom('sitePage').select(['title', 'bodyMarkdown', 'isStarter']).where('key', '=', key).where('lang', '=', lang).executeTakeFirst()
}

/** Which texts of pages there are, and which of them still came with the program. */
export function listPageTexts(db: ReadDb): Promise<{ key: string; lang: Lang; isStarter: boolean }[]> {
  return db.selectFrom('sitePage').select(['key', 'lang', 'isStarter']).orderBy('key').orderBy('lang').execute()
}

/** Whether readers could ever take it for finished: open now, or closed again since. */
export async function wasEverOpen(db: ReadDb): Promise<boolean> {
  const open = await db.selectFrom('site').select('id').where('openedAt', 'is not', null).executeTakeFirst()
  return open !== undefined || (await db.selectFrom('auditEntry').select('id').where('act', '=', 'open-site').limit(1).executeTakeFirst()) !== undefined
}
