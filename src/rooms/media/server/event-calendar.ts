import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { namedId } from '#kernel/id/named-id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type DateOf, parseWhen, type When } from '#kernel/when/when.ts'

/** An event as a calendar needs it: one language of an item of kind event. */
export interface CalendarEvent {
  itemId: string
  /** Stored form of kernel/when. */
  when: string
  dateOf: DateOf | null
  title: string
  teaser: string
  /** The whole address of its page. */
  address: string
  /** When what is shown went out, or was withdrawn. */
  changedAt: Temporal.Instant
  /** How often it changed since it first went out; 0 at first. */
  changes: number
  isCancelled: boolean
}

/** The days or the moment of an event; undefined where they are not known: a calendar is given no invented day. */
export function calendarDates(when: When): { start: Temporal.PlainDate | Temporal.Instant; end?: Temporal.PlainDate } | undefined {
  if (when.precision === 'moment') return { start: when.local.toZonedDateTime(when.zone).toInstant() }
  const [from, to] = when.precision === 'span' ? [when.from, when.to] : [when, when]
  if (from.precision !== 'day' || to.precision !== 'day') return undefined
  // The end of a whole day is the next one (RFC 5545, section 3.6.1).
  return { start: new Temporal.PlainDate(from.year, from.month, from.day), end: new Temporal.PlainDate(to.year, to.month, to.day).add({ days: 1 }) }
}

/** Whether a calendar can hold it: its day is known, and is the day on which it takes place. */
export const isForCalendar = (event: Pick<CalendarEvent, 'when' | 'dateOf'>): boolean =>
  (event.dateOf === null || event.dateOf === 'happened') && calendarDates(parseWhen(event.when) ?? { precision: 'not-stated' }) !== undefined

/**
 * Events as an iCalendar file (RFC 5545), the same bytes for the same events. An event keeps its id in every language
 * and whatever changes; one that was withdrawn is told as cancelled, so that it leaves the calendars it stands in.
 */
export function calendarText(name: string, lang: Lang, events: readonly CalendarEvent[]): string {
  const calendar = ical({ name, prodId: { company: 'Altavoz', product: 'Calendar', language: lang.toUpperCase() }, method: ICalCalendarMethod.PUBLISH })
  for (const event of events) {
    const dates = isForCalendar(event) ? calendarDates(parseWhen(event.when)!) : undefined
    if (!dates) continue
    calendar.createEvent({
      id: namedId(event.itemId, 'event'), sequence: event.changes, stamp: event.changedAt, lastModified: event.changedAt,
      start: dates.start, ...(dates.end && { end: dates.end, allDay: true }),
      summary: event.title, description: event.teaser, url: event.address,
      status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
