import type { Databases } from '#kernel/database/databases.ts'
import { announcedTags } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'

export interface ActingHouse {
  db: Pick<Databases, 'transaction'>
  pages?: { drop(tags: string[]): void }
}

/**
 * One act, one transaction: the row, its audit entry and its jobs commit together. The pages that it changed are
 * dropped here before the answer goes out, so that whoever acted sees their own change at once.
 */
export async function act<T>(house: ActingHouse, fn: (tx: Tx) => Promise<T>): Promise<T> {
  let changed = (): string[] => []
  try {
    return await house.db.transaction((tx) => {
      changed = () => announcedTags(tx)
      return fn(tx)
    })
  } finally {
    // Also after a failure: a connection that dies during COMMIT leaves it unknown whether the act took place, and
    // dropping a page too many is always safe.
    const tags = changed()
    if (tags.length > 0) house.pages?.drop(tags)
  }
}
