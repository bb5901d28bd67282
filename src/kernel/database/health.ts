import { HouseClient } from '#kernel/database/house-client.ts'

const PROBE_EVERY_MS = 200

export interface Health {
  isUp(): boolean
  /** Somebody lost a connection: it counts as down until a new connection answers. */
  doubt(): void
  /** Asks once, now; throws what the database answered. */
  check(): Promise<void>
  stop(): void
}

/** Knows whether the database answers, and asks again while it does not. */
export function watchHealth(url: string): Health {
  let up = false
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function ask() {
    const client = new HouseClient({ connectionString: url, connectionTimeoutMillis: 2000, query_timeout: 2000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('select 1')
      up = true
    } finally {
      void client.end().catch(() => {})
    }
  }

  function askAgain() {
    timer = setTimeout(() => {
      timer = undefined
      ask().catch(() => {
        if (!stopped) askAgain()
      })
    }, PROBE_EVERY_MS)
    timer.unref()
  }

  return {
    isUp: () => up,
    doubt() {
      up = false
      if (!timer && !stopped) askAgain()
    },
    check: ask,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
