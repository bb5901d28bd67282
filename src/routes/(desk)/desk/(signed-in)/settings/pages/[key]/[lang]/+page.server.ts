import { error, fail } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.js'
import type { House } from '#kernel/house.ts'
import { languageName } from '#kernel/language/language.ts'
import { LONGEST_PAGE, obstaclesToPage, type PageProblem, readPageForm } from '#kernel/site/page-form.ts'
import { pageMark, rewriteFixedPage } from '#kernel/site/server/page-actions.ts'
import { findPageText } from '#kernel/site/server/site-queries.ts'
import { PAGE_TEXTS, type PageTextKey } from '#kernel/site/site.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { bySteward, steward } from '../../../../../../stewards-only.ts'
import { formOf, typed } from '../../../../../../typed.ts'

/** Which text an address means; a page or a language that is not there is an address that never was. */
async function asked(params: { key: string; lang: string }, house: House): Promise<{ key: PageTextKey; lang: string }> {
  const key = PAGE_TEXTS.find((one) => one === params.key)
  const { languages } = await house.site.get()
  if (!key || !languages.includes(params.lang)) error(404)
  return { key, lang: params.lang }
}

export const load = (async ({ locals, params }) => {
  steward(locals.viewer)
  const at = await asked(params, locals.house)
  const text = await findPageText(locals.reading.db, at.key, at.lang)
  return { ...at, language: languageName(at.lang, locals.lang), text: text ?? null, mark: pageMark(text) }
}) satisfies PageServerLoad

export const actions = {
  async keep({ request, params, locals: { house, viewer } }) {
    const { text, drawn, problems } = await read(request, viewer)
    if (problems.length > 0) return fail(400, { typed: text, drawn, problems })
    const at = await asked(params, house)
    try {
      const obstacle = await bySteward(house, viewer, (tx, who, now) => rewriteFixedPage(tx, at, text, drawn, who.id, now))
      if (obstacle === 'not-switched-on') error(404)
      // Drawn anew from what stands now, which is shown beside it: whoever keeps hers then writes over it knowingly.
      return obstacle ? fail(409, { typed: text, meanwhile: true }) : { saved: true }
    } catch (problem) {
      if (problem instanceof Unrenderable) return fail(400, { typed: text, drawn, problems: ['too-hard' as const] })
      throw problem
    }
  },
  async preview({ request, params, locals: { house, viewer } }) {
    const { text, drawn, problems } = await read(request, viewer)
    if (problems.length > 0) return fail(400, { typed: text, drawn, problems })
    const { lang } = await asked(params, house)
    try {
      const { html, notes } = await renderMarkdown(text.bodyMarkdown, lang)
      return { typed: text, drawn, preview: html + notes }
    } catch (problem) {
      if (problem instanceof Unrenderable) return fail(400, { typed: text, drawn, problems: ['too-hard' as const] })
      throw problem
    }
  },
} satisfies Actions

async function read(request: Request, viewer: Parameters<typeof steward>[0]) {
  steward(viewer)
  const form = await formOf(request)
  const text = readPageForm(typed(form, 'title'), typed(form, 'body', 2 * LONGEST_PAGE))
  return { text, drawn: typed(form, 'drawn', 64), problems: obstaclesToPage(text) as (PageProblem | 'too-hard')[] }
}
