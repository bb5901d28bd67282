import { hash } from 'node:crypto'
import pg from 'pg'
import { TYPES, writeValue } from '#kernel/database/types.ts'

type Send = (...args: unknown[]) => unknown

export interface HouseClientConfig extends pg.ClientConfig {
  /** Statements get names, so that the server plans each once a connection. Not through a pooler. */
  prepares?: boolean
}

/** Planning the statement of an item page takes ten times as long as running it. */
const MOST_NAMED = 100

/** A connection that reads and writes Temporal values. */
export class HouseClient extends pg.Client {
  constructor(config?: string | HouseClientConfig) {
    const given: HouseClientConfig = typeof config === 'string' ? { connectionString: config } : { ...config }
    super({ ...given, types: TYPES })
    const send = super.query as Send
    const nameOf = given.prepares ? naming() : () => undefined
    // `pg` has a dozen overloads; only (text, values) as Kysely calls it needs the values changed.
    const query: Send = (text, values, ...rest) => {
      if (typeof text !== 'string' || !Array.isArray(values)) {
        return send.apply(this, values === undefined && rest.length === 0 ? [text] : [text, values, ...rest])
      }
      const name = nameOf(text)
      const written = values.map(writeValue)
      return name ? send.call(this, { name, text, values: written }, ...rest) : send.call(this, text, written, ...rest)
    }
    this.query = query as typeof this.query
  }
}

/** Names of a connection's statements. Texts that are put together from parts are many: only the first hundred get one. */
function naming() {
  const names = new Map<string, string>()
  return (text: string): string | undefined => {
    const known = names.get(text)
    if (known || names.size >= MOST_NAMED || !/^\s*(select|with)\b/i.test(text)) return known
    const name = `altavoz_${hash('sha256', text).slice(0, 32)}`
    names.set(text, name)
    return name
  }
}
