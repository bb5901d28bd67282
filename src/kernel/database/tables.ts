import type { Kysely, Transaction } from 'kysely'

/**
 * Every table of the house, by its camelCase name. Each room and each kernel noun adds its own rows here from its
 * `server/tables.ts`, so that no list of tables has to know all rooms:
 *
 *     declare module '#kernel/database/tables.ts' {
 *       interface Tables { item: ItemTable }
 *     }
 */
export interface Tables {
  schemaMigration: { name: string; appliedAt: Temporal.Instant }
}

/**
 * What a query is given: it can select and nothing else. The read connections also refuse writes by themselves; this
 * type says so before anything runs. An open transaction is accepted too, so actions can use queries.
 */
export type ReadDb = Pick<
  Kysely<Tables>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'case' | 'getExecutor'
>

/** An open, writable transaction: what an action is given. Only `Databases.transaction` (through `act`) opens one. */
export type Tx = Transaction<Tables>
