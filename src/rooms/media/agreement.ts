import type { Duty } from '#kernel/viewer/viewer.ts'

/** What a delegate can say for her organisation. Saying nothing is none of these. */
export const ANSWERS = ['agreed', 'agreed-if', 'declined'] as const
export type Answer = (typeof ANSWERS)[number]

export const isAnswer = (text: string): text is Answer => (ANSWERS as readonly string[]).includes(text)

/** Where an organisation stands with the newest words of an item. */
export type AgreementState = 'not-asked' | 'asked' | 'seen' | Answer | 'no-answer' | 'left-out'

/** A paragraph that she wants otherwise. */
export interface WantedChange {
  /** Which block of the text that she was asked about, counted from 0. */
  block: number
  was: string
  wanted: string
}

export interface AskFact {
  /** Of the words that were asked about, without who signs them. */
  hash: string
  askedAt: Temporal.Instant
  deadline: Temporal.Instant | null
  seenAt: Temporal.Instant | null
  revokedAt: Temporal.Instant | null
}

export interface AnswerFact {
  answer: Answer
  hash: string
  at: Temporal.Instant
}

export interface SignerFacts {
  isLeftOut: boolean
  asks: readonly AskFact[]
  answers: readonly AnswerFact[]
}

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0

/**
 * Her last word about these very words; what she said of other words stays on record and counts for nothing here. But a later no to
 * other words ends an earlier yes: whoever brings the old words back asks her again.
 */
export function lastAnswer<A extends AnswerFact>(answers: readonly A[], hash: string): A | undefined {
  const last = answers.filter((one) => one.hash === hash).reduce<A | undefined>((found, one) => (found && isAfter(found.at, one.at) ? found : one), undefined)
  const isEnded = last?.answer === 'agreed' && answers.some((one) => one.hash !== hash && one.answer !== 'agreed' && isAfter(one.at, last.at))
  return isEnded ? undefined : last
}

/** Where an organisation stands with the words of this hash. A revoked link asks nothing any more; an answer that it brought stays. */
export function stateOf({ isLeftOut, asks, answers }: SignerFacts, hash: string, now: Temporal.Instant): AgreementState {
  if (isLeftOut) return 'left-out'
  const answer = lastAnswer(answers, hash)
  if (answer) return answer.answer
  const open = asks.filter((ask) => ask.hash === hash && ask.revokedAt === null)
  if (open.length === 0) return 'not-asked'
  // One who was given longer is still waited for.
  if (open.every(({ deadline }) => deadline !== null && !isAfter(deadline, now))) return 'no-answer'
  return open.some(({ seenAt }) => seenAt !== null) ? 'seen' : 'asked'
}

/** Silence is never agreement: only a yes to exactly these words, or being left out openly, stops being waited for. */
export const isWaitedFor = (state: AgreementState): boolean => state !== 'agreed' && state !== 'left-out'

export interface AgreementSum {
  /** How many organisations are to sign, without those left out. */
  wished: number
  agreed: number
  /** Who has neither agreed to the newest words nor been left out. */
  openIds: string[]
}

export type ObstacleToGoingOut = 'waits-for-signers'

/** Why a text may not go out yet, or null when those who are to sign it have all agreed or were left out openly. */
export const obstacleToGoingOut = ({ openIds }: Pick<AgreementSum, 'openIds'>): ObstacleToGoingOut | null => (openIds.length > 0 ? 'waits-for-signers' : null)

/** Whether somebody speaks for an organisation now. */
export const speaksFor = (duties: readonly Duty[], organisationId: string): boolean => duties.some((held) => held.duty === 'delegate' && held.organisationId === organisationId)

/** What is asked about: the newest text in a language, most often the item's first one. */
export interface AskedText {
  hash: string
  isStarter: boolean
  isWithdrawn: boolean
}

export type ObstacleToWishing = 'starter' | 'withdrawn' | 'not-shown' | 'wished-already'

/** Why an organisation cannot be among those that are to sign, or null. @param isShown it has agreed to be shown by name */
export function obstacleToWishing(text: Pick<AskedText, 'isStarter' | 'isWithdrawn'>, signer: { isShown: boolean; isWished: boolean }): ObstacleToWishing | null {
  if (text.isStarter) return 'starter' // the starter library signs its own texts
  if (text.isWithdrawn) return 'withdrawn'
  if (!signer.isShown) return 'not-shown'
  return signer.isWished ? 'wished-already' : null
}

export interface Asking {
  organisationId: string
  duties: readonly Duty[]
  /** The hash of the words that the editor saw when she asked. */
  drawn: string
  deadline: Temporal.Instant | null
  /** Of a translation: that it claimed this language. */
  isTheirs?: boolean
}

export type ObstacleToAsking = 'no-text' | 'starter' | 'withdrawn' | 'left-out' | 'not-claimed' | 'no-delegate' | 'changed-meanwhile' | 'deadline-passed'

/** Why a delegate cannot be asked so, or null. */
export function obstacleToAsking(text: AskedText | undefined, isLeftOut: boolean, asking: Asking, now: Temporal.Instant): ObstacleToAsking | null {
  if (!text) return 'no-text'
  if (text.isStarter) return 'starter'
  if (text.isWithdrawn) return 'withdrawn'
  if (text.hash !== asking.drawn) return 'changed-meanwhile'
  if (isLeftOut) return 'left-out'
  if (asking.isTheirs === false) return 'not-claimed' // translations need a second reader, and ask nobody else
  if (!speaksFor(asking.duties, asking.organisationId)) return 'no-delegate'
  return asking.deadline !== null && !isAfter(asking.deadline, now) ? 'deadline-passed' : null
}

/** A link, read under a lock, with what it stands on. */
export interface AskedLink {
  organisationId: string
  hash: string
  revokedAt: Temporal.Instant | null
  isLeftOut: boolean
  isWithdrawn: boolean
  /** It asks about a language that its organisation does not claim any more. */
  isGivenBack?: boolean
}

/** Whether a link opens nothing: revoked, its organisation left out, the text taken down, or she no longer speaks for the organisation. */
export const isDead = (link: AskedLink, duties: readonly Duty[]): boolean => link.revokedAt !== null || link.isLeftOut || link.isWithdrawn || !speaksFor(duties, link.organisationId)

export interface Answering {
  answer: Answer
  reason: string
  changes: readonly WantedChange[]
}

export type ObstacleToAnswering = 'dead' | 'given-back' | 'text-changed' | 'no-reason' | 'no-change' | 'says-two-things'

/** Why an answer cannot be recorded, or null. What she typed is never passed over: a yes beside a wish or a reason is asked about. */
export function obstacleToAnswering(link: AskedLink, duties: readonly Duty[], newestHash: string, { answer, reason, changes }: Answering): ObstacleToAnswering | null {
  if (isDead(link, duties)) return 'dead'
  if (link.isGivenBack) return 'given-back'
  if (link.hash !== newestHash) return 'text-changed'
  if (answer === 'agreed') return changes.length > 0 || reason !== '' ? 'says-two-things' : null
  if (answer === 'agreed-if') return changes.length === 0 ? 'no-change' : reason === '' ? null : 'says-two-things'
  return reason === '' ? 'no-reason' : null
}
