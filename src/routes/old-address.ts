import type { RequestEvent } from '@sveltejs/kit'
import { m } from '#kernel/language/m.ts'
import { PLAIN_PAGE_TYPE, plainPage } from '#kernel/web/plain-page.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { oldAddressesOf } from '#rooms/media/old-address.ts'
import { findRedirect } from '#rooms/media/server/redirect-queries.ts'

/**
 * Old addresses of imported sites lead on to where their texts stand now. They are looked up only where nothing else
 * answers; `/` answers everybody, so an old `/?p=123` is looked up before it.
 */
export async function orOldAddress(event: RequestEvent, answer: () => Promise<Response>): Promise<Response> {
  const { method } = event.request
  if (method !== 'GET' && method !== 'HEAD') return answer()
  if (event.url.pathname === '/') return (await leadOn(event)) ?? answer()
  const response = await answer()
  return response.status === 404 ? ((await leadOn(event)) ?? response) : response
}

async function leadOn({ url, locals: { house, reading } }: RequestEvent): Promise<Response | undefined> {
  const asked = oldAddressesOf(url.pathname, url.searchParams)
  const found = asked.length > 0 ? await findRedirect(reading.db, asked, reading.now) : undefined
  if (!found) return undefined
  const site = await house.site.get()
  const lang = found.found === 'moved' ? found.path.split('/', 2)[1]! : found.lang
  // A language that was switched off has no addresses to lead to.
  if (!site.languages.includes(lang)) return undefined
  if (found.found === 'moved') return new Response(null, { status: 301, headers: { location: found.path } })
  // The notice stands here: its own address holds the title, which may name somebody to whoever tries old numbers.
  const spoken = { locale: lang as 'en' }
  const text = `${m.item_removed_for_safety({}, spoken)} ${formatInstantDay(found.at, lang, site.zone)}`
  const page = plainPage(lang, m.item_withdrawn_title({}, spoken), text)
  return new Response(page, { status: 410, headers: { 'content-type': PLAIN_PAGE_TYPE } })
}
