import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/agreement-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type AgreementState, type ObstacleToAsking, obstacleToAsking, type ObstacleToWishing, obstacleToWishing, stateOf } from '#rooms/media/agreement.ts'
import { factsIn } from '#rooms/media/claiming.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { findNewestWords, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'
import { callOffUnapproved } from '#rooms/media/server/unapproved-actions.ts'
import { mayAskSigners } from '#rooms/media/writing.ts'
import { callOffNaming } from '#rooms/media/server/withdrawal-actions.ts'

/** Locks the item for whoever may ask its signers; everybody else finds none. */
export async function lockToAsk(tx: Tx, who: OnDuty, itemId: string) {
  const item = isId(itemId) ? await lockItem(tx, itemId) : undefined
  return item && mayAskSigners(who, item) ? item : undefined
}

/** An organisation is to sign. @param signer `isShown`: it has agreed to be shown by name, which the people room knows */
export async function wishSigner(tx: Tx, who: OnDuty, itemId: string, signer: { organisationId: string; isShown: boolean }, now: Temporal.Instant): Promise<ObstacleToWishing | 'not-found' | null> {
  const item = await lockToAsk(tx, who, itemId)
  if (!item || !isId(signer.organisationId)) return 'not-found'
  const { organisationId, isShown } = signer
  const wished = await tx.selectFrom('signerWish').select('id').where('itemId', '=', itemId).where('organisationId', '=', organisationId).executeTakeFirst()
  const obstacle = obstacleToWishing({ isStarter: item.isStarter, isWithdrawn: await isWithdrawn(tx, itemId, item.originalLang) }, { isShown, isWished: wished !== undefined })
  if (obstacle) return obstacle
  await tx.insertInto('signerWish').values({ id: newId(), itemId, organisationId, wishedAt: now, wishedBy: who.id }).execute()
  await record(tx, { actor: who.id, act: 'wish-signer', subject: `item:${itemId}`, detail: { organisationId } }, now)
  return null
}

export interface NewAsk {
  organisationId: string
  /** Left out, the first one. Of another, only who claimed it is asked. */
  lang?: Lang
  /** The delegate, with the duties as they stand, which the caller holds until the act is done. */
  delegate: OnDuty
  /** The hash of the words that the editor saw. */
  drawn: string
  /** Of the link's secret; the secret itself is shown once and kept nowhere. */
  tokenHash: Buffer
  deadline: Temporal.Instant | null
  channel: string | null
}

/** Makes a link by which one delegate answers about the newest words in a language. Her links of before ask nothing any more: one lives at a time, in each. */
export async function askSigner(tx: Tx, who: OnDuty, itemId: string, ask: NewAsk, now: Temporal.Instant): Promise<ObstacleToAsking | 'not-found' | null> {
  const item = await lockToAsk(tx, who, itemId)
  const signer = item && (await listSigners(tx, itemId)).find(({ organisationId }) => organisationId === ask.organisationId)
  if (!signer) return 'not-found'
  const lang = ask.lang ?? item!.originalLang
  const newest = await findNewestWords(tx, itemId, lang)
  const isTheirs = lang === item!.originalLang || signer.claims.some((one) => one.lang === lang)
  const obstacle = obstacleToAsking(newest, signer.isLeftOut, { ...ask, isTheirs, duties: ask.delegate.duties }, now)
  if (obstacle) return obstacle
  const id = newId()
  await tx.updateTable('agreementAsk').set({ revokedAt: now, revokedBy: who.id }).where('wishId', '=', signer.wishId).where('lang', '=', lang).where('personId', '=', ask.delegate.id).where('revokedAt', 'is', null).execute()
  // What somebody is asked about is at work: it lies in the trash no more.
  await tx.deleteFrom('trashedItem').where('itemId', '=', itemId).execute()
  await tx.insertInto('agreementAsk').values({
    id, wishId: signer.wishId, lang, tokenHash: ask.tokenHash, personId: ask.delegate.id, revisionId: newest!.revisionId, hash: newest!.hash,
    askedAt: now, askedBy: who.id, channel: ask.channel, deadline: ask.deadline, seenAt: null, revokedAt: null, revokedBy: null,
  }).execute()
  await record(tx, { actor: who.id, act: 'ask-signer', subject: `item:${itemId}`, detail: { organisationId: ask.organisationId, askId: id, personId: ask.delegate.id, ...(lang !== item!.originalLang && { lang }) } }, now)
  return null
}

