import { m } from '#kernel/language/m.ts'
import { siteName } from '#kernel/site/site.ts'
import { totpUri } from '#rooms/people/server/one-time-code.ts'
import { qrPng } from '#rooms/people/server/qr-code.ts'

/** A key as a picture for a phone's camera, also where a browser draws no SVG. */
export async function keyPicture({ house, lang }: Pick<App.Locals, 'house' | 'lang'>, totpSecret: string): Promise<Response> {
  const { shortName } = siteName(await house.site.get(), lang)
  const picture = await qrPng(totpUri(totpSecret, m.desk_title({}, { locale: lang as 'en' }), shortName))
  return new Response(picture as BodyInit, { headers: { 'content-type': 'image/png' } })
}
