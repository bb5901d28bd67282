import type { RequestHandler } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { type DroppedFile, readDropped } from '#rooms/media/server/dropped-file.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { inItem } from '../../../../../../item-desk.ts'
import { languageOf } from '../../../../../../text-language.ts'
import { formOf } from '../../../../../../typed.ts'

/** A Word file as Markdown, for the text that is being written: nothing of it is kept. */
export const POST: RequestHandler = async ({ request, params, locals: { house, viewer, lang } }) => {
  const form = await formOf(request)
  await languageOf(house, params)
  await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, params.lang!), async () => {})
  const dropped = await readDropped(house.settings.dataDir, form.get('file'))
  if (dropped && !('problem' in dropped)) return Response.json({ title: dropped.isTitled ? dropped.title : '', markdown: dropped.bodyMarkdown })
  return Response.json({ problem: problemOf(dropped?.problem ?? 'not-docx', lang) }, { status: 400 })
}

function problemOf(problem: Extract<DroppedFile, { problem: unknown }>['problem'], lang: string): string {
  const spoken = { locale: lang as 'en' }
  switch (problem) {
    case 'not-docx': return m.edt_err_docx({}, spoken)
    case 'large-file': return m.txt_err_large({}, spoken)
    case 'broken-file': return m.txt_err_broken({}, spoken)
    case 'busy': return m.edt_err_busy({}, spoken)
  }
}
