import { pipeline } from 'node:stream/promises'
import { readdir, rm } from 'node:fs/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { parseHead } from '#kernel/audit/chain.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import { PLAIN_SESSION, hashRows, listColumns, quote } from '#kernel/backup/server/catalogue.ts'
import { type Head, type Manifest, checkBackup, readParts } from '#kernel/backup/server/container.ts'
import { clearHalfFiles, openShelf, placeOf, writeWhole } from '#kernel/blobs/server/shelf.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { holdForRestore } from '#kernel/database/restore-lock.ts'
import { migrations } from '#migrations/index.ts'

export interface EmptyPlace { url: string; blobFolder: string; tell?: (line: string) => void }

/**
 * Reads a backup into an empty place. If anything fails, the place is empty again.
 * @param keyFile opens it when it is sealed
 */
export async function restore(place: EmptyPlace, file: string, keyFile?: string): Promise<{ head: Head; manifest: Manifest }> {
  const { tell = () => {} } = place
  tell('reading the backup through')
  const { head, manifest } = await checkBackup(file, keyFile)
  const known = new Set(migrations.map(({ name }) => name))
  const newer = head.schema.filter((name) => !known.has(name))
  if (newer.length > 0) throw new Refusal(`The backup was made by a newer Altavoz (${newer.join(', ')}). Install that one and restore with it.`)
  const client = new pg.Client({ connectionString: place.url, application_name: 'altavoz restore' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(PLAIN_SESSION)
    await holdForRestore(client)
    await refuseUsed(client)
    if ((await readdir(place.blobFolder).catch(() => [])).length > 0) {
      throw new Refusal(`${place.blobFolder} holds files already, and a restore never mixes two places. Name a new folder in DATA_DIR.`)
    }
    try {
      await migrate(place.url, migrations.filter(({ name }) => head.schema.includes(name)))
      tell('loading the tables and files')
      await load(client, place, { file, keyFile, head, manifest })
      await migrate(place.url)
      await checkChain(place.url, manifest)
      return { head, manifest }
    } catch (error) {
      await client.query('rollback').catch(() => {})
      await empty(client)
      for (const hash of Object.keys(manifest.blobs)) await rm(placeOf(place.blobFolder, hash), { force: true })
      throw error
    }
  } finally {
    await client.end().catch(() => {})
  }
}

async function refuseUsed(client: pg.Client): Promise<void> {
  await refuseServed(client)
  if (Object.keys(await listColumns(client)).length > 0) {
    throw new Refusal('This place is not empty, and a restore never writes over anything. Name a new folder in DATA_DIR, or an empty database in DATABASE_URL.')
  }
}

async function refuseServed(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ served: boolean }>(
    `select exists (select from pg_stat_activity where application_name = 'altavoz house' and datname = current_database()) as served`)
  if (rows[0]!.served) throw new Refusal('An Altavoz serves this place. Stop it first; a restore needs an empty place.')
}

interface Checked { file: string; keyFile: string | undefined; head: Head; manifest: Manifest }

async function load(client: pg.Client, place: EmptyPlace, { file, keyFile, head, manifest }: Checked): Promise<void> {
  const here = await listColumns(client)
  for (const [table, columns] of Object.entries(head.columns)) {
    const lacking = columns.filter((column) => !here[table]?.includes(column))
    if (lacking.length > 0) throw new Refusal(`The backup has ${table}.${lacking[0]}, which its schema does not: it was not made by Altavoz.`)
  }
  await client.query('begin')
  // Foreign keys are made anew after the rows, which checks all of them: tables may name each other in circles, and
  // an owner who is no superuser may do this, but not switch them off.
  const { rows: keys } = await client.query<{ table: string; name: string; makes: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as makes
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  // What a trigger would write stands in the backup: written again, rows would lie in another order, or say what was true half way.
  const { rows: triggered } = await client.query<{ table: string }>(
    `select distinct tgrelid::regclass::text as table from pg_trigger join pg_class c on c.oid = tgrelid where not tgisinternal and relnamespace = 'public'::regnamespace`)
  for (const { table } of triggered) await client.query(`alter table ${table} disable trigger user`)
  await client.query(`truncate ${Object.keys(here).map((table) => `public.${quote(table)}`).join(', ')}`)
  await openShelf(place.blobFolder)
  await clearHalfFiles(place.blobFolder)
  const openTable = tableOpener(client, head)
  for await (const part of readParts(file, keyFile)) {
    if (part.kind === 'blob') await writeWhole(place.blobFolder, part.bytes, Number.MAX_SAFE_INTEGER)
    if (part.kind === 'rows') await openTable(part.table, part.bytes)
  }
  for (const { table } of triggered) await client.query(`alter table ${table} enable trigger user`)
  for (const { table, name, makes } of keys) await client.query(`alter table ${table} add constraint ${name} ${makes}`)
  for (const [name, at] of Object.entries(head.sequences)) await client.query('select setval($1::regclass, $2::bigint)', [`public.${quote(name)}`, at])
  for (const [table, { sha256 }] of Object.entries(manifest.tables)) {
    if ((await hashRows(client, table, head.columns[table]!)) !== sha256) throw new Refusal(`After loading, the table ${table} is not as in the backup.`)
  }
  await refuseServed(client)
  await client.query('commit')
}

/** Parts end anywhere, also within a row; one COPY takes whole rows, so the rest waits for the next part. */
function tableOpener(client: pg.Client, head: Head): (table: string, bytes: Buffer) => Promise<void> {
  let before: { table: string; rest: Buffer } | undefined
  return async (table, bytes) => {
    const all = before?.table === table ? Buffer.concat([before.rest, bytes]) : bytes
    const end = all.lastIndexOf(10) + 1
    before = { table, rest: all.subarray(end) }
    if (end === 0) return
    const columns = head.columns[table]!.map(quote).join(', ')
    await pipeline([all.subarray(0, end)], client.query(copyFrom(`copy public.${quote(table)} (${columns}) from stdin`)))
  }
}

async function checkChain(url: string, { audit }: Manifest): Promise<void> {
  const db = await openDatabases({ url, readConnections: 1, writeConnections: 1 })
  try {
    const { findings } = await verifyChain(db.read, audit ? parseHead(audit) : undefined)
    if (findings.length > 0) throw new Refusal(`The log of acts in the backup is not whole (${findings[0]!.what} at place ${findings[0]!.position}).`)
  } finally {
    await db.close()
  }
}

/** Only called on a place that had no table before. */
async function empty(client: pg.Client): Promise<void> {
  for (const table of Object.keys(await listColumns(client))) await client.query(`drop table if exists public.${quote(table)} cascade`)
  const { rows } = await client.query<{ drops: string }>(
    `select format('drop routine if exists %s cascade', p.oid::regprocedure) as drops from pg_proc p where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     union all select format('drop table if exists %s cascade', oid::regclass) from pg_class
       where relkind = 'p' and relnamespace = 'public'::regnamespace`)
  for (const { drops } of rows) await client.query(drops)
}
