import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { endsSoon } from '#rooms/people/invitation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { listOpenLinks } from '#rooms/people/server/member-queries.ts'
import { dutyName } from '#rooms/people/ui/entry-texts.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Invitations that nobody used and that end within two days. */
export async function ending({ db, now, person, site, lang }: Asking): Promise<Waiting[]> {
  if (!isSteward(person)) return []
  const spoken = { locale: lang as 'en' }
  return (await listOpenLinks(db, now)).filter(({ expiresAt }) => endsSoon(expiresAt, now)).map(({ duty, expiresAt }) => ({
    what: m.desk_link_ends({}, spoken), about: m.desk_link_ends_body({ duty: dutyName(duty, lang) }, spoken),
    until: m.desk_until({ until: formatInstant(expiresAt, lang, site.zone) }, spoken), way: { href: '/desk/people', text: m.desk_to_people({}, spoken) },
  }))
}
