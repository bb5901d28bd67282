import { join } from 'node:path'
import type { Settings } from '#env.ts'
import { type Blobs, openBlobs } from '#kernel/blobs/server/blobs.ts'
import { type Databases, openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { refuseDuringRestore } from '#kernel/database/restore-lock.ts'
import { makeDataFolder } from '#start/data-folder.ts'
import { furnishNew } from '#start/furnish.ts'
import type { Stopping } from '#start/stopping.ts'

/** The address of the place's database as it is, without a pooler between; nothing in it is changed. */
export async function findAddress(settings: Settings, stop: Stopping): Promise<{ url: string; directUrl: string }> {
  await makeDataFolder(settings.dataDir)
  let url = settings.databaseUrl
  if (!url) {
    const embedded = await startEmbedded(settings.dataDir, () => {})
    stop.opened('the embedded database', () => embedded.stop())
    url = embedded.url
  }
  return { url, directUrl: settings.databaseDirectUrl ?? url }
}

/** The database for a command: a running server's, or one that is started now and stopped by the last to leave. */
export async function openBesideServer(settings: Settings, program: URL, stop: Stopping, clock: () => Temporal.Instant): Promise<{ db: Databases; blobs: Blobs; directUrl: string }> {
  const { url, directUrl } = await findAddress(settings, stop)
  await refuseDuringRestore(directUrl)
  await migrate(directUrl)
  const db = await openDatabases({ url, directUrl })
  stop.opened('databases', () => db.close())
  const blobs = await openBlobs(db, join(settings.dataDir, 'blobs'))
  // A command before the first start is a first start: else nothing would have a site to act on.
  await furnishNew({ db, blobs, clock, zone: settings.zone }, program, true)
  return { db, blobs, directUrl }
}
