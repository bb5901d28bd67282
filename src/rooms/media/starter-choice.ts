/** What stewards can do with a text that came with the program. */
export const STARTER_CHOICES = ['adopt', 'keep', 'remove'] as const
export type StarterChoice = (typeof STARTER_CHOICES)[number]

export const isStarterChoice = (text: unknown): text is StarterChoice => (STARTER_CHOICES as readonly unknown[]).includes(text)

/** What a rule needs to know about such a text, read under a lock. */
export interface StarterState {
  decision: StarterChoice | null
  /** Somebody else than the program saved words of it. */
  isWorkedOn: boolean
  isWithdrawn: boolean
}

export type ObstacleToChoosing = 'withdrawn' | 'worked-on'

/** Why stewards cannot decide so any more, or null when they can. */
export function obstacleToChoosing({ decision, isWorkedOn, isWithdrawn }: StarterState, choice: StarterChoice): ObstacleToChoosing | null {
  if (choice === decision) return null
  if (isWithdrawn) return 'withdrawn' // taken down openly: it comes back only as a new text
  // Words of the alliance's people stand in it by now: they are no example, and go as any text of theirs goes.
  return isWorkedOn && decision === 'adopt' ? 'worked-on' : null
}
