import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** The texts of values must not depend on a server's settings: a backup crosses servers. */
export const PLAIN_SESSION = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
  set bytea_output = 'hex'; set extra_float_digits = 1; set synchronize_seqscans = off; set statement_timeout = 0;
  set search_path = public`

/** Every table that holds rows, with the columns that are stored and not computed. Found, not listed: a new table is in. */
export async function listColumns(client: pg.Client): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by c.relname order by c.relname`)
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

/** The rows of a table as PostgreSQL's own text, which every major version reads. */
export function rowsOf(client: pg.Client, table: string, columns: string[]): AsyncIterable<Buffer> {
  return client.query(copyTo(`copy public.${quote(table)} (${columns.map(quote).join(', ')}) to stdout`))
}

export async function hashRows(client: pg.Client, table: string, columns: string[]): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of rowsOf(client, table, columns)) digest.update(chunk)
  return digest.digest('hex')
}
