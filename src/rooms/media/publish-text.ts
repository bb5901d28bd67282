import type { Lang } from '#kernel/language/language.ts'
import type { MissingNeed } from '#rooms/media/needs.ts'
import type { ObstacleToPublishing } from '#rooms/media/obstacle.ts'

/** One language of an item as the page of publishing draws it: days and names as words. */
export interface TextShown {
  lang: Lang
  title: string
  seen: string
  /** What readers see now. */
  here: { said: string; publicationId: string; path: string | null } | null
  newest: string
  /** Readers see another version, or none. */
  isAhead: boolean
  comparePath: string
  waiting: string | null
  obstacle: ObstacleToPublishing | MissingNeed | null
  /** Whose yes to the text in this language is waited for, in a sentence; null where nobody’s is. */
  claimers: string | null
  /** Every need of its kind that is still open, with the page where it is met. */
  missing: { need: MissingNeed; path: string | null }[]
  /** A machine translated it, and no person has found it right. */
  byMachine: boolean
  /** Why a steward let it go unread, and who; null where none did. */
  unread: { who: string; why: string } | null
  /** For a steward who may let it go unread, what she has seen of it; null for all others. */
  mayLetGo: string | null
  /** Seconds in which the publication can be undone; 0 when it cannot. */
  undo: number
  isWithdrawn: boolean
  /** The address while no reader has it: as it is, or as it will be. */
  address: { before: string; slug: string } | null
}
