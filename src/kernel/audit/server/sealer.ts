import { type RawBuilder, sql } from 'kysely'
import '#kernel/audit/server/tables.ts'
import { GENESIS, type ChainedEntry, type Head, linkHash } from '#kernel/audit/chain.ts'
import type { Databases } from '#kernel/database/databases.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { Log } from '#kernel/log/log.ts'

/** Any number; the same in every process, so that one of them seals at a time. */
const SEALER_LOCK = 0x616c7461
const BATCH = 500
/** How far behind the newest sealed entry the quick look goes. The whole look, once a minute, goes back to the first. */
const RECENT = 2000n

export type Reach = 'recent' | 'all'

/**
 * Chains entries whose acts have committed, in the order in which they are seen, and returns how many. An entry that
 * took a lower number but committed later gets the next position, so that no act waits for another. Undefined when
 * another process is sealing.
 */
export async function sealEntries(tx: Tx, reach: Reach = 'all'): Promise<number | undefined> {
  const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${SEALER_LOCK}) as mine`.execute(tx)
  if (!lock.rows[0]?.mine) return undefined
  const head = await findHead(tx)
  const entries = await listUnsealed(tx, reach)
  let { position, hash } = head ?? { position: 0n, hash: GENESIS }
  const seals = entries.map((entry) => {
    hash = linkHash(hash, entry)
    return { entryId: entry.id, position: ++position, hash }
  })
  if (seals.length > 0) await tx.insertInto('auditSeal').values(seals).execute()
  return seals.length
}

async function listUnsealed(tx: Tx, reach: Reach): Promise<ChainedEntry[]> {
  const newest: RawBuilder<bigint> = sql`(select coalesce(max(entry_id), 0) from audit_seal)`
  return tx
    .selectFrom('auditEntry as entry')
    .select(['entry.id', 'entry.at', 'entry.actor', 'entry.act', 'entry.subject', 'entry.detail'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('auditSeal as seal').select('seal.position').whereRef('seal.entryId', '=', 'entry.id'))))
    .$if(reach === 'recent', (query) => query.where('entry.id', '>', sql<bigint>`${newest} - ${RECENT}::bigint`))
    .orderBy('entry.id')
    .limit(BATCH)
    .execute()
}

/** The end of the chain: what a backup and an edition print, so that a chain cut short later is seen. */
export async function findHead(db: ReadDb): Promise<Head | undefined> {
  return db.selectFrom('auditSeal').select(['position', 'hash']).orderBy('position', 'desc').limit(1).executeTakeFirst()
}

/** Seals until nothing is left: at the end of a command, which may run without a server. */
export async function sealAll(db: Pick<Databases, 'transaction'>): Promise<void> {
  while ((await db.transaction((tx) => sealEntries(tx))) === BATCH);
}

/** Seals twice a second for as long as the house stands. `stop` waits for the round under way. */
export function startSealer(db: Pick<Databases, 'transaction' | 'isUp'>, log: Log): { stop(): Promise<void> } {
  let stopped = false
  let rounds = 0
  let timer: NodeJS.Timeout | undefined
  let failing = false

  const round = async () => {
    try {
      const reach = rounds++ % 120 === 0 ? 'all' : 'recent'
      if (db.isUp()) while (!stopped && (await db.transaction((tx) => sealEntries(tx, reach))) === BATCH);
      failing = false
    } catch (error) {
      // A database that is away is reported by whoever supervises it; here once, not twice a second.
      if (!failing) log.error('audit-not-sealed', error)
      failing = true
    }
    if (!stopped) timer = setTimeout(run, 500)
  }
  let underWay = Promise.resolve()
  const run = () => void (underWay = round())
  run()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
