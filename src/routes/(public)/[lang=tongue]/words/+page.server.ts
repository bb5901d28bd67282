import type { PageServerLoad } from './$types.js'
import { notUsedIn, termsIn } from '#kernel/language/glossary.ts'
import { askedLanguage } from '../../../asked-language.ts'

/** The glossary comes with the program: nothing but a change of the site's languages changes the page. */
export const load = (async ({ locals, params }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  return { nots: notUsedIn(lang), terms: termsIn(lang, site.languages) }
}) satisfies PageServerLoad
