import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Settings } from '#env.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import type { Databases } from '#kernel/database/databases.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { Log } from '#kernel/log/log.ts'
import type { Mail } from '#kernel/mail/server/mail.ts'
import type { PageCache } from '#kernel/page-cache/page-cache.ts'
import type { Reading } from '#kernel/page-cache/reading.ts'
import type { Press } from '#kernel/print/press.ts'
import type { Remembered } from '#kernel/page-cache/remembered.ts'
import type { Site } from '#kernel/site/site.ts'

/**
 * Everything that one process holds once. The program is two module graphs (server.ts and SvelteKit's build), so no
 * module-level state may be shared: server.ts makes the house, and hooks.server.ts hands it to the routes.
 */
export interface House {
  settings: Settings
  db: Databases
  pages: PageCache
  jobs: Jobs
  blobs: Blobs
  press: Press
  log: Log
  /** Undefined where no mail server is set: this house then sends none. */
  mail: Mail | undefined
  clock(): Temporal.Instant
  /** The render that is under way. */
  reading: AsyncLocalStorage<Reading>
  site: Remembered<Site>
  /** Whether a published thing shows this file, so that a reader may have it. */
  mayShowBlob(hash: string): Promise<boolean>
}

const PLACE = Symbol.for('altavoz.house')
type Place = { [PLACE]?: House }

export function openHouse(house: House) {
  (globalThis as Place)[PLACE] = house
}

export function theHouse(): House {
  const house = (globalThis as Place)[PLACE]
  if (!house) throw new Error('the house is not open yet: start src/server.ts, which opens it before the pages')
  return house
}
