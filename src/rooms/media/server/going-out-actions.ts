import '#rooms/media/server/tables.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'
import type { MissingNeed } from '#rooms/media/needs.ts'
import { type ObstacleToPublishing, obstacleToPublishing } from '#rooms/media/obstacle.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { giveSlug, lockItem, type ObstacleToRenaming, renameSlug } from '#rooms/media/server/item-actions.ts'
import { type LedAmong, listMissingNeeds } from '#rooms/media/server/need-queries.ts'
import { isUnreadMachine, noteCorrection, type ObstacleToCorrecting, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { isSignedOtherwise, listSigningNow, type NameSigners, signAsAgreed } from '#rooms/media/server/signing-as-agreed-actions.ts'
import { listTextStandings, seenOf, type TextStanding } from '#rooms/media/server/text-standing-queries.ts'
import { cancelScheduled, type Withdrawing, withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { obstacleToSlug, slugOf } from '#rooms/media/slug.ts'

/** A text as it stood on the page that was drawn. */
export interface SeenText {
  lang: Lang
  /** `seenOf` */
  seen: string
}

/** There is no such text, or somebody did something with it since the page was drawn. */
export type NotAsSeen = 'not-found' | 'changed-meanwhile'

/** The text, while it still stands as it was drawn. With the item locked: it stays so until the act is done. */
async function findAsSeen(tx: Tx, itemId: string, { lang, seen }: SeenText, now: Temporal.Instant): Promise<TextStanding | NotAsSeen> {
  const [text] = (await lockItem(tx, itemId)) ? await listTextStandings(tx, itemId, now, lang) : []
  if (!text) return 'not-found'
  return seenOf(text) === seen ? text : 'changed-meanwhile'
}

export interface GoingOut extends SeenText {
  /** An hour to come; left out, now. */
  at?: Temporal.Instant
  /** The site's. */
  zone: string
  nameSigners: NameSigners
  ledAmong: LedAmong
}

export type ObstacleToGoingOut = ObstacleNow | NotAsSeen | 'past'

/**
 * Lets the newest text of a language go out, now or at an hour to come, and gives it an address where it has none. The caller asked
 * who may. Who agreed to these words signs them. Null when it was done; else nothing was changed.
 */
export async function letGoOut(
  tx: Tx, itemId: string, { at, zone, nameSigners, ledAmong, ...seen }: GoingOut, actor: string, now: Temporal.Instant,
): Promise<ObstacleToGoingOut | null> {
  const text = await findAsSeen(tx, itemId, seen, now)
  if (typeof text === 'string') return text
  if (at && Temporal.Instant.compare(at, now) < 0) return 'past'
  const item = (await lockItem(tx, itemId))!
  const { lang } = text
  const { signing, ...standing } = await findSigning(tx, item, lang, actor, ledAmong, now)
  const obstacle = obstacleNow(text, standing)
  if (obstacle) return obstacle
  if (signing === 'waits-for-signers') return signing
  // The last word about these words counts beside whatever source it was said: asked before anything is changed.
  if (await isUnreadMachine(tx, text.revisionId)) return 'waits-for-reader'
  const revisionId = await signAsAgreed(tx, itemId, lang, signing, nameSigners, actor, now)
  if (!at && revisionId === text.here?.revisionId) return 'already-published'
  // One thing waits at a time, and its hour can be put off as well as brought forward.
  if (text.waiting) await cancelScheduled(tx, itemId, lang, actor, now)
  if (text.slug === null) await giveSlug(tx, itemId, lang, slugOf(text.title), now)
  const outcome = await publishRevision(tx, { itemId, lang, revisionId, from: at ?? now, zone }, actor, now)
  if (!outcome.published) throw new Error(`a text that may go out does not: ${outcome.obstacle}`)
  return null
}

/**
 * Whether signers are waited for, which organisations approve the text in this language and have not agreed to it, whether the newest text names
 * others than those who sign it now, and what its kind needs and it lacks.
 */
export interface Signing { waits: boolean; claimerIds?: string[]; isSignedOtherwise: boolean; missing: MissingNeed[] }

/** How a language of an item stands with all who have a say before somebody publishes it. */
export async function findSigning(
  db: ReadDb, item: { id: string; kind: Kind; originalLang: Lang }, lang: Lang, publisherId: string, ledAmong: LedAmong, now: Temporal.Instant,
): Promise<Signing & { signing: Awaited<ReturnType<typeof listSigningNow>> }> {
  const signing = await listSigningNow(db, item.id, lang, item.originalLang, now)
  const missing = await listMissingNeeds(db, { itemId: item.id, kind: item.kind, lang, isTranslation: lang !== item.originalLang, agreedIds: Array.isArray(signing) ? signing : [], publisherId, ledAmong })
  const claimerIds = lang === item.originalLang ? [] : await listClaimersWaitedFor(db, item.id, lang)
  return { signing, claimerIds, waits: signing === 'waits-for-signers', isSignedOtherwise: await isSignedOtherwise(db, item.id, lang, signing), missing }
}

/** Beside what stands in the way of a text itself, what its kind needs and it lacks. */
export type ObstacleNow = ObstacleToPublishing | MissingNeed

/** Why the newest text of a language cannot go out at this moment, or null when it can. */
export const obstacleNow = ({ revisionId, title, bodyMarkdown, isWithdrawn, isTrashed, lacksConsent, here }: TextStanding, { waits, claimerIds = [], isSignedOtherwise, missing }: Signing): ObstacleNow | null =>
  obstacleToPublishing({ revisionId, title, bodyMarkdown, isWithdrawn, isTrashed, lacksConsent, waitsForSigners: waits, waitsForClaimers: claimerIds.length > 0, publishedRevisionId: isSignedOtherwise ? null : (here?.revisionId ?? null) }) ?? missing[0] ?? null

/** Calls off what waits for its hour. Null when it was done. */
export async function callOff(tx: Tx, itemId: string, seen: SeenText, actor: string, now: Temporal.Instant): Promise<NotAsSeen | 'not-waiting' | null> {
  const text = await findAsSeen(tx, itemId, seen, now)
  if (typeof text === 'string') return text
  return (await cancelScheduled(tx, itemId, text.lang, actor, now)) ? null : 'not-waiting'
}

export type ObstacleToAddress = NotAsSeen | ObstacleToRenaming | 'was-public'

/** Sets the last part of the address, while no reader has it. Null when it was done. */
export async function setAddress(tx: Tx, itemId: string, { slug, ...seen }: SeenText & { slug: string }, actor: string, now: Temporal.Instant): Promise<ObstacleToAddress | null> {
  const text = await findAsSeen(tx, itemId, seen, now)
  if (typeof text === 'string') return text
  if (text.wasPublic) return 'was-public'
  const obstacle = obstacleToSlug(slug)
  if (obstacle) return obstacle
  const holder = await tx.selectFrom('itemSlug').select('itemId').where('lang', '=', text.lang).where('slug', '=', slug).executeTakeFirst()
  if (holder && holder.itemId !== itemId) return 'taken'
  return slug === text.slug ? null : renameSlug(tx, itemId, text.lang, slug, actor, now)
}

/** Notes a correction of what readers see, as it was drawn. Null when it was done. */
export async function correctText(tx: Tx, itemId: string, { note, ...seen }: SeenText & { note: string }, actor: string, now: Temporal.Instant): Promise<NotAsSeen | ObstacleToCorrecting | null> {
  const text = await findAsSeen(tx, itemId, seen, now)
  return typeof text === 'string' ? text : noteCorrection(tx, itemId, text.lang, note, actor, now)
}

/** Takes down what readers see, as it was drawn. Null when it was done. */
export async function takeDown(
  tx: Tx, itemId: string, { seen, ...withdrawing }: SeenText & Omit<Withdrawing, 'itemId'>, actor: string, now: Temporal.Instant,
): Promise<NotAsSeen | Exclude<Awaited<ReturnType<typeof withdrawText>>, 'not-found'>> {
  const text = await findAsSeen(tx, itemId, { lang: withdrawing.lang, seen }, now)
  return typeof text === 'string' ? text : withdrawText(tx, { itemId, ...withdrawing }, actor, now)
}
