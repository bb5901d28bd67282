import type { Page } from '#kernel/page-cache/page.ts'

/** The tag that stands for every tag. */
const EVERY_TAG = '*'

/** Pages by key and by tag, within a number of bytes: the one that was asked for longest ago goes first. */
export class PageStore {
  readonly mostBytes: number
  readonly mostPerPage: number
  #pages = new Map<string, Page>() // in the order of last use
  #newest: string | undefined
  #keysOf = new Map<string, Set<string>>()
  #bytes = 0
  #weights = new Map<string, number>()

  constructor(mostBytes: number, mostPerPage: number) {
    this.mostBytes = mostBytes
    this.mostPerPage = mostPerPage
  }

  get size() {
    return this.#pages.size
  }

  get bytes() {
    return this.#bytes
  }

  peek(key: string): Page | undefined {
    return this.#pages.get(key)
  }

  /** Counts as a use. */
  find(key: string): Page | undefined {
    const page = this.#pages.get(key)
    if (page === undefined || key === this.#newest) return page
    this.#pages.delete(key)
    this.#pages.set(key, page)
    this.#newest = key
    return page
  }

  keep(key: string, page: Page) {
    this.forget(key)
    if (page.weight > this.mostPerPage) return
    this.#pages.set(key, page)
    this.#newest = key
    for (const tag of page.tags) {
      const keys = this.#keysOf.get(tag)
      if (keys) keys.add(key)
      else this.#keysOf.set(tag, new Set([key]))
    }
    page.onGrowth = () => this.#weigh(key, page)
    this.#weigh(key, page)
  }

  /** A page grows when it is asked for in another coding. */
  #weigh(key: string, page: Page) {
    if (this.#pages.get(key) !== page) return
    this.#bytes += page.weight - (this.#weights.get(key) ?? 0)
    this.#weights.set(key, page.weight)
    if (page.weight > this.mostPerPage) this.forget(key)
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.mostBytes) break
      this.forget(oldest)
    }
  }

  forget(key: string) {
    const page = this.#pages.get(key)
    if (!page) return
    this.#pages.delete(key)
    if (key === this.#newest) this.#newest = undefined
    this.#bytes -= this.#weights.get(key) ?? 0
    this.#weights.delete(key)
    for (const tag of page.tags) {
      const keys = this.#keysOf.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) this.#keysOf.delete(tag)
    }
  }

  drop(tags: readonly string[]) {
    if (tags.includes(EVERY_TAG)) return this.empty()
    for (const tag of tags) for (const key of [...(this.#keysOf.get(tag) ?? [])]) this.forget(key)
  }

  empty() {
    this.#pages.clear()
    this.#newest = undefined
    this.#keysOf.clear()
    this.#weights.clear()
    this.#bytes = 0
  }
}
