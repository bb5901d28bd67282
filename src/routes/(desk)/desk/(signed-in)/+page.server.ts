import type { PageServerLoad } from './$types.js'
import { noticesOf } from '../../notices-of.ts'
import { signedIn } from '../../signed-in.ts'
import { listWaiting } from '../../waiting.ts'

/** As many notices as stand beside the list. */
const BESIDE = 5

export const load = (async ({ locals }) => {
  const { house, viewer, lang, reading: { db, now } } = locals
  const asking = { db, now, person: signedIn(viewer), site: await house.site.get(), lang }
  const [waiting, notices] = await Promise.all([listWaiting(asking), noticesOf(locals, BESIDE)])
  return { waiting, notices: notices.filter(({ isRead }) => !isRead) }
}) satisfies PageServerLoad
