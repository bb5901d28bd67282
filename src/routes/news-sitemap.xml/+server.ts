import type { RequestHandler } from './$types.js'
import { siteName } from '#kernel/site/site.ts'
import { SITEMAP_TYPE, writeNewsSitemap } from '#kernel/web/sitemap.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { listNews, nextChange } from '#rooms/media/server/sitemap-queries.ts'

/** Older than this is no news to a news search. */
const HOURS = 48

export const GET: RequestHandler = async ({ locals, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  reading.tag(...site.languages.map((lang) => `list:media:${lang}`))
  const [news, changesAt] = await house.db.snapshot(async (db) =>
    [await listNews(db, reading.now.subtract({ hours: HOURS }), reading.now), await nextChange(db, reading.now)] as const)
  reading.freshBefore(changesAt)
  for (const { publicFrom } of news) reading.freshBefore(publicFrom.add({ hours: HOURS }))
  const texts = news.filter(({ lang }) => site.languages.includes(lang)).map(({ lang, slug, title, publicFrom }) => ({
    lang, path: itemPath(lang, slug), title, published: publicFrom, publisher: siteName(site, lang).name,
  }))
  return new Response(writeNewsSitemap(texts, house.settings.origins[0] ?? url.origin), { headers: { 'content-type': SITEMAP_TYPE } })
}
