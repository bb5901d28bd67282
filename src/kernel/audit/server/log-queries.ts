import { sql } from 'kysely'
import '#kernel/audit/server/tables.ts'
import type { ChainedEntry, Head } from '#kernel/audit/chain.ts'
import type { AskedEntries } from '#kernel/audit/log-asked.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

export type LogEntry = ChainedEntry

export interface LogPage {
  /** The newest first. */
  entries: LogEntry[]
  /** Where older ones begin; null when there are none. */
  before: bigint | null
  /** No more than this was looked through: older ones may follow even where few or none were found. */
  isCut: boolean
}

export const ON_A_PAGE = 50
/** No index leads from a person to what she did, so no more entries than this are looked through for her at a time. */
export const LOOKED_THROUGH = 200_000n
/** By how much an entry may stand before an older one: the clock of an act is read at its beginning, and clocks are set. */
const DISORDER = { hours: 24 }

/** Entries of the log with numbers below `before`, however many there are: numbers follow the clock, so days are numbers too. */
export async function listEntries(db: ReadDb, asked: AskedEntries, lookedThrough = LOOKED_THROUGH): Promise<LogPage> {
  const { actor, from, until, before } = asked
  const newest = until ? await findLastBefore(db, until.add(DISORDER)) : await findLast(db)
  const top = before !== undefined && before <= newest ? before - 1n : newest
  const oldest = from ? await findLastBefore(db, from.subtract(DISORDER)) : 0n
  const floor = actor !== undefined && top - lookedThrough > oldest ? top - lookedThrough : oldest
  const rows = await entriesBetween(db, asked, { floor, top }).execute()
  const entries = rows.slice(0, ON_A_PAGE)
  if (rows.length > ON_A_PAGE) return { entries, before: entries.at(-1)!.id, isCut: false }
  const isCut = floor > oldest
  return { entries, before: isCut ? floor + 1n : null, isCut }
}

/** The newest entries with a number up to `top` and above `floor`, one more than a page shows. */
export function entriesBetween(db: ReadDb, { act, actor, subject, from, until }: AskedEntries, { floor, top }: { floor: bigint; top: bigint }) {
  return db.selectFrom('auditEntry').select(['id', 'at', 'actor', 'act', 'subject', 'detail'])
    .where('id', '<=', top).where('id', '>', floor)
    .$if(act !== undefined, (query) => query.where('act', '=', act!))
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor!))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .$if(from !== undefined, (query) => query.where('at', '>=', from!))
    .$if(until !== undefined, (query) => query.where('at', '<', until!))
    .orderBy('id', 'desc').limit(ON_A_PAGE + 1)
}

async function findLast(db: ReadDb): Promise<bigint> {
  const last = await db.selectFrom('auditEntry').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last?.id ?? 0n
}

/**
 * The number of the last entry before a moment, found by halving: some twenty looks into the index of numbers, where a
 * day far back would else mean reading everything since. @returns 0 when there is none
 */
async function findLastBefore(db: ReadDb, moment: Temporal.Instant): Promise<bigint> {
  const at = sql`${moment.toString()}::timestamptz`
  const { rows } = await sql<{ last: bigint }>`with recursive half(low, high) as (
      select 0::bigint, coalesce((select max(id) from audit_entry), 0) + 1
      union all
      select case when e.at >= ${at} then low else (low + high) / 2 end, case when e.at >= ${at} then e.id else high end
      from half left join lateral (select id, at from audit_entry where id > low and id <= (low + high) / 2 order by id desc limit 1) e on true
      where high - low > 1)
    select max(low) as last from half`.execute(db as never)
  return rows[0]!.last
}

export interface LastSeal extends Head {
  entryId: bigint
  at: Temporal.Instant | null
}

/** The last entry that the sealer put into the chain. It tells nothing about whether the chain is as it was written. */
export function findLastSeal(db: ReadDb): Promise<LastSeal | undefined> {
  return db.selectFrom('auditSeal').leftJoin('auditEntry', 'auditEntry.id', 'entryId').select(['position', 'hash', 'entryId', 'auditEntry.at'])
    .orderBy('position', 'desc').limit(1).executeTakeFirst()
}
