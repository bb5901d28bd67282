import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { listRecoveriesToConfirm } from '#rooms/people/server/recovery-queries.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Colleagues who lost their way in. */
export async function recoveries({ db, now, person, site, lang }: Asking): Promise<Waiting[]> {
  const spoken = { locale: lang as 'en' }
  return (await listRecoveriesToConfirm(db, person, now)).map(({ personId, name, signInName, askedAt, isConfirmed }) => ({
    what: m.rec_col_title({ name }, spoken),
    about: isConfirmed ? m.rec_col_done({}, spoken) : m.rec_col_facts({ name: signInName, since: formatInstant(askedAt, lang, site.zone) }, spoken),
    way: { href: `/desk/colleagues/${personId}`, text: m.og_vote({}, spoken) },
  }))
}
