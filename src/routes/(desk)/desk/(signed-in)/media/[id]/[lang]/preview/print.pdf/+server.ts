import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { isPaper, paperJob } from '#rooms/media/print/paper-data.ts'
import { previewAt } from '../../../../../../../preview-desk.ts'
import { printed } from '../../../../../../../../printed.ts'

/** The newest text on the paper that readers would be given, with a mark that says that it is a preview. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { preview } = await previewAt(locals, params, url.searchParams.get('words') === 'typed')
  const paper = url.searchParams.get('paper') || 'a4'
  if (!preview || !isPaper(paper)) error(404)
  const { item, isPublic } = preview
  const spoken = { locale: item.lang as 'en' }
  const site = await locals.house.site.get()
  const origin = locals.house.settings.origins[0] ?? url.origin
  return printed(locals, paperJob(item, paper, site, origin + itemPath(item.lang, item.slug), isPublic ? m.prv_public({}, spoken) : m.prv_mark({}, spoken)), `${item.slug}-${paper}`)
}
