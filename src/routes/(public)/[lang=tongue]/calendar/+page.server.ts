import type { PageServerLoad } from './$types.js'
import { listEvents } from '#rooms/media/server/event-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

export const load = (async ({ locals, params }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  reading.tag(`list:media:${lang}`)
  // What is past depends on which day it is.
  reading.freshBeforeMidnight(site.zone)
  const today = reading.now.toZonedDateTimeISO(site.zone).toPlainDate()
  const { upcoming, past, undated, changesAt } = await house.db.snapshot((db) => listEvents(db, lang, today, reading.now))
  reading.freshBefore(changesAt)
  for (const { id } of [...upcoming, ...past, ...undated]) reading.tag(`item:${id}`)
  return { upcoming, past, undated }
}) satisfies PageServerLoad
