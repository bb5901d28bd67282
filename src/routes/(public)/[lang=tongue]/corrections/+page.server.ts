import type { PageServerLoad } from './$types.js'
import { listNotices } from '#rooms/media/server/notice-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'
import { askedPage, refuseBeyond } from '../../../asked-page.ts'

const BELOW = '/corrections'

export const load = (async ({ locals, params, url }) => {
  const { lang } = await askedLanguage(locals, params.lang)
  const { reading } = locals
  const page = askedPage(url.searchParams, BELOW)
  // Corrections and withdrawals announce the list of their language, so this drops the page.
  reading.tag(`list:media:${lang}`)
  const { notices, pages, changesAt } = await listNotices(reading.db, lang, page, reading.now)
  reading.freshBefore(changesAt)
  refuseBeyond(page, pages, BELOW)
  return { notices, pages, page }
}) satisfies PageServerLoad
