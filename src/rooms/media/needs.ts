// What a kind of text needs before the desk lets it go out, as the stewards set it.

export const NEEDS = ['translationReader', 'sourceReader', 'agreement', 'ledAgreement', 'otherEditor'] as const
export type Need = (typeof NEEDS)[number]
export type Needs = Record<Need, boolean>

/** What stewards have not set otherwise. */
export const DEFAULT_NEEDS: Needs = { translationReader: true, sourceReader: false, agreement: false, ledAgreement: false, otherEditor: false }

/** How a text stands with all that could be needed. */
export interface NeedFacts {
  isTranslation: boolean
  /** A second reader found it right. */
  isRead: boolean
  byMachine: boolean
  /** How many organisations agreed to it, and how many of those are recognised as led by sex workers. */
  agreed: number
  agreedLed: number
  /** Who publishes it wrote its newest words. */
  isOwn: boolean
}

export type MissingNeed = 'waits-for-reader' | 'waits-for-agreement' | 'waits-for-led-agreement' | 'waits-for-editor'

/** What is still missing, in the order in which it is best done. */
export function missingNeeds(needs: Needs, { isTranslation, isRead, byMachine, agreed, agreedLed, isOwn }: NeedFacts): MissingNeed[] {
  // What a machine translated is read by a person, whatever the stewards set.
  const needsReader = byMachine || (isTranslation ? needs.translationReader : needs.sourceReader)
  return [
    ...(needsReader && !isRead ? ['waits-for-reader' as const] : []),
    ...(needs.agreement && agreed === 0 ? ['waits-for-agreement' as const] : []),
    ...(needs.ledAgreement && agreedLed === 0 ? ['waits-for-led-agreement' as const] : []),
    ...(needs.otherEditor && isOwn ? ['waits-for-editor' as const] : []),
  ]
}
