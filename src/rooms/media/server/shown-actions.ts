import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { lockItem, type SavedRevision, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'

/** Names of acts in the record. */
export type ShownAct =
  | 'set-picture' | 'remove-picture' | 'add-file' | 'remove-file' | 'relate-text' | 'end-relation' | 'set-series' | 'leave-series' | 'credit-people'

export type ChangeOutcome =
  /** `unsigned`: how many organisations signed the text as it was, and are to be asked again. */
  | ({ changed: true; unsigned: number } & SavedRevision)
  | { changed: false; obstacle: 'not-found' | 'withdrawn' }

/**
 * Changes what the newest text of a language shows beside its words, as a new revision, which readers see once it is
 * published. Organisations agreed to exactly what they signed, so the new revision does not name them.
 */
export async function changeShown(
  tx: Tx, text: { itemId: string; lang: Lang }, name: ShownAct, change: (frozen: Frozen) => Frozen, actor: string, now: Temporal.Instant,
): Promise<ChangeOutcome> {
  const { itemId, lang } = text
  const item = await lockItem(tx, itemId)
  const latest = await tx.selectFrom('revision').select(['id', 'title', 'teaser', 'bodyMarkdown', 'frozen'])
    .where('itemId', '=', itemId).where('lang', '=', lang).orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (!item || !latest) return { changed: false, obstacle: 'not-found' }
  if (await isWithdrawn(tx, itemId, lang)) return { changed: false, obstacle: 'withdrawn' }
  const { id, frozen, ...words } = latest
  const changed = change(frozen)
  if (JSON.stringify(changed) === JSON.stringify(frozen)) return { changed: true, unsigned: 0, revisionId: id, isNew: false }
  const signers = frozen.signers.filter(({ organisationId }) => organisationId === null)
  const saved = await saveRevision(tx, itemId, lang, words, { ...changed, signers }, actor, now)
  if (saved.isNew) await record(tx, { actor, act: name, subject: `item:${itemId}`, detail: { lang, revisionId: saved.revisionId } }, now)
  return { changed: true, unsigned: frozen.signers.length - signers.length, ...saved }
}
