import '#rooms/media/server/agreement-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { isDead } from '#rooms/media/agreement.ts'
import { type ObstacleToClaiming, obstacleToClaiming, type ObstacleToGivingBack, obstacleToGivingBackFor } from '#rooms/media/claiming.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { lockToAsk } from '#rooms/media/server/agreement-actions.ts'
import { findAsk, type FoundAsk, type KnownSigner, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { listTranslatedInto } from '#rooms/media/server/claim-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { callOffUnapproved } from '#rooms/media/server/unapproved-actions.ts'

export type ClaimOutcome<Obstacle> = { obstacle: Obstacle | 'dead' } | { obstacle: null; ask: FoundAsk; calledOffOf: string[] }
/** Done, with whom to tell that what they planned, or keep, was called off. */
type Claimed = { obstacle: null; calledOffOf: string[] }

/**
 * A delegate claims a language for her organisation by a link of hers, whatever text it asks about. Who she is was shown by her digits
 * before, as where she answers.
 * @param delegate with the duties as they stand, which the caller holds until the act is done
 */
export async function claimByLink(tx: Tx, tokenHash: Buffer, delegate: OnDuty, lang: Lang, now: Temporal.Instant): Promise<ClaimOutcome<ObstacleToClaiming>> {
  const found = await lockAsked(tx, tokenHash, delegate)
  if (!found) return { obstacle: 'dead' }
  const claimed = await claim(tx, found.ask.itemId, found.signer, lang, delegate.id, now)
  return claimed.obstacle === null ? { ...claimed, ask: found.ask } : claimed
}

/** She gives it back by a link of hers: the text goes out without her yes, as translations do. */
export async function giveBackByLink(tx: Tx, tokenHash: Buffer, delegate: OnDuty, lang: Lang, now: Temporal.Instant): Promise<ClaimOutcome<'not-claimed'>> {
  const found = await lockAsked(tx, tokenHash, delegate)
  if (!found) return { obstacle: 'dead' }
  if (!found.signer.claims.some((one) => one.lang === lang)) return { obstacle: 'not-claimed' }
  await giveBack(tx, found.ask.itemId, found.signer, lang, delegate.id, now)
  return { obstacle: null, ask: found.ask, calledOffOf: [] }
}

export interface ClaimFor {
  organisationId: string
  lang: Lang
}

/** Whoever may ask the signers records that an organisation wants to approve a language. */
export async function claimFor(tx: Tx, who: OnDuty, itemId: string, { organisationId, lang }: ClaimFor, now: Temporal.Instant): Promise<{ obstacle: ObstacleToClaiming | 'not-found' } | Claimed> {
  const signer = await lockSigner(tx, who, itemId, organisationId)
  return signer ? claim(tx, itemId, signer, lang, who.id, now) : { obstacle: 'not-found' }
}

/** The same gives it back where the organisation asked for it, and never over its no. */
export async function giveBackFor(tx: Tx, who: OnDuty, itemId: string, { organisationId, lang, isAskedFor }: ClaimFor & { isAskedFor: boolean }, now: Temporal.Instant): Promise<ObstacleToGivingBack | 'not-found' | null> {
  const signer = await lockSigner(tx, who, itemId, organisationId)
  if (!signer) return 'not-found'
  const obstacle = obstacleToGivingBackFor(signer, lang, isAskedFor)
  if (obstacle) return obstacle
  await giveBack(tx, itemId, signer, lang, who.id, now)
  return null
}

async function claim(tx: Tx, itemId: string, signer: KnownSigner, lang: Lang, actor: string, now: Temporal.Instant): Promise<{ obstacle: ObstacleToClaiming } | Claimed> {
  const obstacle = obstacleToClaiming(signer, await listTranslatedInto(tx, itemId), lang)
  if (obstacle) return { obstacle }
  await tx.insertInto('languageClaim').values({ id: newId(), wishId: signer.wishId, lang, claimedAt: now, claimedBy: actor, givenBackAt: null, givenBackBy: null }).execute()
  await record(tx, { actor, act: 'claim-language', subject: `item:${itemId}`, detail: { organisationId: signer.organisationId, lang } }, now)
  // What was planned before waits for the yes too.
  return { obstacle: null, calledOffOf: await callOffUnapproved(tx, itemId, actor, now) }
}

async function giveBack(tx: Tx, itemId: string, { wishId, organisationId }: KnownSigner, lang: Lang, actor: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('languageClaim').set({ givenBackAt: now, givenBackBy: actor }).where('wishId', '=', wishId).where('lang', '=', lang).where('givenBackAt', 'is', null).execute()
  await record(tx, { actor, act: 'give-back-language', subject: `item:${itemId}`, detail: { organisationId, lang } }, now)
}

const signerOf = async (tx: Tx, itemId: string, organisationId: string) => (await listSigners(tx, itemId)).find((one) => one.organisationId === organisationId)

const lockSigner = async (tx: Tx, who: OnDuty, itemId: string, organisationId: string) => ((await lockToAsk(tx, who, itemId)) ? signerOf(tx, itemId, organisationId) : undefined)

/** The organisation that a link asks, while it is her link, it opens something, and she speaks for the organisation; the item is locked. */
async function lockAsked(tx: Tx, tokenHash: Buffer, delegate: OnDuty): Promise<{ ask: FoundAsk; signer: KnownSigner } | undefined> {
  const found = await findAsk(tx, tokenHash)
  if (!found || found.personId !== delegate.id) return undefined
  await lockItem(tx, found.itemId)
  const ask = (await findAsk(tx, tokenHash))!
  if (isDead(ask, delegate.duties)) return undefined
  return { ask, signer: (await signerOf(tx, ask.itemId, ask.organisationId))! }
}
