import type { Starter } from '#kernel/commands/room.ts'
import { act, type ActingHouse } from '#kernel/database/act.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'

export interface FirstStart {
  /** The setting SITE_ZONE; UTC when it is not set. */
  zone: string | undefined
  /** The absolute path of `starter/`. */
  folder: string
  /** `--bare`: no starter content. */
  isBare?: boolean
  starters: Starter[]
  say?: (line: string) => void
}

/**
 * Founds the site and loads the starter content, once in an installation's life: false when that is done already.
 * All of it is one transaction, so that a first start which is killed leaves nothing half there and is tried again.
 */
export async function firstStart(house: ActingHouse, start: FirstStart, now: Temporal.Instant): Promise<boolean> {
  const { zone = 'UTC', folder, isBare = false, starters, say = () => {} } = start
  return act(house, async (tx) => {
    if (!(await foundSite(tx, zone, now))) return false
    for (const starter of isBare ? [] : starters) {
      say(`loading starter content: ${starter.name}`)
      await starter.load(tx, folder, now)
    }
    return true
  })
}
