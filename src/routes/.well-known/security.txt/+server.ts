import type { RequestHandler } from './$types.js'
/** RFC 9116: whom to tell about a hole. Without an address of the site, the page that says who runs it. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { house, reading } = locals
  const site = await house.site.get()
  const origin = house.settings.origins[0] ?? url.origin
  reading.freshBeforeMidnight(site.zone)
  const contact = site.contact.email ? `mailto:${site.contact.email}` : `${origin}/${site.defaultLanguage}/about`
  const expires = reading.now.toZonedDateTimeISO(site.zone).startOfDay().add({ days: 180 }).toInstant()
  return new Response(`Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: ${site.languages.join(', ')}\nCanonical: ${origin}/.well-known/security.txt\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
