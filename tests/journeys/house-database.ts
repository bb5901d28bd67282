// The database of a running house, which a test takes part in as bin/altavoz does.
import { type Databases, openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'

export interface HouseDatabase {
  db: Databases
  url: string
  close(): Promise<void>
}

/** Close it before the house ends. */
export async function openHouseDatabase(dataDir: string): Promise<HouseDatabase> {
  const embedded = await startEmbedded(dataDir)
  const db = await openDatabases({ url: embedded.url })
  return {
    db,
    url: embedded.url,
    async close() {
      await db.close()
      await embedded.stop()
    },
  }
}
