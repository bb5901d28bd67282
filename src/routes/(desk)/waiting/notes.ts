import { m } from '#kernel/language/m.ts'
import { listUnanswered } from '#rooms/media/server/desk-note-queries.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Notes of colleagues that nobody has answered, on texts that she keeps. */
export async function notes({ db, person, lang }: Asking): Promise<Waiting[]> {
  const spoken = { locale: lang as 'en' }
  return (await listUnanswered(db, person.id)).map(({ itemId, title, count }) => ({
    what: m.trl_waiting({ count, number: String(count) }, spoken), about: title || m.txt_untitled({}, spoken), way: { href: `/desk/media/${itemId}/notes`, text: m.trl_notes({}, spoken) },
  }))
}
