import type { ReadDb } from '#kernel/database/tables.ts'

/**
 * What one render reads: the database, the one moment that it asks about, and a note of everything that the page will
 * depend on. Queries do not know it; the route that calls them reports their tags.
 */
export class Reading {
  readonly now: Temporal.Instant
  readonly db: ReadDb
  readonly tags = new Set<string>()
  /** First moment at which the page would say something else; undefined while nothing scheduled changes it. */
  freshUntil: Temporal.Instant | undefined
  /** False when the page is for one reader or one moment only. */
  isStorable = true

  constructor(db: ReadDb, now: Temporal.Instant) {
    this.db = db
    this.now = now
  }

  /** An act that announces any of these drops the page: `item:ID`, `list:media:LANG`, `site`. */
  tag(...tags: string[]) {
    for (const tag of tags) this.tags.add(tag)
  }

  /** The earliest of all moments named is kept; undefined names none. */
  freshBefore(moment: Temporal.Instant | undefined) {
    if (!moment) return
    if (!this.freshUntil || Temporal.Instant.compare(moment, this.freshUntil) < 0) this.freshUntil = moment
  }

  /** For a page that asks which day it is. */
  freshBeforeMidnight(zone: string) {
    const day = this.now.toZonedDateTimeISO(zone).add({ days: 1 })
    this.freshBefore(day.startOfDay().toInstant())
  }

  doNotStore() {
    this.isStorable = false
  }
}
