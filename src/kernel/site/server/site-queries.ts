import { sql } from 'kysely'
import '#kernel/site/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { FixedPage, FixedPageKey, Site, SiteName } from '#kernel/site/site.ts'

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
