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
  const second = db.transaction(act)
  // Time enough to look at the row that is about to change, if nothing makes it wait.
  await new Promise((later) => { setTimeout(later, 150) })
  commit.resolve()
  return Promise.all([first, second])
}
