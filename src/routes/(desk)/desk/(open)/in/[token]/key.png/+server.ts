import type { RequestHandler } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { siteName } from '#kernel/site/site.ts'
import { totpUri } from '#rooms/people/server/one-time-code.ts'
import { qrPng } from '#rooms/people/server/qr-code.ts'
import { livingLink } from '../living-link.ts'

/** For the phone's camera, also where a browser draws no SVG. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const link = await livingLink(locals, params.token)
  const { shortName } = siteName(await locals.house.site.get(), locals.lang)
  return new Response(await qrPng(totpUri(link.totpSecret!, m.desk_title({}, { locale: locals.lang as 'en' }), shortName)) as BodyInit, { headers: { 'content-type': 'image/png' } })
}
