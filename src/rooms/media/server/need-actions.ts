import '#rooms/media/server/translation-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { KINDS, type Kind } from '#rooms/media/item.ts'
import { NEEDS, type Needs } from '#rooms/media/needs.ts'
import { listNeeds } from '#rooms/media/server/need-queries.ts'

/** What the form was drawn from, so that what another steward set meanwhile is not written over unseen. */
export const needsDrawn = (needs: Record<Kind, Needs>): string => KINDS.map((kind) => NEEDS.map((need) => (needs[kind][need] ? '1' : '0')).join('')).join('.')

/** Sets what each kind needs; the caller asked who may. @returns how many kinds changed */
export async function setNeeds(tx: Tx, wanted: Record<Kind, Needs>, drawn: string, actor: string, now: Temporal.Instant): Promise<number | 'changed-meanwhile'> {
  await tx.selectFrom('site').select('id').forUpdate().execute()
  const stands = await listNeeds(tx)
  if (needsDrawn(stands) !== drawn) return 'changed-meanwhile'
  const changed = KINDS.filter((kind) => NEEDS.some((need) => stands[kind][need] !== wanted[kind][need]))
  for (const kind of changed) {
    await tx.insertInto('kindNeed').values({ kind, ...wanted[kind] }).onConflict((oc) => oc.column('kind').doUpdateSet(wanted[kind])).execute()
    await record(tx, { actor, act: 'set-needs', subject: 'site', detail: { kind, before: stands[kind], after: wanted[kind] } }, now)
  }
  return changed.length
}
