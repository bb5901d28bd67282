import type { LayoutServerLoad } from './$types.js'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const account = await findAccount(locals.reading.db, signedIn(locals.viewer).id)
  if (!account) throw new Error('whoever has a session is a person')
  return { account }
}) satisfies LayoutServerLoad
