import { lastDay, NOT_STATED, parseWhen, type When } from '#kernel/when/when.ts'

/** Events that stand under one heading: a month, a year where no month is known, or what has no end. */
export interface EventGroup<T> {
  /** `2026-12`, `2026` or `open`: also the end of the address that leads there. */
  key: string
  /** What the heading says; undefined for what has no end. */
  heading: When | undefined
  events: T[]
}

/** Groups events that are sorted by their last day, by its month in the site's zone. */
export function groupByMonth<T extends { when: string }>(events: readonly T[], zone: string): EventGroup<T>[] {
  const groups: EventGroup<T>[] = []
  for (const event of events) {
    const heading = headingOf(parseWhen(event.when) ?? NOT_STATED, zone)
    const key = heading === undefined ? 'open' : heading.precision === 'month' ? `${heading.year}-${String(heading.month).padStart(2, '0')}` : String(heading.year)
    const known = groups.find((group) => group.key === key)
    if (known) known.events.push(event)
    else groups.push({ key, heading, events: [event] })
  }
  return groups
}

function headingOf(when: When, zone: string) {
  const day = lastDay(when, zone)
  if (!day) return undefined
  const end = when.precision === 'span' ? when.to : when
  return end.precision === 'year'
    ? { precision: 'year' as const, year: day.year }
    : { precision: 'month' as const, year: day.year, month: day.month }
}
