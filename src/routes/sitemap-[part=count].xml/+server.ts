import type { RequestHandler } from './$types.js'
import { error } from '@sveltejs/kit'
import { listFixedPages } from '#kernel/site/server/site-queries.ts'
import { SITEMAP_TYPE, writeUrlset } from '#kernel/web/sitemap.ts'
import { listForSitemap } from '#rooms/media/server/sitemap-queries.ts'
import { listShownAddresses } from '#rooms/people/server/organisation-queries.ts'
import { itemPages, standingPages } from '../mapped-pages.ts'

/** A part of a long sitemap. Items keep their part; pages that are no items stand in the first. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  const part = Number(params.part)
  reading.tag('list:organisations', ...site.languages.map((lang) => `list:media:${lang}`))
  const [{ entries, changesAt }, fixed, organisations] = await house.db.snapshot(async (db) =>
    [await listForSitemap(db, reading.now, part), part === 1 ? await listFixedPages(db) : [], part === 1 ? await listShownAddresses(db) : []] as const)
  reading.freshBefore(changesAt)
  if (entries.length === 0 && part > 1) error(404, 'Not Found')
  const pages = [...(part === 1 ? standingPages(site, fixed, organisations) : []), ...itemPages(site, entries)]
  return new Response(writeUrlset(pages, house.settings.origins[0] ?? url.origin, site.defaultLanguage), { headers: { 'content-type': SITEMAP_TYPE } })
}
