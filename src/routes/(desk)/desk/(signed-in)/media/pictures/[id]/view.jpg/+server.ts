import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { isOut } from '#rooms/media/library.ts'
import { fileAt } from '../../../../../../library-desk.ts'

/** A picture of the library for whoever may see it there; one whose consent was taken back, here or elsewhere, for nobody. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const file = await fileAt(locals, params.id!)
  const { what } = file
  if (what.kind !== 'picture' || isOut(file)) error(404)
  const { hash } = url.searchParams.has('large') ? what.shown.large : what.shown.inPage.at(-1)!
  const bytes = await locals.house.blobs.read(hash)
  if (!bytes) error(404)
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/jpeg' } })
}
