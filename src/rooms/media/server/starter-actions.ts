import '#rooms/media/server/tables.ts'
import { record, SYSTEM } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { announceItem, lockItem, noteDraft } from '#rooms/media/server/item-actions.ts'
import { endPublications, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { cancelScheduled, withdrawWhole } from '#rooms/media/server/withdrawal-actions.ts'
import { type ObstacleToChoosing, obstacleToChoosing, type StarterChoice } from '#rooms/media/starter-choice.ts'

export interface Choosing {
  itemId: string
  choice: StarterChoice
  /** The choice that the form was drawn from; null for none. */
  drawn: StarterChoice | null
}

export interface HouseOfStarters {
  zone: string
  /** A house that was never open has no readers who could miss a text: it goes without a notice, and can come back. */
  wasOpen: boolean
  /** The reason that readers of an open house find at its address. */
  why(lang: Lang): string
}

/**
 * Decides on a text that came with the program. *Adopt*: its mark goes, and the alliance publishes it from then on; its
 * words, and the starter library's name under them, stay as they are, since nobody signs by a click what others wrote.
 * *Keep*: it stays, marked. *Remove*: readers see it no more. Null when it was done, or was so already.
 */
export async function chooseStarter(tx: Tx, { itemId, choice, drawn }: Choosing, house: HouseOfStarters, actor: string, now: Temporal.Instant): Promise<ObstacleToChoosing | 'not-found' | 'meanwhile' | null> {
  const item = await lockItem(tx, itemId)
  const decided = await tx.selectFrom('starterDecision').select('decision').where('itemId', '=', itemId).executeTakeFirst()
  if (!item || !(item.isStarter || decided)) return 'not-found'
  const decision = decided?.decision ?? null
  if (decision === choice) return null
  if (decision !== drawn) return 'meanwhile'
  const obstacle = obstacleToChoosing({ decision, ...(await standing(tx, itemId)) }, choice)
  if (obstacle) return obstacle
  if (choice === 'remove') await takeAway(tx, itemId, house, actor, now)
  else if (decision === 'remove') await bringBack(tx, itemId, house.zone, actor, now)
  await tx.updateTable('item').set({ isStarter: choice !== 'adopt' }).where('id', '=', itemId).execute()
  const row = { decision: choice, decidedAt: now, decidedBy: actor }
  await tx.insertInto('starterDecision').values({ itemId, ...row }).onConflict((oc) => oc.column('itemId').doUpdateSet(row)).execute()
  await record(tx, { actor, act: 'choose-starter', subject: `item:${itemId}`, detail: { choice } }, now)
  await announceItem(tx, itemId)
  return null
}

async function standing(tx: Tx, itemId: string) {
  const worked = await tx.selectFrom('revision').select('id').where('itemId', '=', itemId).where('createdBy', '<>', SYSTEM).limit(1).executeTakeFirst()
  const withdrawn = await tx.selectFrom('withdrawal').select('id').where('itemId', '=', itemId).limit(1).executeTakeFirst()
  return { isWorkedOn: worked !== undefined, isWithdrawn: withdrawn !== undefined }
}

async function takeAway(tx: Tx, itemId: string, { wasOpen, why }: HouseOfStarters, actor: string, now: Temporal.Instant): Promise<void> {
  if (wasOpen) {
    await withdrawWhole(tx, itemId, why, actor, now)
    return
  }
  for (const lang of await languagesOf(tx, itemId)) {
    await cancelScheduled(tx, itemId, lang, actor, now)
    await endPublications(tx, itemId, lang, now)
    await noteDraft(tx, itemId, lang)
  }
}

/** The texts that readers saw last, public again. */
async function bringBack(tx: Tx, itemId: string, zone: string, actor: string, now: Temporal.Instant): Promise<void> {
  for (const lang of await languagesOf(tx, itemId)) {
    const { revisionId } = await tx.selectFrom('publication').select('revisionId').where('itemId', '=', itemId).where('lang', '=', lang).where('publicFrom', '<=', now)
      .orderBy('publicFrom', 'desc').limit(1).executeTakeFirstOrThrow()
    await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, actor, now)
  }
}

async function languagesOf(tx: Tx, itemId: string): Promise<Lang[]> {
  const rows = await tx.selectFrom('publication').select('lang').distinct().where('itemId', '=', itemId).orderBy('lang').execute()
  return rows.map(({ lang }) => lang)
}
