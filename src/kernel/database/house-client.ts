import pg from 'pg'
import { TYPES, writeValue } from '#kernel/database/types.ts'

/** A connection that reads and writes Temporal values. */
export class HouseClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), types: TYPES })
  }

  // `pg` has a dozen overloads; only (text, values) as Kysely calls it needs the values changed.
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const sent = typeof text === 'string' && Array.isArray(values) ? [text, values.map(writeValue), ...rest] : args
    return (super.query as (...sent: unknown[]) => never).apply(this, sent)
  }
}
