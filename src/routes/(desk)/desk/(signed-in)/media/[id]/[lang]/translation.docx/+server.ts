import type { RequestHandler } from './$types.js'
import { wordDraft } from '#rooms/media/print/word-draft.ts'
import { fileAnswer, translationAt } from '../../../../../../translation-file.ts'

/** The translation as a Word file; where there is none yet, its source, to be written over. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { source, own } = await translationAt(locals, params)
  const text = own ?? source
  return fileAnswer(await wordDraft(text, `${url.origin}/${text.lang}/`), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', `${text.lang}.docx`)
}
