import pg from 'pg'
import { HouseClient, type HouseClientConfig } from '#kernel/database/house-client.ts'

/**
 * A pool whose connections may die: an idle connection's error without a listener would end the whole program (and
 * print its password). Failures to connect are told to `onError` too.
 */
export function createPool(config: pg.PoolConfig & HouseClientConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...config,
    Client: HouseClient,
  })
  pool.on('error', onError)
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>
  pool.connect = (async (callback?: unknown) => {
    if (callback) return connect(callback)
    try {
      const client = await connect()
      // A connection lent to somebody has no listener of the pool's.
      if (client.listenerCount('error') === 0) client.on('error', onError)
      return client
    } catch (error) {
      onError(error as Error)
      throw error
    }
  }) as typeof pool.connect
  return pool
}
