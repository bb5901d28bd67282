import type { Signer } from '#rooms/media/item.ts'

/** What a rule needs to know about one text of an item, read under a lock. */
export interface TextState {
  revisionId: string
  title: string
  bodyMarkdown: string
  /** The revision that readers see now or will see at an hour to come; null where none. */
  publishedRevisionId: string | null
  isWithdrawn: boolean
  /** An organisation that is to sign has neither agreed to these words nor been left out openly. */
  waitsForSigners?: boolean
  /** An organisation that approves the text in this language has not agreed to these words. */
  waitsForClaimers?: boolean
  /** Nobody recorded that the people in what it shows agree, or they do not any more. */
  lacksConsent?: boolean
  /** Somebody put it into the trash. Asked at the desk: who names it by its address in a command means it. */
  isTrashed?: boolean
}

export type ObstacleToPublishing = 'no-title' | 'no-text' | 'withdrawn' | 'already-published' | 'waits-for-signers' | 'waits-for-claimers' | 'picture-consent' | 'in-trash'

/** Why this revision may not go out, or null when it may. */
export function obstacleToPublishing(text: TextState): ObstacleToPublishing | null {
  if (text.isWithdrawn) return 'withdrawn' // taken down openly: it comes back only as a new item
  if (text.isTrashed) return 'in-trash' // a no of somebody, which is taken back first and openly
  if (text.title.trim() === '') return 'no-title'
  if (text.bodyMarkdown.trim() === '') return 'no-text'
  if (text.publishedRevisionId === text.revisionId) return 'already-published'
  if (text.lacksConsent) return 'picture-consent'
  if (text.waitsForSigners) return 'waits-for-signers'
  return text.waitsForClaimers ? 'waits-for-claimers' : null
}

export type ObstacleToSigning = 'no-signers' | 'withdrawn' | 'starter'

/** Why nobody can be named as a signer of a text, or null when they can. */
export function obstacleToSigning(text: { isWithdrawn: boolean; isStarter: boolean }, signers: Signer[]): ObstacleToSigning | null {
  if (text.isWithdrawn) return 'withdrawn'
  if (text.isStarter) return 'starter' // the starter library signs its own texts, and no organisation's name lends them weight
  return signers.length === 0 ? 'no-signers' : null
}

export type ObstacleToWithdrawing = 'not-public' | 'no-reason' | 'already-withdrawn'

export function obstacleToWithdrawing(
  text: { isPublic: boolean; isWithdrawn: boolean }, why: string,
): ObstacleToWithdrawing | null {
  if (text.isWithdrawn) return 'already-withdrawn'
  if (!text.isPublic) return 'not-public'
  return why.trim() === '' ? 'no-reason' : null
}
