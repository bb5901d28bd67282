import type { RequestHandler } from './$types.js'
import { writeXliff } from '#rooms/media/import/xliff.ts'
import { fileAnswer, translationAt } from '../../../../../../translation-file.ts'

/** The translation beside its source, for a tool of hers. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { source, beside } = await translationAt(locals, params)
  const units = beside.filter((one) => one.source !== '').map(({ id, source: of, own }) => ({ id, source: of, target: own }))
  return fileAnswer(writeXliff({ itemId: params.id, sourceId: source.id, from: source.lang, to: params.lang, units }), 'application/xliff+xml; charset=utf-8', `${params.lang}.xlf`)
}
