/** What readers have of a text, as the desk says it. */
export type DeskStanding = 'none' | 'draft' | 'waiting' | 'public' | 'changed' | 'withdrawn'

interface Standing {
  revisionId: string
  publicRevisionId: string | null
  waitingRevisionId: string | null
  isWithdrawn: boolean
}

/** `waiting`: it goes out at an hour to come. `changed`: readers see an older revision than the newest. */
export function deskStanding(text: Standing | undefined): DeskStanding {
  if (!text) return 'none'
  if (text.isWithdrawn) return 'withdrawn'
  if (text.waitingRevisionId !== null) return 'waiting'
  if (text.publicRevisionId === null) return 'draft'
  return text.publicRevisionId === text.revisionId ? 'public' : 'changed'
}
