import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'

/** As many as one can choose from; what is older is found by no form. */
const MOST_REVISIONS = 200

export interface RevisionLine {
  id: string
  number: number
  createdAt: Temporal.Instant
  /** A person's id, or what is no person. */
  createdBy: string
}

/** The revisions of a text, newest first. For whoever may read it at the desk. */
export function listRevisions(db: ReadDb, itemId: string, lang: Lang): Promise<RevisionLine[]> {
  return db.selectFrom('revision').select(['id', 'number', 'createdAt', 'createdBy'])
    .where('itemId', '=', itemId).where('lang', '=', lang).orderBy('number', 'desc').limit(MOST_REVISIONS).execute()
}
