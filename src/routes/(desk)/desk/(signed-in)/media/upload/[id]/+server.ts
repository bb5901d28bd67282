import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { addsFor } from '#rooms/media/library.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { keepSentInParts, releasing } from '#rooms/media/server/sent-file.ts'
import { claimWhole, endUpload, finishUpload, giveUpWhole, lockUpload, type OpenUpload, stopUpload, takePart } from '#rooms/media/server/upload-actions.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { refusalSaid } from '../../../../../library-desk.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../typed.ts'

/** How much is here: where whoever sends goes on. Hers alone; for everybody else an address that never was. */
export const GET: RequestHandler = async ({ params, locals: { house, viewer } }) => {
  const { id } = signedIn(viewer)
  const upload = await act(house, (tx) => lockUpload(tx, params.id!, id, house.clock()))
  if (!upload) error(404)
  return Response.json({ received: upload.received })
}

/** Takes a part, or ends it; after the last one it is in the library. */
export const POST: RequestHandler = async ({ params, request, locals }) => {
  const { house, viewer } = locals
  const { id: personId } = signedIn(viewer)
  const form = await formOf(request)
  const now = house.clock()
  const part = form.get('part')
  const bytes = part instanceof File ? new Uint8Array(await part.arrayBuffer()) : undefined
  const upload = await act(house, async (tx): Promise<(OpenUpload & { isMine: boolean }) | 'stopped'> => {
    const open = await lockUpload(tx, params.id!, personId, now)
    if (!open) error(404)
    if (form.has('stop')) {
      await stopUpload(tx, open.id)
      return 'stopped'
    }
    const received = bytes ? await takePart(tx, house.blobs.parts, open, { offset: Number(typed(form, 'offset', 20) || NaN), bytes, digest: typed(form, 'digest', 64) }) : open.received
    return { ...open, received, isMine: open.fileId === null && received >= open.byteSize && (await claimWhole(tx, open, now)) }
  })
  if (upload === 'stopped') {
    await house.blobs.parts.remove(params.id!)
    return Response.json({ received: 0 })
  }
  if (upload.fileId !== null) return Response.json({ path: pathOf(upload.fileId) })
  if (upload.received < upload.byteSize) return Response.json({ received: upload.received })
  // Asked again in a moment, it says where the file is.
  if (!upload.isMine) return Response.json({ received: upload.received }, { status: 503 })
  const done = await whole(locals, upload, personId).catch(async (problem: unknown) => {
    await act(house, (tx) => giveUpWhole(tx, upload.id))
    throw problem
  })
  return Response.json(done, { status: 'received' in done ? 503 : 200 })
}

async function whole({ house, lang }: App.Locals, { id, name, organisationId, byteSize }: OpenUpload, personId: string): Promise<{ path: string } | { problem: string } | { received: number }> {
  const { defaultLanguage } = await house.site.get()
  const kept = await keepSentInParts(house, id, defaultLanguage)
  const now = house.clock()
  if ('refused' in kept && kept.refused === 'busy') {
    await act(house, (tx) => giveUpWhole(tx, id))
    return { received: byteSize }
  }
  const fileId = await releasing('refused' in kept ? undefined : kept, () => act(house, async (tx) => {
    // Sent twice at once, the last part adds one file.
    const open = await lockUpload(tx, id, personId, now)
    if (open?.fileId) return open.fileId
    if (!open || !addsFor({ id: personId, duties: await lockDuties(tx, personId, now) }).includes(organisationId)) error(404)
    if ('refused' in kept) {
      await endUpload(tx, id)
      return undefined
    }
    await kept.nameBlobs(tx, now)
    const added = await addFile(tx, { organisationId, name, what: kept.what }, personId, now)
    await finishUpload(tx, id, added)
    return added
  }))
  await house.blobs.parts.remove(id)
  return fileId === undefined ? { problem: refusalSaid((kept as { refused: 'damaged' }).refused, lang) } : { path: pathOf(fileId) }
}

const pathOf = (fileId: string) => `/desk/media/pictures/${fileId}?done=added`
