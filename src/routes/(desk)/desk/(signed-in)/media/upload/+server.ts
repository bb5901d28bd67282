import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { m } from '#kernel/language/m.ts'
import { beginUpload, hasRoom, MOST_PART } from '#rooms/media/server/upload-actions.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { writerMeant } from '../../../../writer-typed.ts'

/** Begins to take a file part by part. Answers where the parts are to be sent, and how large one may be. */
export const POST: RequestHandler = async ({ request, locals: { house, viewer, lang } }) => {
  const { id } = signedIn(viewer)
  const form = await formOf(request)
  const of = typed(form, 'for', 40)
  const now = house.clock()
  const sending = { name: typed(form, 'name', 1000), byteSize: Number(typed(form, 'size', 20) || NaN), organisationId: writerMeant(of) }
  if (sending.byteSize > 0 && !(await hasRoom(house.blobs, sending.byteSize))) return Response.json({ problem: m.pic_err_full({}, { locale: lang as 'en' }) }, { status: 400 })
  const begun = await act(house, async (tx) => beginUpload(tx, house.jobs, { id, duties: await lockDuties(tx, id, now) }, sending, now))
  if ('id' in begun) return Response.json({ at: `/desk/media/upload/${begun.id}`, part: MOST_PART })
  if (begun.obstacle === 'not-found') error(404)
  const says = { 'no-size': m.pic_err_no_file, 'too-large': m.pic_err_large, 'too-many': m.pic_err_many, today: m.pic_err_today }
  return Response.json({ problem: says[begun.obstacle]({}, { locale: lang as 'en' }) }, { status: begun.obstacle === 'too-many' || begun.obstacle === 'today' ? 429 : 400 })
}
