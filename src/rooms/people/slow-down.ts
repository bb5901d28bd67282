/** Free, for a finger that slips; then each attempt waits twice as long as the one before, and never longer than this. */
const FREE_ATTEMPTS = 3
const FIRST_WAIT_MS = 500
export const LONGEST_WAIT_MS = 5000
/** A finger does not slip this often. */
const TOLD_AT = 6
const FORGOTTEN_AFTER_MINUTES = 15
/** A flood of invented names must not fill the memory. */
const MOST_NAMES = 10_000

export const waitAfter = (attempts: number): number =>
  attempts < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - FREE_ATTEMPTS))

/**
 * Slows whoever guesses, by the name they guess at, and locks nobody out: the one whose name it is waits some seconds
 * too and then comes in. It counts names that nobody has in the same way, or the wait would tell which ones exist.
 */
export class SlowDown {
  #attempts = new Map<string, { count: number; last: Temporal.Instant }>()

  /** Counts one attempt as it arrives, so that many at once are slowed too. Returns milliseconds to wait before it. */
  attempt(key: string, now: Temporal.Instant): number {
    const known = this.#attempts.get(key)
    const isRecent = known !== undefined && Temporal.Instant.compare(now, known.last.add({ minutes: FORGOTTEN_AFTER_MINUTES })) < 0
    const before = isRecent ? known.count : 0
    this.#attempts.delete(key)
    this.#attempts.set(key, { count: before + 1, last: now })
    if (this.#attempts.size > MOST_NAMES) this.#attempts.delete(this.#attempts.keys().next().value!)
    return waitAfter(before)
  }

  /** True at one attempt of a row and at no other: whoever is guessed at is told once, and not by each guess. */
  isGuessing(key: string): boolean {
    return this.#attempts.get(key)?.count === TOLD_AT
  }

  cameIn(key: string): void {
    this.#attempts.delete(key)
  }
}
