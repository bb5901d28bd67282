import type { PageServerLoad } from './$types.js'
import { formatInstant } from '#kernel/when/phrase.ts'
import { isSteward } from '#rooms/people/person.ts'
import { listRecoveriesToConfirm } from '#rooms/people/server/recovery-queries.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const { lang, reading: { db, now } } = locals
  const who = signedIn(locals.viewer)
  const site = await locals.house.site.get()
  const recoveries = (await listRecoveriesToConfirm(db, who, now)).map(({ askedAt, ...one }) => ({ ...one, since: formatInstant(askedAt, lang, site.zone) }))
  return { isToBeOpened: site.openedAt === null && isSteward(who), recoveries }
}) satisfies PageServerLoad
