import type { PageServerLoad } from './$types.js'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const { duties } = signedIn(locals.viewer)
  const site = await locals.house.site.get()
  return { isToBeOpened: site.openedAt === null && duties.some(({ duty }) => duty === 'steward') }
}) satisfies PageServerLoad
