import { createHash } from 'node:crypto'

export interface ChainedEntry {
  id: bigint
  at: Temporal.Instant
  actor: string
  act: string
  subject: string
  detail: Record<string, unknown>
}

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64)

/** The hash of an entry after the one before it: SHA-256 over both, in one spelling that any program can repeat. */
export function linkHash(previous: string, entry: ChainedEntry): string {
  const { id, at, actor, act, subject, detail } = entry
  const text = canonicalJson([previous, String(id), at.toString(), actor, act, subject, detail])
  return createHash('sha256').update(text).digest('hex')
}

/** JSON with sorted keys, because the database keeps the keys of an object in an order of its own. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).filter(([, part]) => part !== undefined)
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${pairs.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}

/** The end of the chain, written so that a person can copy it: `128:9f2c…`. */
export interface Head {
  position: bigint
  hash: string
}

export function writeHead(head: Head): string {
  return `${head.position}:${head.hash}`
}

export function parseHead(text: string): Head | undefined {
  const match = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text.trim())
  return match ? { position: BigInt(match[1]!), hash: match[2]! } : undefined
}
