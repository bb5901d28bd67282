import type { LedAmong } from '#rooms/media/server/need-queries.ts'
import { listRecognisedIds } from '#rooms/people/server/organisation-queries.ts'

/** Those of them that the alliance recognises as led by sex workers. */
export const ledAmong: LedAmong = async (db, ids) => {
  const led = new Set(await listRecognisedIds(db))
  return ids.filter((id) => led.has(id))
}
