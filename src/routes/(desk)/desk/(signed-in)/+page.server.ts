import type { PageServerLoad } from './$types.js'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { listProposalsToVote } from '#rooms/people/server/recognition-queries.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const site = await locals.house.site.get()
  const who = signedIn(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const toVote = await Promise.all((await listProposalsToVote(db, who, now)).map(async ({ organisationId, kind, closesAt }) => ({
    organisationId, kind, until: formatInstantDay(closesAt, lang, site.zone), name: nameIn((await findOrganisation(db, organisationId))!.texts, lang).text,
  })))
  return { isToBeOpened: site.openedAt === null && isSteward(who), toVote }
}) satisfies PageServerLoad
