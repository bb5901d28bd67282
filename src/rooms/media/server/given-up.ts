/** Milliseconds that one statement of a search may take. */
export const SEARCH_TIMEOUT_MS = 1000
/** PostgreSQL gave a statement up: the search is answered as one that takes too long. */
export const isGivenUp = (error: unknown) => (error as { code?: unknown } | null)?.code === '57014'

/** What a search found; undefined when it was given up. Without `q` nothing is searched, and a fault is a fault. */
export async function unlessGivenUp<T>(q: string, found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (fault) {
    if (q === '' || !isGivenUp(fault)) throw fault
    return undefined
  }
}
