import type { RequestHandler } from './$types.js'
import { askedItems, badParameter, PER_PAGE } from '#rooms/media/api/asked-items.ts'
import { shownSummary } from '#rooms/media/api/shown-item.ts'
import { listForApi } from '#rooms/media/server/api-queries.ts'
import { unlessGivenUp } from '#rooms/media/server/given-up.ts'
import { readyToAsk } from '#rooms/media/server/search-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { badParameters, json, tooSlow } from '../../problem.ts'

/** The list for programs: the filters of the list's page, any language by `lang`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { reading, house } = locals
  const site = await house.site.get()
  const topics = await listTopics(reading.db)
  const { filter, q, page, perPage, problems } = askedItems(url.searchParams, site, topics)
  if (problems.length > 0) return badParameters(problems)
  reading.tag(`list:media:${filter.lang}`)
  const list = await unlessGivenUp(q, house.db.snapshot(async (db) =>
    listForApi(db, await readyToAsk(db, filter, q, site.languages), { page, perPage }, reading.now)))
  if (!list) return tooSlow()
  reading.freshBefore(list.changesAt)
  if (page > list.pages) return badParameters([badParameter('page', String(page), `The last page is ${list.pages}.`)])
  for (const { id } of list.items) reading.tag(`item:${id}`)
  const origin = house.settings.origins[0] ?? url.origin
  const pageAt = (n: number) => {
    const query = new URLSearchParams(url.searchParams)
    for (const [name, value, otherwise] of [['lang', filter.lang, ''], ['page', String(n), '1'], ['per_page', String(perPage), String(PER_PAGE)]] as const) {
      if (value === otherwise) query.delete(name)
      else query.set(name, value)
    }
    query.sort()
    return `${origin}/api/v1/items?${query}`
  }
  return json({
    lang: filter.lang, total: list.total, is_total_capped: list.isTotalCapped, page, per_page: perPage, pages: list.pages,
    links: { self: pageAt(page), first: pageAt(1), prev: page > 1 ? pageAt(page - 1) : null, next: page < list.pages ? pageAt(page + 1) : null },
    items: list.items.map((item) => shownSummary(item, origin, site.languages)),
  })
}
