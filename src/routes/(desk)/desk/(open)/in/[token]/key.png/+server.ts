import type { RequestHandler } from './$types.js'
import { keyPicture } from '../../../../../key-picture.ts'
import { livingLink } from '../living-link.ts'

/** For the phone's camera. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const link = await livingLink(locals, params.token)
  return keyPicture(locals, link.totpSecret!)
}
