import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Tables } from '#kernel/database/tables.ts'

/** Kysely over a pool of `HouseClient`s. Keys inside jsonb keep their names. */
export function kyselyOver(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
