import { redirect } from '@sveltejs/kit'
import { itemPath } from '#rooms/media/list-address.ts'
import { type CardFormat, cardJob } from '#rooms/media/print/card-data.ts'
import { answerAbove, type FileEvent, pageAt } from './item-file.ts'
import { printed } from './printed.ts'

/** A picture of a text, as it stands now. @param name the last part of its address */
export async function printedCard(event: FileEvent, format: CardFormat, name: string): Promise<Response> {
  const { locals, params, url } = event
  const { lang, site, answer } = await answerAbove(event)
  if (answer?.found === 'moved') redirect(308, `${itemPath(lang, answer.slug)}/${name}`)
  if (answer?.found !== 'item') return pageAt(event, itemPath(lang, params.slug))
  const { slug } = answer.item
  return printed(locals, cardJob(answer.item, site, locals.house.settings.origins[0] ?? url.origin, format), format === 'wide' ? slug : `${slug}-${format}`)
}
