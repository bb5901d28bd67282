/**
 * Vitest's globalSetup of the journeys: a house with its starter content and one without any are started once, and each
 * journey begins on its own copy of their data folder. That a first start furnishes a house is what `tests/start` is for.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { openHouseDatabase } from './house-database.ts'
import { furnishedIn, runHouse } from './running-house.ts'

export default async function setup() {
  // A start that cannot be made is told by each journey that needs it.
  if (!existsSync('build/server.js') || process.env.ALTAVOZ_UNFURNISHED) return
  const folders = await Promise.all([furnish([]), furnish(['--bare'])])
  return () => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
}

async function furnish(flags: string[]): Promise<string> {
  const house = await runHouse({}, flags)
  await untilIdle(house.dataDir)
  await house.stop()
  process.env[furnishedIn(flags)] = house.dataDir
  return house.dataDir
}

/** What a first start leaves to be done afterwards, pictures and the words of the index, is done once too. */
async function untilIdle(dataDir: string) {
  const database = await openHouseDatabase(dataDir)
  try {
    for (const end = performance.now() + 60_000; performance.now() < end;) {
      const { rows } = await sql`select from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now() limit 1`.execute(database.db.read)
      if (rows.length === 0) return
      await new Promise((later) => { setTimeout(later, 100) })
    }
    throw new Error('the jobs of a first start have not ended after 60 s')
  } finally {
    await database.close()
  }
}
