import type { RequestHandler } from './$types.js'
/** Search engines may read an open house. Pages of a closed one are `noindex`, which a robot must be able to read. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { house } = locals
  await house.site.get()
  const origin = house.settings.origins[0] ?? url.origin
  return new Response(`User-agent: *\nDisallow: /desk/\nDisallow: /agree/\nDisallow: /press-preview/\n\nSitemap: ${origin}/sitemap.xml\nSitemap: ${origin}/news-sitemap.xml\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
