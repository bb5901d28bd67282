import { Refusal } from '#kernel/database/refusal.ts'

const OLDEST = 15

interface Asking {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>
}

/** Refuses a PostgreSQL that is too old, or a database that cannot hold every language's letters. */
export async function checkServer(client: Asking): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_version') as version,
            current_setting('server_encoding') as encoding,
            current_database() as database`,
  )
  const { major, version, encoding, database } = rows[0] as Record<string, string>
  if (Number(major) < OLDEST) {
    throw new Refusal(
      `The database server is PostgreSQL ${version}; Altavoz needs ${OLDEST} or newer. ` +
        'Upgrade it, or unset DATABASE_URL to use the database that comes with Altavoz.',
    )
  }
  if (encoding !== 'UTF8') {
    throw new Refusal(
      `The database "${database}" has the encoding ${encoding}; Altavoz needs UTF8. ` +
        `Make a new one: createdb --encoding=UTF8 --template=template0 NAME, and name it in DATABASE_URL.`,
    )
  }
}
