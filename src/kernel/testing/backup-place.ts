import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import tar from 'tar-stream'
import { inject } from 'vitest'
import { PLAIN_SESSION, hashRows, listColumns } from '#kernel/backup/server/catalogue.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'

let places = 0

/** A database without a table, and a folder for files that is not there yet, for a restore. */
export async function emptyPlace(folder: string, server = inject('databaseUrl')) {
  const name = `test_restore_${process.pid}_${performance.timeOrigin.toFixed(0)}_${++places}`
  await onServer(server, `create database ${name} template template0`)
  const place = { url: withDatabase(server, name), blobFolder: join(folder, name) }
  return { ...place, drop: () => onServer(server, `drop database ${name} with (force)`) }
}

export async function look<T>(at: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  await client.query(PLAIN_SESSION)
  return fn(client).finally(() => client.end())
}

/** A hash of all rows of each table. */
export const contentsOf = (at: string) => look(at, async (client) => {
  const all: Record<string, string> = {}
  for (const [table, columns] of Object.entries(await listColumns(client))) all[table] = await hashRows(client, table, columns)
  return all
})

/** The same backup with the bytes of some of its parts changed, packed whole again: no checksum of the archive tells. */
export async function repacked(backup: Buffer, change: (name: string, bytes: Buffer) => Buffer): Promise<Buffer> {
  const pack = tar.pack()
  const extract = tar.extract()
  extract.end(gunzipSync(backup))
  for await (const entry of extract) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>) chunks.push(chunk)
    pack.entry({ name: entry.header.name, mode: 0o600 }, change(entry.header.name, Buffer.concat(chunks)))
  }
  pack.finalize()
  const packed: Uint8Array[] = []
  for await (const chunk of pack) packed.push(chunk as Uint8Array)
  return gzipSync(Buffer.concat(packed))
}
