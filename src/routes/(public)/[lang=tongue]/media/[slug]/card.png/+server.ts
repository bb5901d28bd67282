import type { RequestHandler } from './$types.js'
import { redirect } from '@sveltejs/kit'
import { cardPath } from '#rooms/media/documents.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { cardJob } from '#rooms/media/print/card-data.ts'
import { answerAbove, pageAt } from '../../../../../item-file.ts'
import { printed } from '../../../../../printed.ts'

/** The picture of a text that is shown where its address is shared. */
export const GET: RequestHandler = async (event) => {
  const { locals, params, url } = event
  const { lang, site, answer } = await answerAbove(event)
  if (answer?.found === 'moved') redirect(308, cardPath(lang, answer.slug))
  if (answer?.found !== 'item') return pageAt(event, itemPath(lang, params.slug))
  return printed(locals, cardJob(answer.item, site, locals.house.settings.origins[0] ?? url.origin), answer.item.slug)
}
