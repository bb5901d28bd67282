import { error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { uiLangOf } from '#kernel/language/language.ts'
import { LOOKS } from '#framed-table.ts'
import { previewAt } from '../../../../../../../../preview-desk.ts'
import { signerPages } from '../../../../../../../../../signer-pages.ts'
import { surroundingsOf } from '../../../../../../../../../surroundings-of.ts'

/** The text alone, drawn as its public page draws it, under a mark that says what it is. The look is in what the page wears. */
export const load = (async ({ locals, params, url, parent }) => {
  if (!(LOOKS as readonly string[]).includes(params.look)) error(404)
  const { preview } = await previewAt(locals, params, url.searchParams.get('words') === 'typed')
  if (!preview) error(404)
  const { lang: spoken } = locals
  // The page speaks the language of the text; the layout has chosen that of whoever looks by then.
  await parent()
  const site = await locals.house.site.get()
  const lang = site.languages.includes(params.lang) ? params.lang : uiLangOf(params.lang)
  locals.lang = lang
  return { ...preview, lang, spoken, within: surroundingsOf(site, lang, ''), signerPages: await signerPages(locals.reading, preview.item) }
}) satisfies PageServerLoad
