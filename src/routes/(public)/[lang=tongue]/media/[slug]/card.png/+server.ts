import type { RequestHandler } from './$types.js'
import { redirect } from '@sveltejs/kit'
import { cardPath } from '#rooms/media/documents.ts'
import { cardJob } from '#rooms/media/print/card-data.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { askedLanguage } from '../../../../../asked-language.ts'
import { asItsPage, printed } from '../../../../../printed.ts'

/** The picture of a text that is shown where its address is shared. */
export const GET: RequestHandler = async ({ locals, params, url, fetch }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  const found = await findPublishedItem(reading.db, lang, params.slug, reading.now)
  if (!found) return asItsPage(fetch, lang, params.slug)
  reading.tag(`item:${found.itemId}`)
  reading.freshBefore(found.changesAt)
  const { answer } = found
  if (answer.found === 'moved') redirect(308, cardPath(lang, answer.slug))
  if (answer.found !== 'item') return asItsPage(fetch, lang, params.slug)
  return printed(locals, cardJob(answer.item, site, house.settings.origins[0] ?? url.origin), answer.item.slug)
}
