import { sql } from 'kysely'
import type { Databases } from '#kernel/database/databases.ts'
import type { Tx } from '#kernel/database/tables.ts'

/**
 * Does the same act twice at once, in the order that is hardest to get right: the first has done everything and not yet
 * committed when the second begins.
 */
export async function twiceAtOnce<T>(db: Databases, act: (tx: Tx) => Promise<T>): Promise<[T, T]> {
  const done = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const first = db.transaction(async (tx) => {
    const outcome = await act(tx)
    done.resolve()
    await commit.promise
    return outcome
  })
  await done.promise
  let isOver = false
  const second = db.transaction(act).finally(() => { isOver = true })
  second.catch(() => {})
  // It has looked at whatever it looks at when it waits for the first. A fixed time would pass too soon on a busy machine.
  while (!isOver && !(await isAnybodyWaiting(db))) await new Promise((later) => { setTimeout(later, 10) })
  commit.resolve()
  return Promise.all([first, second])
}

async function isAnybodyWaiting(db: Databases): Promise<boolean> {
  const { rows } = await sql`select from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`.execute(db.read)
  return rows.length > 0
}
