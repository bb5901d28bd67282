import '#kernel/audit/server/tables.ts'
import type { Act, Subject } from '#kernel/audit/acts.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'

/** The actor of what is typed at `bin/altavoz`; the program itself is `system`; a person is their id. */
export const OPERATOR = 'operator'
export const SYSTEM = 'system'

export interface Deed {
  actor: string
  act: Act
  subject: Subject
  /** Ids, counts, keys and dates only. An entry can never be erased, so no name, address or text of a person here. */
  detail?: Record<string, unknown>
}

/**
 * Writes down an act in the transaction that does it: both are there, or neither. It takes no hash, so that writers
 * do not queue behind each other; the sealer chains the entry within a second of the commit.
 */
export async function record(tx: Tx, deed: Deed, now: Temporal.Instant): Promise<void> {
  const { actor, act, subject, detail = {} } = deed
  await tx.insertInto('auditEntry').values({ at: now, actor, act, subject, detail }).execute()
}

/** Whether nobody but the program itself ever did anything here: a house as its first start left it. */
export async function isUntouched(db: ReadDb): Promise<boolean> {
  return (await db.selectFrom('auditEntry').select('id').where('actor', '<>', SYSTEM).limit(1).executeTakeFirst()) === undefined
}
