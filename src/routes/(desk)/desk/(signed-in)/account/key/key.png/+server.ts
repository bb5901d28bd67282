import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { findNewKey } from '#rooms/people/server/own-account-queries.ts'
import { keyPicture } from '../../../../../key-picture.ts'
import { signedIn } from '../../../../../signed-in.ts'

/** For the phone's camera, while this session is about to take the key. */
export const GET: RequestHandler = async ({ locals }) => {
  const key = await findNewKey(locals.reading.db, signedIn(locals.viewer).sessionId, locals.now)
  if (!key) error(404)
  return keyPicture(locals, key)
}
