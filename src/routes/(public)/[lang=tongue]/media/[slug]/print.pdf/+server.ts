import type { RequestHandler } from './$types.js'
import { redirect } from '@sveltejs/kit'
import { m } from '#kernel/language/m.ts'
import { PLAIN_PAGE_TYPE, plainPage } from '#kernel/web/plain-page.ts'
import { printPath } from '#rooms/media/documents.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { isPaper, paperJob } from '#rooms/media/print/paper-data.ts'
import { answerAbove, pageAt } from '../../../../../item-file.ts'
import { printed } from '../../../../../printed.ts'

/** The text on paper, as it stands now. */
export const GET: RequestHandler = async (event) => {
  const { locals, params, url } = event
  const { lang, site, answer } = await answerAbove(event)
  const paper = url.searchParams.get('paper') || 'a4'
  if (!answer) return pageAt(event, itemPath(lang, params.slug))
  if (!isPaper(paper)) {
    const spoken = { locale: lang as 'en' }
    const page = plainPage(lang, m.item_print({}, spoken), m.item_bad_paper({ value: paper.slice(0, 80) }, spoken))
    return new Response(page, { status: 400, headers: { 'content-type': PLAIN_PAGE_TYPE } })
  }
  if (answer.found === 'moved') redirect(308, printPath(lang, answer.slug, paper))
  if (answer.found !== 'item') return pageAt(event, itemPath(lang, params.slug))
  const origin = locals.house.settings.origins[0] ?? url.origin
  return printed(locals, paperJob(answer.item, paper, site, origin + itemPath(lang, answer.item.slug)), `${answer.item.slug}-${paper}`)
}
