import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { WithdrawalReason } from '#rooms/media/item.ts'
import { type ObstacleToWithdrawing, obstacleToWithdrawing } from '#rooms/media/obstacle.ts'
import { announceItem, lockItem, noteDraft } from '#rooms/media/server/item-actions.ts'
import { endPublications, isWithdrawn } from '#rooms/media/server/publication-actions.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'

export interface Withdrawing {
  itemId: string
  lang: Lang
  why: string
  reason: WithdrawalReason
  /** The item that readers are sent to instead. */
  replacedBy?: string
}

/** Takes one language of an item down, openly: a dated notice stays at its address. Null when it was done. */
export async function withdrawText(
  tx: Tx, withdrawing: Withdrawing, actor: string, now: Temporal.Instant,
): Promise<ObstacleToWithdrawing | 'not-found' | null> {
  const { itemId, lang, reason } = withdrawing
  if (!(await lockItem(tx, itemId))) return 'not-found'
  const standing = await tx.selectFrom('publication as p').select('p.id')
    .where('p.itemId', '=', itemId).where('p.lang', '=', lang).where(publicNow('p', now)).executeTakeFirst()
  const state = { isPublic: standing !== undefined, isWithdrawn: await isWithdrawn(tx, itemId, lang) }
  const obstacle = obstacleToWithdrawing(state, withdrawing.why)
  if (obstacle) return obstacle
  await endPublications(tx, itemId, lang, now)
  await tx.insertInto('withdrawal').values({
    id: newId(), itemId, lang, at: now, withdrawnBy: actor, reason, note: withdrawing.why.trim(),
    replacedBy: withdrawing.replacedBy ?? null,
  }).execute()
  await noteDraft(tx, itemId, lang)
  await record(tx, { actor, act: 'withdraw-text', subject: `item:${itemId}`, detail: { lang, reason } }, now)
  await announceItem(tx, itemId)
  return null
}

/**
 * Calls off what was to go out later. Nobody saw it, so no notice stays: one would tell of it. What readers see now
 * stays. False when nothing was to go out.
 */
export async function cancelScheduled(
  tx: Tx, itemId: string, lang: Lang, actor: string, now: Temporal.Instant,
): Promise<boolean> {
  if (!(await lockItem(tx, itemId))) return false
  const waiting = await tx.selectFrom('publication').select(['id', 'publicFrom'])
    .where('itemId', '=', itemId).where('lang', '=', lang).where('publicFrom', '>', now)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', eb.ref('publicFrom'))])).execute()
  for (const { id, publicFrom } of waiting) {
    await tx.updateTable('publication').set({ publicUntil: publicFrom }).where('id', '=', id).execute()
    // What it was to replace stands on.
    await tx.updateTable('publication').set({ publicUntil: null })
      .where('itemId', '=', itemId).where('lang', '=', lang).where('publicUntil', '=', publicFrom)
      .where('publicFrom', '<=', now).execute()
  }
  if (waiting.length === 0) return false
  await noteDraft(tx, itemId, lang)
  await record(tx, { actor, act: 'cancel-publication', subject: `item:${itemId}`, detail: { lang } }, now)
  await announceItem(tx, itemId)
  return true
}

/**
 * Nobody's name goes out after she took it back: what waits for its hour and names this organisation is called off. The caller has
 * locked the item. @returns in which languages
 */
export async function callOffNaming(tx: Tx, itemId: string, organisationId: string, actor: string, now: Temporal.Instant): Promise<Lang[]> {
  const waiting = await waitingNamed(tx, organisationId, now).where('p.itemId', '=', itemId).execute()
  for (const { lang } of waiting) await cancelScheduled(tx, itemId, lang, actor, now)
  return waiting.map(({ lang }) => lang)
}

/**
 * To be called before the organisation's row is locked: whoever publishes locks an item and then its organisations, and two who
 * cross would wait for each other.
 */
export async function lockNaming(tx: Tx, organisationId: string, now: Temporal.Instant): Promise<void> {
  const waiting = await waitingNamed(tx, organisationId, now).execute()
  for (const itemId of new Set(waiting.map((one) => one.itemId))) await lockItem(tx, itemId)
}

/** The same of every item, when an organisation ends its agreement to be shown. @returns how many texts were called off */
export async function callOffAllNaming(tx: Tx, organisationId: string, actor: string, now: Temporal.Instant): Promise<number> {
  const waiting = await waitingNamed(tx, organisationId, now).execute()
  for (const { itemId, lang } of waiting) await cancelScheduled(tx, itemId, lang, actor, now)
  return waiting.length
}

const waitingNamed = (tx: Tx, organisationId: string, now: Temporal.Instant) =>
  tx.selectFrom('publication as p').innerJoin('revision as r', 'r.id', 'p.revisionId').select(['p.itemId', 'p.lang']).distinct()
    .where('p.publicFrom', '>', now)
    .where((eb) => eb.or([eb('p.publicUntil', 'is', null), eb('p.publicUntil', '>', eb.ref('p.publicFrom'))]))
    .where(sql<boolean>`r.frozen->'signers' @> ${JSON.stringify([{ organisationId }])}::jsonb`).orderBy('p.itemId').orderBy('p.lang')

/**
 * Takes every language of an item down at once, and calls off what was to go out. False when nothing of it was public or
 * was to be.
 * @param why the reason for readers of a language
 */
export async function withdrawWhole(
  tx: Tx, itemId: string, why: (lang: Lang) => string, actor: string, now: Temporal.Instant,
): Promise<boolean> {
  if (!(await lockItem(tx, itemId))) return false
  const texts = await tx.selectFrom('revision').select('lang').distinct()
    .where('itemId', '=', itemId).orderBy('lang').execute()
  let isChanged = false
  for (const { lang } of texts) {
    const isCalledOff = await cancelScheduled(tx, itemId, lang, actor, now)
    const obstacle = await withdrawText(tx, { itemId, lang, why: why(lang), reason: 'withdrawn' }, actor, now)
    isChanged ||= isCalledOff || obstacle === null
  }
  return isChanged
}
