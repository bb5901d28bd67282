import type { PageServerLoad } from './$types.js'
import { error } from '@sveltejs/kit'
import { FIXED_PAGES, type FixedPageKey } from '#kernel/site/site.ts'
import { findFixedPage, listFixedPages } from '#kernel/site/server/site-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

export const load = (async ({ locals, params }) => {
  const { lang } = await askedLanguage(locals, params.lang)
  const key = params.page as FixedPageKey
  if (!FIXED_PAGES.includes(key)) error(404, 'Not Found')
  const fixed = await findFixedPage(locals.reading.db, key, lang)
  if (!fixed) error(404, 'Not Found')
  const langs = (await listFixedPages(locals.reading.db)).filter((one) => one.key === key).map((one) => one.lang)
  return { fixed, langs }
}) satisfies PageServerLoad
