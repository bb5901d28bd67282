import { m } from '#kernel/language/m.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { listProposalsToVote } from '#rooms/people/server/recognition-queries.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Proposals in which a member that she is a delegate of has not answered. */
export async function recognitions({ db, now, person, site, lang }: Asking): Promise<Waiting[]> {
  const spoken = { locale: lang as 'en' }
  return Promise.all((await listProposalsToVote(db, person, now)).map(async ({ organisationId, kind, closesAt }) => ({
    what: kind === 'end' ? m.og_asked_end({}, spoken) : m.og_asked({}, spoken),
    about: nameIn((await findOrganisation(db, organisationId))!.texts, lang).text,
    until: m.desk_until({ until: formatInstantDay(closesAt, lang, site.zone) }, spoken),
    way: { href: `/desk/organisations/${organisationId}#recognition`, text: m.og_vote({}, spoken) },
  })))
}
