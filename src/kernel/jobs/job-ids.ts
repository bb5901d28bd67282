/**
 * What a job may carry: ids and short codes, by name. Finished jobs stay in tables for days, so an address, a token or
 * a text must never be in one: the worker reads what it needs from the row that the id names.
 */
export type JobIds = Record<string, string | bigint>

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const BLOB_HASH = /^[0-9a-f]{64}$/
/** A language, a place, a kind: es, MX-CHH, 419, press_release. */
const CODE = /^(?:[A-Za-z][A-Za-z0-9_-]{0,15}|\d{3})$/

/** The ids as they are stored; throws for anything that could be more than an id. */
export function writeJobIds(ids: JobIds): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ids).map(([name, value]) => {
      if (typeof value === 'bigint') return [name, String(value)]
      if (typeof value === 'string' && (ID.test(value) || BLOB_HASH.test(value) || CODE.test(value))) return [name, value]
      // The value itself is kept out of the message: it may be the secret that this refuses.
      throw new Error(`a job carries ids only, and "${name}" is none`)
    }),
  )
}
