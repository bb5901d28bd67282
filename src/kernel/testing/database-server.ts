import pg from 'pg'

/** The same address with another database. */
export function withDatabase(url: string, database: string): string {
  return url.replace(/(@[^/]*\/)[^?]*/, `$1${database}`)
}

/** One statement outside all transactions, as the server's owner. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
