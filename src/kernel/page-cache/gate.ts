/** More renders wait than could be answered in time. */
export class TooBusy extends Error {
  override name = 'TooBusy'
}

/** Lets a few renders in at once and makes a bounded number wait: more would only make all of them slow. */
export class Gate {
  readonly most: number
  readonly mostWaiting: number
  #inside = 0
  #waiting: (() => void)[] = []

  constructor(most: number, mostWaiting: number) {
    this.most = most
    this.mostWaiting = mostWaiting
  }

  get inside() {
    return this.#inside
  }

  get waiting() {
    return this.#waiting.length
  }

  /** @throws TooBusy at once when the queue is full */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.most) this.#inside++
    else if (this.#waiting.length >= this.mostWaiting) throw new TooBusy('too many pages are being made at once')
    else await new Promise<void>((enter) => this.#waiting.push(enter))
    try {
      return await work()
    } finally {
      // The place is handed on, never free for a moment in which a newcomer could pass the queue.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#inside--
    }
  }
}
