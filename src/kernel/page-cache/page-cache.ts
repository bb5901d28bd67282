import { encodeSmallest } from '#kernel/page-cache/coding.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import type { Page } from '#kernel/page-cache/page.ts'
import { PageStore } from '#kernel/page-cache/page-store.ts'

const MEGABYTE = 1024 * 1024

export interface PageCacheOptions {
  /** Milliseconds. */
  clock: () => number
  gate: Gate
  mostBytes?: number
  mostPerPage?: number
  /** Values that are kept by the same tags and the same rules. */
  companions?: readonly Companion[]
  smallest?: (body: Buffer) => Promise<Buffer>
}

export interface Companion {
  drop(tags: readonly string[]): void
  lose(): void
  hear(): void
}

/** A render under way. Its tags are known only when it is done, so it notes every tag that moves meanwhile. */
interface Flight {
  moved: Set<string>
  /** False when something happened that no tag names: the listening connection was away. */
  mayStore: boolean
  page: Promise<Page>
}

/**
 * Rendered public pages, kept until an act changes what they read. Never a stale page: a render is stored only if none
 * of its tags moved since it began, nobody who asks after a drop is given a render that began before it, and nothing
 * is kept while this process cannot hear what others change.
 */
export class PageCache {
  readonly store: PageStore
  readonly gate: Gate
  readonly counts = { hits: 0, renders: 0, joined: 0, dropped: 0, refusedStores: 0 }
  #clock: () => number
  #companions: readonly Companion[]
  #smallest: (body: Buffer) => Promise<Buffer>
  #isHearing = false
  #flights = new Set<Flight>()
  #joinable = new Map<string, Flight>()
  #raising = Promise.resolve()
  #raisesWaiting = 0

  constructor(options: PageCacheOptions) {
    this.#clock = options.clock
    this.gate = options.gate
    this.store = new PageStore(options.mostBytes ?? 64 * MEGABYTE, options.mostPerPage ?? MEGABYTE / 2)
    this.#companions = options.companions ?? []
    this.#smallest = options.smallest ?? encodeSmallest
  }

  get isHearing() {
    return this.#isHearing
  }

  /** A page that is kept and still true, or undefined. */
  find(key: string): Page | undefined {
    const page = this.store.find(key)
    if (page === undefined) return undefined
    if (!page.isFreshAt(this.#clock())) {
      this.store.forget(key)
      return undefined
    }
    this.counts.hits++
    if (++page.hits === 2) this.#raiseLater(key, page)
    return page
  }

  /** The page of a key: kept, or being made for somebody else, or made now. @throws TooBusy */
  async obtain(key: string, render: () => Promise<Page>, gate = this.gate): Promise<Page> {
    for (;;) {
      const kept = this.find(key)
      if (kept) return kept
      const asked = this.#clock()
      const other = this.#joinable.get(key)
      if (!other) return this.#fly(key, render, gate)
      this.counts.joined++
      const page = await other.page
      // A page for one reader is a leak to another; a page whose time was over when we asked is stale for us.
      const isForMany = page.isStorable || page.status !== 200
      if (isForMany && asked < page.until) return page
      if (!isForMany) return this.obtainUnkept(render, gate)
    }
  }

  /** A page that is never kept: a search, an address that does not exist. @throws TooBusy */
  obtainUnkept(render: () => Promise<Page>, gate = this.gate): Promise<Page> {
    this.counts.renders++
    return gate.through(render)
  }

  #fly(key: string, render: () => Promise<Page>, gate: Gate): Promise<Page> {
    const flight = { moved: new Set<string>(), mayStore: this.#isHearing } as Flight
    this.counts.renders++
    flight.page = gate.through(() => {
      // What moved while it stood in the queue does not matter: it has read nothing yet.
      flight.moved.clear()
      flight.mayStore = this.#isHearing
      return render()
    }).then((page) => {
      if (this.#mayKeep(flight, page)) this.store.keep(key, page)
      return page
    }).finally(() => {
      this.#flights.delete(flight)
      if (this.#joinable.get(key) === flight) this.#joinable.delete(key)
    })
    this.#flights.add(flight)
    // Not while others' acts pass unheard: the one who joins may have been told of an act that the render missed.
    if (this.#isHearing) this.#joinable.set(key, flight)
    return flight.page
  }

  #mayKeep(flight: Flight, page: Page): boolean {
    if (!page.isStorable || !page.isFreshAt(this.#clock())) return false
    const isUnmoved = flight.mayStore && !flight.moved.has('*') && ![...page.tags].some((tag) => flight.moved.has(tag))
    if (!isUnmoved) this.counts.refusedStores++
    return isUnmoved
  }

  drop(tags: readonly string[]) {
    this.counts.dropped++
    for (const companion of this.#companions) companion.drop(tags)
    this.store.drop(tags)
    for (const flight of this.#flights) for (const tag of tags) flight.moved.add(tag)
    // Who published and asks now must not be given a render that began before: it may be about to read the old words.
    this.#joinable.clear()
  }

  /** Others' acts are not heard any more. */
  lose() {
    this.#isHearing = false
    for (const companion of this.#companions) companion.lose()
    this.store.empty()
    for (const flight of this.#flights) flight.mayStore = false
    this.#joinable.clear()
  }

  /** Every act from now on is heard. What is being rendered began before, so it is not kept. */
  hear() {
    // A new connection without word that the old one was lost: what was said between them went unheard.
    if (this.#isHearing) this.lose()
    this.#isHearing = true
    for (const companion of this.#companions) companion.hear()
  }

  #raiseLater(key: string, page: Page) {
    if (!page.canBeRaised || this.#raisesWaiting > 1000) return
    this.#raisesWaiting++
    this.#raising = this.#raising.then(async () => {
      this.#raisesWaiting--
      if (this.store.peek(key) !== page) return
      page.raise(await this.#smallest(page.identity()))
    }).catch(() => {})
  }
}
