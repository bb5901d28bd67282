export interface Finding {
  state: 'good' | 'look' | 'bad'
  says: string
  /** What to do next; absent when there is nothing to do. */
  next?: string
}

export const good = (says: string): Finding => ({ state: 'good', says })
export const look = (says: string, next: string): Finding => ({ state: 'look', says, next })
export const bad = (says: string, next: string): Finding => ({ state: 'bad', says, next })

const WORST = { good: 0, look: 1, bad: 2 }

/** One line for several things of a kind: the worst of them, or all when all are well. */
export function together(findings: Finding[]): Finding {
  const [worst] = findings.toSorted((a, b) => WORST[b.state] - WORST[a.state])
  if (!worst) throw new Error('there is nothing to tell of')
  return worst.state === 'good' ? good(findings.map(({ says }) => says).join('; ')) : worst
}

/** No check of the network may hold the others up. */
export const WAIT_MS = 5000

/** What a stranger's server says is shown on a terminal: no control signs, and not at length. */
export const shown = (text: string) => text.replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 120)
