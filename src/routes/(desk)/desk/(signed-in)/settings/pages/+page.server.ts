import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { listPageTexts } from '#kernel/site/server/site-queries.ts'
import { PAGE_TEXTS } from '#kernel/site/site.ts'
import { steward } from '../../../../stewards-only.ts'

export const load = (async ({ locals }) => {
  steward(locals.viewer)
  const { languages } = await locals.house.site.get()
  const texts = await listPageTexts(locals.reading.db)
  return {
    pages: PAGE_TEXTS.map((key) => ({
      key, texts: languages.map((tongue) => {
        const text = texts.find((one) => one.key === key && one.lang === tongue)
        return { tongue, language: languageName(tongue, locals.lang), state: !text ? 'missing' as const : text.isStarter ? 'starter' as const : 'own' as const }
      }),
    })),
  }
}) satisfies PageServerLoad
