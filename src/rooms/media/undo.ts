/** For how long a publication can be taken back as if it had not been. Whoever read it by then has read it. */
export const UNDO_SECONDS = 60

/** What readers have of a text now, read under a lock. */
export interface Standing {
  publicationId: string
  /** When it was decided; a text that waited for its hour was decided long before. */
  decidedAt: Temporal.Instant
  /** Something is to follow at an hour to come. */
  isFollowed: boolean
  /** Readers were told since that it was wrong. */
  isCorrected: boolean
}

export type ObstacleToUndoing = 'not-standing' | 'too-late' | 'published-since' | 'corrected-since'

/** Why a publication cannot be undone any more, or null when it can. @param standing null where readers see nothing */
export function obstacleToUndoing(standing: Standing | null, publicationId: string, now: Temporal.Instant): ObstacleToUndoing | null {
  if (standing?.publicationId !== publicationId) return 'not-standing' // undone by somebody else, replaced, or taken down
  if (secondsToUndo(standing.decidedAt, now) === 0) return 'too-late'
  if (standing.isFollowed) return 'published-since'
  return standing.isCorrected ? 'corrected-since' : null
}

/** Whole seconds that are left; 0 when it is too late. */
export const secondsToUndo = (decidedAt: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, UNDO_SECONDS - Math.floor(now.since(decidedAt).total('seconds')))
