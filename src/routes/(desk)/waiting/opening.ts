import { m } from '#kernel/language/m.ts'
import { isSteward } from '#rooms/people/person.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** A site that its stewards have not opened yet. */
export async function opening({ person, site, lang }: Asking): Promise<Waiting[]> {
  if (site.openedAt !== null || !isSteward(person)) return []
  const spoken = { locale: lang as 'en' }
  return [{ what: m.desk_closed_title({}, spoken), about: m.desk_closed_body({}, spoken), way: { href: '/desk/opening', text: m.opn_home({}, spoken) } }]
}
