import { error } from '@sveltejs/kit'
import type { Lang } from '#kernel/language/language.ts'
import type { Site } from '#kernel/site/site.ts'

/** The site and the language of an address; a language that is not switched on is no address. */
export async function askedLanguage(locals: App.Locals, lang: string): Promise<{ site: Site; lang: Lang }> {
  const site = await locals.house.site.get()
  if (!site.languages.includes(lang)) error(404, 'Not Found')
  return { site, lang }
}
