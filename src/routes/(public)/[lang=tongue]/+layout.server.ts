import { askedLanguage } from '../../asked-language.ts'

export async function load({ locals, params }) {
  await askedLanguage(locals, params.lang)
}
