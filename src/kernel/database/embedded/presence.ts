import { HouseClient } from '#kernel/database/house-client.ts'

/** Everybody who uses the embedded database holds this lock shared; who gets it alone is the last to leave. */
const PRESENCE_LOCK = 4713_0002

export interface Presence {
  /** Leaves; true when nobody else is there, and nobody can come in until `end`. */
  leave(): Promise<boolean>
  end(): Promise<void>
}

/**
 * Takes part in the use of the database. `onLost` is called once when the connection breaks, which is also how the
 * death of the postmaster is noticed: its children end at once, whoever started it.
 */
export async function bePresent(url: string, onLost: () => void): Promise<Presence> {
  const client = new HouseClient({ connectionString: url, application_name: 'altavoz presence', connectionTimeoutMillis: 10_000 })
  // Before it holds, a broken connection is the caller's to try again: told twice, it would take part twice.
  let holds = false
  let leaving = false
  let lost = false
  const lose = () => {
    if (!holds || leaving || lost) return
    lost = true
    onLost()
  }
  client.on('error', lose)
  client.on('end', lose)
  try {
    await client.connect()
    // Waits while a leaver stops the server, and then fails with the connection.
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK])
    holds = true
  } catch (error) {
    leaving = true
    void client.end().catch(() => {})
    throw error
  }
  return {
    async leave() {
      leaving = true
      try {
        await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK])
        const { rows } = await client.query('select pg_try_advisory_lock($1) as alone', [PRESENCE_LOCK])
        return rows[0].alone === true
      } catch {
        return false
      }
    },
    async end() {
      leaving = true
      await client.end().catch(() => {})
    },
  }
}
