import type { LayoutServerLoad } from './$types.js'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const { id, duties } = signedIn(locals.viewer)
  const account = await findAccount(locals.reading.db, id)
  if (!account) throw new Error('whoever has a session is a person')
  return { account: { ...account, isSteward: duties.some(({ duty }) => duty === 'steward') } }
}) satisfies LayoutServerLoad
