import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Signer } from '#rooms/media/item.ts'
import { type ObstacleToSigning, obstacleToSigning } from '#rooms/media/obstacle.ts'
import { lockItem, type SavedRevision, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'

export type SignOutcome =
  | ({ signed: true; title: string } & SavedRevision)
  | { signed: false; obstacle: ObstacleToSigning | 'not-found' }

/**
 * Names who signs the newest text of a language: exactly these, with their names as they are now. Agreement is to exact
 * words, so this is a new revision, which readers see once it is published; what is public keeps the signers that it has.
 */
export async function signText(
  tx: Tx, text: { itemId: string; lang: Lang }, signers: Signer[], actor: string, now: Temporal.Instant,
): Promise<SignOutcome> {
  const { itemId, lang } = text
  const item = await lockItem(tx, itemId)
  const latest = await tx.selectFrom('revision').select(['title', 'teaser', 'bodyMarkdown', 'frozen'])
    .where('itemId', '=', itemId).where('lang', '=', lang).orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (!item || !latest) return { signed: false, obstacle: 'not-found' }
  const state = { isWithdrawn: await isWithdrawn(tx, itemId, lang), isStarter: item.isStarter }
  const obstacle = obstacleToSigning(state, signers)
  if (obstacle) return { signed: false, obstacle }
  const { frozen, ...words } = latest
  const saved = await saveRevision(tx, itemId, lang, words, { ...frozen, signers }, actor, now)
  if (saved.isNew) {
    const organisationIds = signers.map((signer) => signer.organisationId)
    const detail = { lang, revisionId: saved.revisionId, organisationIds }
    await record(tx, { actor, act: 'sign-text', subject: `item:${itemId}`, detail }, now)
  }
  return { signed: true, title: latest.title, ...saved }
}
