import { fileURLToPath } from 'node:url'
import { act } from '#kernel/database/act.ts'
import type { ActingHouse } from '#kernel/database/act.ts'
import type { StarterHouse } from '#kernel/commands/room.ts'
import type { House } from '#kernel/house.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { wiring } from '../wiring.server.ts'

/**
 * A new installation gets its site and, unless it asked for none, the starter content of every room, in one transaction:
 * a first start that is cut off begins again from nothing.
 */
export async function furnishNew(
  house: ActingHouse & { clock(): Temporal.Instant; zone: string | undefined; blobs: StarterHouse['blobs'] }, program: URL, withStarter: boolean,
): Promise<void> {
  const folder = fileURLToPath(new URL('starter/', program))
  await act(house, async (tx) => {
    const isNew = await foundSite(tx, { zone: house.zone }, house.clock())
    if (!isNew) return
    for (const starter of wiring.starters) if (withStarter || starter.isNeeded) await starter.load(tx, { folder, blobs: house.blobs }, house.clock())
  })
}

export const furnish = (house: House, program: URL, withStarter: boolean) =>
  furnishNew({ db: house.db, blobs: house.blobs, pages: house.pages, clock: () => house.clock(), zone: house.settings.zone }, program, withStarter)
