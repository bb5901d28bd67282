import type { RequestHandler } from './$types.js'
import { listFixedPages } from '#kernel/site/server/site-queries.ts'
import { SITEMAP_TYPE, writeSitemapIndex, writeUrlset } from '#kernel/web/sitemap.ts'
import { listForSitemap, listSitemapParts, SITEMAP_SIZE } from '#rooms/media/server/sitemap-queries.ts'
import { listShownAddresses } from '#rooms/people/server/organisation-queries.ts'
import { itemPages, standingPages } from '../mapped-pages.ts'

/** Every public address with its translations, while they fit one part; else the index of the parts. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  const origin = house.settings.origins[0] ?? url.origin
  // Whatever changes an item announces the lists of its languages too.
  reading.tag('list:organisations', ...site.languages.map((lang) => `list:media:${lang}`))
  const [{ entries, changesAt }, fixed, organisations, parts] = await house.db.snapshot(async (db) => {
    const first = await listForSitemap(db, reading.now)
    return [first, await listFixedPages(db), await listShownAddresses(db), first.entries.length < SITEMAP_SIZE ? [] : await listSitemapParts(db, reading.now)] as const
  })
  reading.freshBefore(changesAt)
  const xml = parts.length > 1
    ? writeSitemapIndex(parts.map((changed, i) => ({ path: `/sitemap-${i + 1}.xml`, changed: changed.toString() })), origin)
    : writeUrlset([...standingPages(site, fixed, organisations), ...itemPages(site, entries)], origin, site.defaultLanguage)
  return new Response(xml, { headers: { 'content-type': SITEMAP_TYPE } })
}
