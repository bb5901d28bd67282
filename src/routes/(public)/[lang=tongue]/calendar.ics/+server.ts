import type { RequestHandler } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { siteName } from '#kernel/site/site.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { CALENDAR_TYPE, calendarText } from '#rooms/media/server/event-calendar.ts'
import { listForCalendar } from '#rooms/media/server/event-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

/** The events of a language, for a calendar that follows this address. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  reading.tag(`list:media:${lang}`)
  const { events, changesAt } = await listForCalendar(reading.db, lang, reading.now)
  reading.freshBefore(changesAt)
  const origin = house.settings.origins[0] ?? url.origin
  const name = `${m.nav_calendar({}, { locale: lang })} – ${siteName(site, lang).shortName}`
  const text = calendarText(name, lang, events.map(({ slug, ...event }) => ({ ...event, address: origin + itemPath(lang, slug) })))
  return new Response(text, { headers: { 'content-type': CALENDAR_TYPE, ...(!site.openedAt && { 'x-robots-tag': 'noindex' }) } })
}
