import { SYSTEM } from '#kernel/audit/server/audit.ts'
import { act } from '#kernel/database/act.ts'
import type { House } from '#kernel/house.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { stewardLinkLines } from '#rooms/people/server/entry-link-lines.ts'
import { isWithoutPeople } from '#rooms/people/server/entry-link-queries.ts'

/** A house in which nobody ever was gets the link of its first steward. A later start finds that link made and says nothing. */
export async function firstLinkLines(house: Pick<House, 'db' | 'settings' | 'clock'>): Promise<string[]> {
  if (!(await isWithoutPeople(house.db.read))) return []
  const { token } = await act(house, (tx) => makeStewardLink(tx, SYSTEM, house.clock()))
  return stewardLinkLines(house.settings.origins[0]!, token)
}
