import type { PageServerLoad } from './$types.js'
import { redirect } from '@sveltejs/kit'
import { negotiate } from '#kernel/language/language.ts'

/** Sends on to the best language. Never kept: the answer is for one reader's browser. */
export const load = (async ({ locals, request, setHeaders }) => {
  const site = await locals.house.site.get()
  setHeaders({ vary: 'Accept-Language' })
  redirect(307, `/${negotiate(request.headers.get('accept-language'), site.languages, site.defaultLanguage)}/`)
}) satisfies PageServerLoad
