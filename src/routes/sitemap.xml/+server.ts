import type { RequestHandler } from './$types.js'
import { listFixedPages } from '#kernel/site/server/site-queries.ts'
import { FIXED_PAGES } from '#kernel/site/site.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { listForSitemap } from '#rooms/media/server/list-queries.ts'
import { destinations } from '../../destinations.ts'

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

interface Translation { lang: string; path: string; changed?: string }

/** Every public address with its translations. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  const origin = house.settings.origins[0] ?? url.origin
  reading.tag(...site.languages.map((lang) => `list:media:${lang}`))
  const [{ entries, changesAt }, fixed] = await house.db.snapshot((db) => Promise.all([listForSitemap(db, reading.now), listFixedPages(db)]))
  reading.freshBefore(changesAt)
  for (const { id } of entries) reading.tag(`item:${id}`)
  const groups: Translation[][] = [
    destinations.filter(({ key }) => !FIXED_PAGES.some((page) => page === key)).map(({ path: below }) => site.languages.map((lang) => ({ lang, path: `/${lang}${below}` }))),
    FIXED_PAGES.map((key) => fixed.filter((page) => page.key === key && site.languages.includes(page.lang)).map(({ lang }) => ({ lang, path: `/${lang}/${key}` }))),
    entries.map(({ texts }) => texts.filter(({ lang }) => site.languages.includes(lang)).map(({ lang, slug, updatedAt }) => ({ lang, path: itemPath(lang, slug), changed: updatedAt }))),
  ].flat()
  const entry = (group: Translation[]) => {
    const fallback = group.find((one) => one.lang === site.defaultLanguage) ?? group[0]
    const links = [...group, ...(fallback ? [{ lang: 'x-default', path: fallback.path }] : [])].map((one) => `<xhtml:link rel="alternate" hreflang="${one.lang}" href="${escaped(origin + one.path)}"/>`).join('')
    return group.map((one) => `<url><loc>${escaped(origin + one.path)}</loc>${one.changed ? `<lastmod>${one.changed.slice(0, 10)}</lastmod>` : ''}${links}</url>`).join('\n')
  }
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${groups.map(entry).join('\n')}\n</urlset>\n`
  return new Response(xml, { headers: { 'content-type': 'application/xml; charset=utf-8' } })
}
