import { createHash } from 'node:crypto'
import { HouseClient } from '#kernel/database/house-client.ts'

export interface HouseLock {
  /** False while the database is away; it is taken again when it is back. */
  isHeld(): boolean
  release(): Promise<void>
}

const RETAKE_EVERY_MS = 500

/**
 * Marks this process as the one server of a data folder. Undefined when another one is.
 * @param url an address without a pooler between
 * @param subject what there may be one server of; with a database that several nodes share, the path of the data folder
 */
export async function takeHouseLock(url: string, subject = 'house'): Promise<HouseLock | undefined> {
  const key = createHash('sha256').update(subject).digest().readBigInt64BE().toString()
  let client: HouseClient | undefined
  let released = false

  async function take(): Promise<boolean> {
    const taking = new HouseClient({ connectionString: url, application_name: 'altavoz house', keepAlive: true })
    taking.on('error', () => {})
    try {
      await taking.connect()
      const { rows } = await taking.query('select pg_try_advisory_lock($1::bigint) as taken', [key])
      if (rows[0].taken !== true || released) {
        await taking.end()
        return false
      }
    } catch (error) {
      void taking.end().catch(() => {})
      throw error
    }
    client = taking
    taking.on('end', () => {
      client = undefined
      if (!released) retakeLater()
    })
    return true
  }

  function retakeLater() {
    setTimeout(() => {
      if (!released) take().then((taken) => taken || retakeLater(), retakeLater)
    }, RETAKE_EVERY_MS).unref()
  }

  if (!(await take())) return undefined
  return {
    isHeld: () => client !== undefined,
    async release() {
      released = true
      await client?.end()
    },
  }
}
