import { countNotYet } from '#rooms/media/behind.ts'
import type { Words } from '#rooms/media/frozen.ts'

/** What a second reader says. 'without': a steward lets it go unread. */
export const VERDICTS = ['good', 'changes', 'without'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Where the newest words of a text stand with their second reader. */
export interface ReadingState {
  /** The last word about exactly these words, beside the source that they follow; null while nobody read them. */
  last: { verdict: Verdict; readBy: string; readAt: Temporal.Instant; note: string } | null
  /** Who changed a word of it since it was last found right, or said that it follows the source. The last of them last. */
  makers: string[]
  /** A machine translated it, and no person has found it right since. */
  byMachine: boolean
}

/** Whether a person has found these words right, or a steward answers for their going out unread. Text of a machine is read, whatever happens. */
export const isRead = ({ last, byMachine }: ReadingState): boolean => last?.verdict === 'good' || (last?.verdict === 'without' && !byMachine)

export interface Reading {
  verdict: Verdict
  note: string
}

export const LONGEST_READING_NOTE = 2000

export type ObstacleToReading = 'own-words' | 'not-yet' | 'no-note' | 'too-long' | 'withdrawn' | 'by-machine'

/**
 * Why somebody cannot say so of a text, or null when she can. Nobody finds her own words right, nor those of her own since the last
 * reading; that something must change, everybody may say.
 */
export function obstacleToReading(readerId: string, text: Words & { isWithdrawn: boolean }, { makers, byMachine }: ReadingState, { verdict, note }: Reading): ObstacleToReading | null {
  if (text.isWithdrawn) return 'withdrawn'
  if (note.length > LONGEST_READING_NOTE) return 'too-long'
  if (verdict !== 'good') return verdict === 'without' && byMachine ? 'by-machine' : note.trim() === '' ? 'no-note' : null
  if (makers.includes(readerId)) return 'own-words'
  return countNotYet(text.bodyMarkdown) > 0 ? 'not-yet' : null
}
