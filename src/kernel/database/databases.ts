import { isConnectionLoss } from '#kernel/database/connection-loss.ts'
import { kyselyOver } from '#kernel/database/kysely.ts'
import { createPool } from '#kernel/database/pool.ts'
import { refusalOf } from '#kernel/database/refusal-of.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { watchHealth } from '#kernel/database/health.ts'

export interface Databases {
  /** For queries: its connections refuse writes and give up on a statement after 5 seconds. */
  read: ReadDb
  /** Several queries that see one and the same moment (REPEATABLE READ, READ ONLY). One statement needs no snapshot. */
  snapshot<T>(fn: (db: ReadDb) => Promise<T>): Promise<T>
  /** For actions; call it through `act`, which also drops the pages that the act changed. */
  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** False from the moment a connection was lost until the database answers again. */
  isUp(): boolean
  close(): Promise<void>
}

export interface DatabaseAddress {
  url: string
  /** An address without a pooler between, for LISTEN, locks and migrations. The same as `url` when left out. */
  directUrl?: string
  readConnections?: number
  writeConnections?: number
  /** Called with a lost connection's error, which else nobody would see. */
  onError?: (error: Error) => void
}

export const STATEMENT_TIMEOUT_MS = 5000

export async function openDatabases(address: DatabaseAddress): Promise<Databases> {
  // Behind a pooler a session is shared with strangers: a setting left on it would reach them. Then reads are held
  // read-only by their types and inside `snapshot` only.
  const isPooled = address.directUrl !== undefined && address.directUrl !== address.url
  const health = watchHealth(address.url)
  const noticeLoss = (error: Error) => {
    if (!isConnectionLoss(error)) return
    address.onError?.(error)
    health.doubt()
  }
  const readPool = createPool(
    {
      connectionString: address.url,
      max: address.readConnections ?? 8,
      application_name: 'altavoz read',
      ...(isPooled
        ? { query_timeout: STATEMENT_TIMEOUT_MS }
        : { prepares: true, options: `-c default_transaction_read_only=on -c statement_timeout=${STATEMENT_TIMEOUT_MS}` }),
    },
    noticeLoss,
  )
  const writePool = createPool(
    { connectionString: address.url, max: address.writeConnections ?? 4, application_name: 'altavoz write' },
    noticeLoss,
  )
  const reading = kyselyOver(readPool)
  const writing = kyselyOver(writePool)
  await health.check().catch(async (error) => {
    health.stop()
    await Promise.all([reading.destroy(), writing.destroy()])
    throw refusalOf(error)
  })

  return {
    read: reading,
    snapshot: (fn) =>
      reading.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute((db) => fn(db)),
    transaction: (fn) => writing.transaction().execute(fn),
    isUp: () => health.isUp(),
    async close() {
      health.stop()
      await Promise.all([reading.destroy(), writing.destroy()])
    },
  }
}
