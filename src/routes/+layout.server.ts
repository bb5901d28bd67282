import type { LayoutServerLoad } from './$types.js'
import { uiLangOf } from '#kernel/language/language.ts'
import { surroundingsOf } from './surroundings-of.ts'

/** Also for addresses that are nowhere: their page speaks a language of the site. */
export const load = (async ({ locals, url }) => {
  const { house } = locals
  const site = await house.site.get()
  const lang = site.languages.includes(locals.lang) ? locals.lang : site.languages.includes(uiLangOf(locals.lang)) ? uiLangOf(locals.lang) : site.defaultLanguage
  locals.lang = lang
  const path = url.pathname + url.search
  return {
    around: surroundingsOf(site, lang, path),
    origin: house.settings.origins[0] ?? url.origin, path: url.pathname, defaultLang: site.defaultLanguage, zone: site.zone,
  }
}) satisfies LayoutServerLoad
