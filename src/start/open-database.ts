import { realpath } from 'node:fs/promises'
import type { Settings } from '#env.ts'
import { type Databases, openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { takeHouseLock } from '#kernel/database/house-lock.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { refuseDuringRestore } from '#kernel/database/restore-lock.ts'
import type { Log } from '#kernel/log/log.ts'
import { makeDataFolder } from '#start/data-folder.ts'
import { anotherAltavoz } from '#start/refusals.ts'
import type { Stopping } from '#start/stopping.ts'

export interface OpenDatabase {
  db: Databases
  /** Without a pooler between: for LISTEN and jobs. */
  directUrl: string
}

/** Finds or starts the database, claims the data folder, brings the schema up to date and opens the pools. */
export async function openDatabase(settings: Settings, log: Log, stop: Stopping): Promise<OpenDatabase> {
  await makeDataFolder(settings.dataDir)
  const { url, directUrl } = await addresses(settings, log, stop)
  // A database that several nodes share has one server for each data folder.
  const lock = await takeHouseLock(directUrl, await realpath(settings.dataDir))
  if (!lock) throw anotherAltavoz(settings.dataDir)
  stop.opened('the house lock', () => lock.release())
  await refuseDuringRestore(directUrl)
  const done = await migrate(directUrl)
  if (done.length > 0) log.info('schema brought up to date', { migrations: done.length })
  const db = await openDatabases({
    url, directUrl, onError: (error) => log.warning('database connection lost', { message: error.message.split('\n')[0] }),
  })
  stop.opened('databases', () => db.close())
  return { db, directUrl }
}

async function addresses(settings: Settings, log: Log, stop: Stopping) {
  if (settings.databaseUrl) {
    return { url: settings.databaseUrl, directUrl: settings.databaseDirectUrl ?? settings.databaseUrl }
  }
  const embedded = await startEmbedded(settings.dataDir, (line) => log.info('database', { message: line }))
  stop.opened('the embedded database', () => embedded.stop())
  return { url: embedded.url, directUrl: embedded.url }
}
