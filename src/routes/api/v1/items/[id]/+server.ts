import type { RequestHandler } from './$types.js'
import { isId } from '#kernel/id/id.ts'
import { askedLang } from '#rooms/media/api/asked-items.ts'
import { shownItem, shownStone } from '#rooms/media/api/shown-item.ts'
import { findForApi } from '#rooms/media/server/api-queries.ts'
import { badParameters, json, noSuchItem, problem } from '../../../problem.ts'

/** An item whole, in every language in which it is public, or in the one that is asked for. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  const { lang, problem: bad } = askedLang(url.searchParams, site.languages)
  if (bad) return badParameters([bad])
  const found = isId(params.id) ? await findForApi(reading.db, params.id, reading.now) : undefined
  if (!found) return noSuchItem()
  reading.tag(`item:${found.item.id}`)
  reading.freshBefore(found.changesAt)
  const isAsked = (one: { lang: string }) => (lang ? one.lang === lang : site.languages.includes(one.lang))
  const item = { ...found.item, texts: found.item.texts.filter(isAsked), stones: found.item.stones.filter(isAsked) }
  const origin = house.settings.origins[0] ?? url.origin
  if (item.texts.length > 0) return json(shownItem(item, origin))
  if (item.stones.length === 0) return noSuchItem()
  return problem(410, 'withdrawn', 'This item was withdrawn', { withdrawn: item.stones.map((stone) => shownStone(stone, origin)) })
}
