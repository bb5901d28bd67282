import { sql } from 'kysely'
import type { Tx } from '#kernel/database/tables.ts'

export { listenForTags, type TagHearing } from '#kernel/database/tag-listener.ts'

const CHANNEL = 'altavoz_tags'

/** The tag that stands for all tags. */
export const EVERY_TAG = '*'

const MOST_TAGS = 100
/** PostgreSQL refuses a NOTIFY of 8,000 bytes or more. */
const MOST_BYTES = 7000

// NOTE: the remembered tags hang on the transaction itself, under a registered symbol, because the program is bundled
// into two module graphs and a WeakMap in this module would exist twice.
const announced = Symbol.for('altavoz.announced-tags')
type Announcing = { [announced]?: Set<string> }

/**
 * Says which page tags this transaction changes. Other nodes hear it when the transaction commits, and never when it
 * is rolled back; `act` drops the same tags here. Tags carry ids only, never a text: they pass through logs of the
 * database. Over 100 tags in one transaction, or over 7,000 bytes at once, everything is dropped.
 */
export async function announce(tx: Tx, tags: string[]): Promise<void> {
  const known = ((tx as Announcing)[announced] ??= new Set())
  if (known.has(EVERY_TAG)) return
  const fresh = [...new Set(tags)].filter((tag) => !known.has(tag))
  if (fresh.length === 0) return
  for (const tag of fresh) known.add(tag)
  const payload = fresh.join(' ')
  if (fresh.includes(EVERY_TAG) || known.size > MOST_TAGS || Buffer.byteLength(payload) > MOST_BYTES) {
    known.add(EVERY_TAG)
    await notify(tx, EVERY_TAG)
  } else {
    await notify(tx, payload)
  }
}

/** The tags that were announced on this transaction; `['*']` when they are too many to name. */
export function announcedTags(tx: Tx): string[] {
  const known = (tx as Announcing)[announced]
  if (!known) return []
  return known.has(EVERY_TAG) ? [EVERY_TAG] : [...known]
}

async function notify(tx: Tx, payload: string) {
  await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(tx)
}