/** A link that opens nothing from now on. What was answered through it stays. */
export async function revokeAsk(tx: Tx, who: OnDuty, itemId: string, askId: string, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!isId(askId) || !(await lockToAsk(tx, who, itemId))) return 'not-found'
  const revoked = await tx.updateTable('agreementAsk').set({ revokedAt: now, revokedBy: who.id }).where('id', '=', askId).where('revokedAt', 'is', null)
    .where('wishId', 'in', (eb) => eb.selectFrom('signerWish').select('id').where('itemId', '=', itemId)).returning('id').executeTakeFirst()
  if (!revoked) return 'not-found'
  await record(tx, { actor: who.id, act: 'revoke-ask', subject: `item:${itemId}`, detail: { askId } }, now)
  return null
}

export interface LeavingOut {
  organisationId: string
  why: string
  /** Where the organisation stood when the form was drawn: an answer that came since is looked at first. */
  drawn: string
}

/** The explicit choice to go out without an organisation. Its links open nothing while it stands. */
export async function leaveOutSigner(tx: Tx, who: OnDuty, itemId: string, { organisationId, why, drawn }: LeavingOut, now: Temporal.Instant): Promise<'not-found' | 'no-reason' | 'changed-meanwhile' | null> {
  const found = await lockSigner(tx, who, itemId, organisationId, now)
  if (!found) return 'not-found'
  if (found.state !== drawn || found.state === 'left-out') return 'changed-meanwhile'
  if (why.trim() === '') return 'no-reason'
  await tx.insertInto('signerLeavingOut').values({ id: newId(), wishId: found.wishId, at: now, leftOutBy: who.id, why: why.trim(), takenBackAt: null, takenBackBy: null }).execute()
  await callOffNaming(tx, itemId, organisationId, who.id, now)
  await record(tx, { actor: who.id, act: 'leave-out-signer', subject: `item:${itemId}`, detail: { organisationId } }, now)
  return null
}

/** It is waited for again, and its links open again. That it was left out stays on record. */
export async function takeBackLeavingOut(tx: Tx, who: OnDuty, itemId: string, organisationId: string, now: Temporal.Instant): Promise<'not-found' | 'changed-meanwhile' | null> {
  const found = await lockSigner(tx, who, itemId, organisationId, now)
  if (!found) return 'not-found'
  if (found.state !== 'left-out') return 'changed-meanwhile'
  await tx.updateTable('signerLeavingOut').set({ takenBackAt: now, takenBackBy: who.id }).where('wishId', '=', found.wishId).where('takenBackAt', 'is', null).execute()
  // So do the languages that it claimed.
  await callOffUnapproved(tx, itemId, who.id, now)
  await record(tx, { actor: who.id, act: 'take-back-leaving-out', subject: `item:${itemId}`, detail: { organisationId } }, now)
  return null
}

async function lockSigner(tx: Tx, who: OnDuty, itemId: string, organisationId: string, now: Temporal.Instant): Promise<{ wishId: string; state: AgreementState } | undefined> {
  if (!(await lockToAsk(tx, who, itemId))) return undefined
  const signer = (await listSigners(tx, itemId)).find((one) => one.organisationId === organisationId)
  if (!signer) return undefined
  const newest = await findNewestWords(tx, itemId)
  return { wishId: signer.wishId, state: stateOf(factsIn(signer, newest?.lang ?? ''), newest?.hash ?? '', now) }
}
