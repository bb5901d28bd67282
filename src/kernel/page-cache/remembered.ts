import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Reading } from '#kernel/page-cache/reading.ts'

/**
 * A value that nearly every page reads and that changes once a month (the site's names, its menu). It obeys the rules
 * of the page cache: dropped by tag, never kept when a drop came while it was being loaded, not kept at all while this
 * process cannot hear what other nodes change.
 */
export class Remembered<T> {
  readonly tags: readonly string[]
  #load: () => Promise<T>
  #reading: AsyncLocalStorage<Reading> | undefined
  #kept: Promise<T> | undefined
  #isHearing = false

  constructor(load: () => Promise<T>, tags: readonly string[], reading?: AsyncLocalStorage<Reading>) {
    this.#load = load
    this.tags = tags
    this.#reading = reading
  }

  /** Reports its tags to the render that asks. */
  get(): Promise<T> {
    this.#reading?.getStore()?.tag(...this.tags)
    if (this.#kept) return this.#kept
    const loading = this.#load()
    if (!this.#isHearing) return loading
    // Kept from its start: who asks before the next drop may share it, and a drop forgets it even half loaded.
    this.#kept = loading
    loading.catch(() => {
      if (this.#kept === loading) this.#kept = undefined
    })
    return loading
  }

  drop(tags: readonly string[]) {
    if (tags.some((tag) => tag === '*' || this.tags.includes(tag))) this.#kept = undefined
  }

  lose() {
    this.#isHearing = false
    this.#kept = undefined
  }

  hear() {
    this.#isHearing = true
  }
}
