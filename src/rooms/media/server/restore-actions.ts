import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { lockItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'
import { isMarkedByMachine } from '#rooms/media/server/translation-queries.ts'

export interface Restoring {
  itemId: string
  lang: Lang
  /** The revision that is to come back. */
  revisionId: string
  /** The newest one when the page was drawn. */
  newest: string
}

export type RestoreOutcome =
  | { restored: true; revisionId: string; number: number; isNew: boolean; unsigned: number }
  | { restored: false; obstacle: 'not-found' | 'changed-meanwhile' | 'withdrawn' }

/**
 * Brings an older revision back as a new one, words and facts whole. Organisations agreed to it when it was the newest, not now:
 * the new one does not name them. Nothing that readers see changes.
 */
export async function restoreRevision(tx: Tx, { itemId, lang, revisionId, newest }: Restoring, actor: string, now: Temporal.Instant): Promise<RestoreOutcome> {
  const isThere = isId(revisionId) && (await lockItem(tx, itemId))
  const [old, latest] = isThere ? [await findRevision(tx, itemId, lang, revisionId), await findRevision(tx, itemId, lang)] : []
  if (!old || !latest) return { restored: false, obstacle: 'not-found' }
  if (latest.id !== newest) return { restored: false, obstacle: 'changed-meanwhile' }
  if (await isWithdrawn(tx, itemId, lang)) return { restored: false, obstacle: 'withdrawn' }
  const { title, teaser, bodyMarkdown, frozen } = old
  const signers = frozen.signers.filter(({ organisationId }) => organisationId === null)
  // That a machine made these very words may have been said of a later version of them.
  const byMachine = frozen.byMachine ?? (await isMarkedByMachine(tx, itemId, lang, old.id))
  const saved = await saveRevision(tx, itemId, lang, { title, teaser, bodyMarkdown }, { ...frozen, signers, ...(byMachine && { byMachine: true as const }) }, actor, now)
  if (saved.isNew) await record(tx, { actor, act: 'restore-revision', subject: `item:${itemId}`, detail: { lang, revisionId: saved.revisionId, restored: revisionId } }, now)
  return { restored: true, ...saved, number: latest.number + (saved.isNew ? 1 : 0), unsigned: frozen.signers.length - signers.length }
}
