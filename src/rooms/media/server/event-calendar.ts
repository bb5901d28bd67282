import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { namedId } from '#kernel/id/named-id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { DateOf } from '#kernel/when/when.ts'
import { eventTime } from '#rooms/media/event-time.ts'

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'

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

/**
 * Events as an iCalendar file (RFC 5545), the same bytes for the same events. An event keeps its id in every language
 * and whatever changes; one that was withdrawn is told as cancelled, so that it leaves the calendars it stands in.
 */
export function calendarText(name: string, lang: Lang, events: readonly CalendarEvent[]): string {
  const calendar = ical({ name, prodId: { company: 'Altavoz', product: 'Calendar', language: lang.toUpperCase() }, method: ICalCalendarMethod.PUBLISH })
  for (const event of events) {
    const time = eventTime({ kind: 'event', when: event.when, dateOf: event.dateOf })
    if (!time) continue
    calendar.createEvent({
      id: namedId(event.itemId, 'event'), sequence: event.changes, stamp: event.changedAt, lastModified: event.changedAt,
      // The end of a whole day is the next one (RFC 5545, section 3.6.1).
      ...('start' in time ? { start: time.start.toInstant() } : { start: time.firstDay, end: time.lastDay.add({ days: 1 }), allDay: true }),
      summary: event.title, description: event.teaser, url: event.address,
      status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
