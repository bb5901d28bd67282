// A house that sleeps until a later day: everything it remembers lies that much further back when it wakes.
import { sql } from 'kysely'
import type { Databases } from '#kernel/database/databases.ts'
import type { RunningHouse } from './running-house.ts'

/**
 * Stops the house and starts it again as if this much time had passed. Days that people wrote down stay as they are, and so does the
 * sealed log.
 * @param beside the database of the house
 */
export async function sleepFor(house: RunningHouse, beside: Databases, passed: Temporal.Duration): Promise<void> {
  await house.stop()
  const { rows } = await beside.transaction(async (tx) => {
    const columns = await sql<{ table: string; columns: string[] }>`
      select c.table_name as "table", array_agg(c.column_name::text) as columns from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone' and c.table_name not like 'audit%' group by 1`.execute(tx)
    for (const { table, columns: moments } of columns.rows) {
      const moved = moments.map((name) => sql`${sql.ref(name)} = ${sql.ref(name)} - ${passed.toString()}::interval`)
      await sql`update ${sql.table(table)} set ${sql.join(moved)}`.execute(tx)
    }
    return columns
  })
  if (!rows.some(({ table }) => table === 'publication')) throw new Error('nothing that has its hour was found')
  await house.startAgain()
}
