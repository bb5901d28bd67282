// An organisation that is to sign an item may claim a language as its own to approve: the text in that language then waits for its yes.
import type { Lang } from '#kernel/language/language.ts'
import { type AnswerFact, type AskFact, lastAnswer } from '#rooms/media/agreement.ts'

/** A living claim. */
export interface Claim {
  lang: Lang
  claimedAt: Temporal.Instant
  claimedBy: string
}

/** What a link or an answer is about. */
export interface InLanguage {
  lang: Lang
  /** The item's first language. */
  isSource: boolean
}

interface Told<K, A> {
  isLeftOut: boolean
  asks: readonly K[]
  answers: readonly A[]
}

/**
 * What an organisation was asked and what it said, as far as it counts for the text in one language. Of a translation what it said
 * of the source counts too: a later no to the source ends its yes to what was translated from it. The other way round it does not.
 */
export function factsIn<K extends AskFact & InLanguage, A extends AnswerFact & InLanguage>({ isLeftOut, asks, answers }: Told<K, A>, lang: Lang): { isLeftOut: boolean; asks: K[]; answers: A[] } {
  return { isLeftOut, asks: asks.filter((ask) => ask.lang === lang), answers: answers.filter((answer) => answer.lang === lang || answer.isSource) }
}

/** Whether an organisation's last word about exactly the words of this hash is yes. */
export const agreesIn = (told: Told<AskFact & InLanguage, AnswerFact & InLanguage>, lang: Lang, hash: string): boolean => lastAnswer(factsIn(told, lang).answers, hash)?.answer === 'agreed'

/** Whether a text in a language waits for an organisation: it claimed it, is not left out, and has not agreed to exactly these words. Silence is never agreement. */
export const holdsBack = (signer: Told<AskFact & InLanguage, AnswerFact & InLanguage> & { claims: readonly Claim[] }, lang: Lang, hash: string): boolean =>
  !signer.isLeftOut && signer.claims.some((claim) => claim.lang === lang) && !agreesIn(signer, lang, hash)

export type ObstacleToClaiming = 'left-out' | 'no-language' | 'claimed-already'

/** Why an organisation cannot claim a language, or null. @param open languages besides the first that the item is in, or is to be in */
export function obstacleToClaiming({ isLeftOut, claims }: { isLeftOut: boolean; claims: readonly Claim[] }, open: readonly Lang[], lang: Lang): ObstacleToClaiming | null {
  if (isLeftOut) return 'left-out'
  if (claims.some((claim) => claim.lang === lang)) return 'claimed-already'
  return open.includes(lang) ? null : 'no-language'
}

export type ObstacleToGivingBack = 'not-claimed' | 'not-asked-for' | 'said-no'

/**
 * Why an editor cannot give a language back for an organisation, or null. Over its no, to this text or to the source, she never can: it is
 * asked again, or left out openly.
 * @param isAskedFor she says that the organisation asked for it
 */
export function obstacleToGivingBackFor({ claims, answers }: { claims: readonly Claim[]; answers: readonly (AnswerFact & InLanguage)[] }, lang: Lang, isAskedFor: boolean): ObstacleToGivingBack | null {
  if (!claims.some((claim) => claim.lang === lang)) return 'not-claimed'
  const ofIt = (answer: InLanguage) => answer.lang === lang
  // A no to the source ends its yes to the translation; a yes to the source takes back no no to the translation.
  const isNo = [answers.findLast(ofIt), answers.findLast((answer) => ofIt(answer) || answer.isSource)].some((last) => last && last.answer !== 'agreed')
  if (isNo) return 'said-no'
  return isAskedFor ? null : 'not-asked-for'
}
