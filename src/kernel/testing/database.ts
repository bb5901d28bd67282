import { afterAll, inject } from 'vitest'
import { type Databases, openDatabases } from '#kernel/database/databases.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    templateDatabase: string
  }
}

export interface TestDatabase {
  db: Databases
  /** For LISTEN, jobs, a second node or a raw look into the tables. */
  url: string
  close(): Promise<void>
}

let count = 0

/**
 * A migrated, empty database of its own, on a real server; dropped when the test file ends. Call it once a file, at
 * its top level or in `beforeAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('databaseUrl')
  const name = `test_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${performance.timeOrigin.toFixed(0)}_${++count}`
  await onServer(server, `create database ${name} template ${inject('templateDatabase')} strategy file_copy`)
  const url = withDatabase(server, name)
  const db = await openDatabases({ url, readConnections: 4, writeConnections: 3 })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await db.close()
    await onServer(server, `drop database if exists ${name} with (force)`)
  }
  afterAll(close)
  return { db, url, close }
}
