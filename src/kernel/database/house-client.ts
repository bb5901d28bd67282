import pg from 'pg'
import { TYPES, writeValue } from '#kernel/database/types.ts'

type Send = (...args: unknown[]) => unknown

/** A connection that reads and writes Temporal values. */
export class HouseClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), types: TYPES })
    const send = super.query as Send
    // `pg` has a dozen overloads; only (text, values) as Kysely calls it needs the values changed.
    const query: Send = (text, values, ...rest) =>
      typeof text === 'string' && Array.isArray(values)
        ? send.call(this, text, values.map(writeValue), ...rest)
        : send.apply(this, values === undefined && rest.length === 0 ? [text] : [text, values, ...rest])
    this.query = query as typeof this.query
  }
}
