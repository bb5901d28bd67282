import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { keyPicture } from '../../../../../key-picture.ts'
import { recoveryAt } from '../recovery-at.ts'

/** For the phone's camera, once enough have confirmed. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { confirmed } = await recoveryAt(locals, params.token)
  if (!confirmed) error(404)
  return keyPicture(locals, confirmed.totpSecret)
}
