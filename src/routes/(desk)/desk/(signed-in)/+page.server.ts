import type { PageServerLoad } from './$types.js'
import { isSteward } from '#rooms/people/person.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const site = await locals.house.site.get()
  return { isToBeOpened: site.openedAt === null && isSteward(signedIn(locals.viewer)) }
}) satisfies PageServerLoad
