import type { RequestHandler } from './$types.js'
import { redirect } from '@sveltejs/kit'
import { kitPath } from '#rooms/media/documents.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { answerAbove, pageAt } from '../../../../../item-file.ts'
import { makePressKit } from '../../../../../press-kit.ts'
import { made } from '../../../../../printed.ts'

/** The press kit of a text, as it stands now in all its languages. */
export const GET: RequestHandler = async (event) => {
  const { locals, params, url } = event
  const { lang, site, answer } = await answerAbove(event)
  if (answer?.found === 'moved') redirect(308, kitPath(lang, answer.slug))
  if (answer?.found !== 'item') return pageAt(event, itemPath(lang, params.slug))
  const { item } = answer
  return made(locals, { type: 'application/zip', name: `${item.slug}-${lang}-kit.zip`, place: 'attachment' }, () => makePressKit(locals, item, site, locals.house.settings.origins[0] ?? url.origin))
}
