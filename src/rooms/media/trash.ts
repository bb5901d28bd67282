/** What the rule needs to know about an item, read under a lock. */
export interface TrashableItem {
  isStarter: boolean
  /** A text of it is public, was, or is to be at an hour. */
  isOut: boolean
  /** A delegate has an open link to it. */
  isAsked: boolean
  isTrashed: boolean
}

export type ObstacleToTrash = 'starter' | 'out' | 'asked' | 'trashed-already'

/** Why an item cannot go to the trash, or null when it can. What readers had is withdrawn openly; it never disappears. */
export function obstacleToTrash({ isStarter, isOut, isAsked, isTrashed }: TrashableItem): ObstacleToTrash | null {
  if (isTrashed) return 'trashed-already'
  if (isStarter) return 'starter'
  if (isOut) return 'out'
  return isAsked ? 'asked' : null
}
