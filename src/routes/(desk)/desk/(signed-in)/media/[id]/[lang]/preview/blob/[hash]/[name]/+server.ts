import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { isInPreview } from '#rooms/media/server/preview-queries.ts'
import { itemAt } from '../../../../../../../../../item-desk.ts'

/** It is held in memory whole, for one person: a film is watched once it is public. */
const MOST_BYTES = 8_000_000

/** A picture or file of the newest text, for whoever may read that at the desk. Whose people took their consent back is shown to nobody. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const item = await itemAt(locals, params.id)
  const { house, now, reading: { db } } = locals
  if (!(await isInPreview(db, item.id, params.lang, params.hash, now))) error(404)
  const file = await house.blobs.find(params.hash)
  const bytes = file && file.byteSize <= MOST_BYTES ? await house.blobs.read(params.hash) : undefined
  if (!file || !bytes) error(404)
  // As with what is public: only these are shown in place, so that no file acts as a page of the desk.
  const isShown = /^(image\/(avif|webp|jpeg|png|gif)|application\/pdf|audio\/|video\/)/.test(file.mediaType)
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': file.mediaType, ...(!isShown && { 'content-disposition': 'attachment' }) } })
}
