import type { LayoutServerLoad } from './$types.js'
import { askedLanguage } from '../../asked-language.ts'

export const load: LayoutServerLoad = async ({ locals, params }) => {
  await askedLanguage(locals, params.lang)
}
