export interface Finding {
  state: 'good' | 'look' | 'bad'
  says: string
  /** What to do next; absent when there is nothing to do. */
  next?: string
}

export const good = (says: string): Finding => ({ state: 'good', says })
export const look = (says: string, next: string): Finding => ({ state: 'look', says, next })
