import type { LayoutServerLoad } from './$types.js'
import { askedLanguage } from '../../asked-language.ts'

export const load = (async ({ locals, params }) => {
  await askedLanguage(locals, params.lang)
}) satisfies LayoutServerLoad
