import { m } from '#kernel/language/m.ts'
import { countDraftsOfNobody } from '#rooms/media/server/draft-queries.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Drafts that nobody keeps, for whoever can take them. */
export async function drafts({ db, person, lang }: Asking): Promise<Waiting[]> {
  const count = await countDraftsOfNobody(db, person)
  if (count === 0) return []
  const spoken = { locale: lang as 'en' }
  return [{
    what: m.drf_waiting({ count, number: String(count) }, spoken), about: m.drf_waiting_body({}, spoken),
    way: { href: '/desk/drafts?whose=nobody', text: m.drf_to_drafts({}, spoken) },
  }]
}
