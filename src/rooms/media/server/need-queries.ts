import '#rooms/media/server/translation-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { KINDS, type Kind } from '#rooms/media/item.ts'
import { DEFAULT_NEEDS, type MissingNeed, missingNeeds, type Needs } from '#rooms/media/needs.ts'
import { isRead } from '#rooms/media/second-reading.ts'
import { findLastMaker, findReadingState } from '#rooms/media/server/translation-queries.ts'

/** What each kind needs before it goes out. */
export async function listNeeds(db: ReadDb): Promise<Record<Kind, Needs>> {
  const rows = await db.selectFrom('kindNeed').selectAll().execute()
  const needsOf = (kind: Kind): Needs => {
    const { kind: _, ...needs } = rows.find((row) => row.kind === kind) ?? { kind, ...DEFAULT_NEEDS }
    return needs
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, needsOf(kind)])) as Record<Kind, Needs>
}

/** Which of them are recognised as led by sex workers: another room knows. */
export type LedAmong = (db: ReadDb, organisationIds: readonly string[]) => Promise<string[]>

export interface AskedNeeds {
  itemId: string
  kind: Kind
  lang: Lang
  isTranslation: boolean
  /** The organisations that agreed to it. */
  agreedIds: readonly string[]
  /** Who is to publish it. */
  publisherId: string
  ledAmong: LedAmong
}

/** What a text still needs before somebody publishes it. */
export async function listMissingNeeds(db: ReadDb, { itemId, kind, lang, isTranslation, agreedIds, publisherId, ledAmong }: AskedNeeds): Promise<MissingNeed[]> {
  const [needs, state] = [(await listNeeds(db))[kind], await findReadingState(db, itemId, lang)]
  return missingNeeds(needs, {
    isTranslation, isRead: state !== undefined && isRead(state), byMachine: state?.byMachine ?? false, agreed: agreedIds.length,
    agreedLed: needs.ledAgreement ? (await ledAmong(db, agreedIds)).length : 0, isOwn: needs.otherEditor && (await findLastMaker(db, itemId, lang)) === publisherId,
  })
}
