import type { CalendarEvent } from '#rooms/media/event-file.ts'

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'

/** Events as iCalendar (RFC 5545). An hour is written in UTC, which every calendar shows in its owner's zone. */
export async function calendarFile(events: readonly CalendarEvent[], lang: string): Promise<string> {
  const { default: ical } = await import('ical-generator')
  const calendar = ical({ prodId: { company: 'Altavoz', product: 'Altavoz', language: lang.toUpperCase() } })
  for (const event of events) {
    calendar.createEvent({
      id: event.uid, stamp: dateOf(event.changedAt), lastModified: dateOf(event.changedAt), summary: event.title, description: `${event.teaser}\n\n${event.address}`.trim(), url: event.address,
      ...('start' in event.time
        ? { start: dateOf(event.time.start.toInstant()) }
        // The end of a whole day is the day after (RFC 5545 3.6.1).
        : { allDay: true, timezone: 'UTC', start: midnight(event.time.firstDay), end: midnight(event.time.lastDay.add({ days: 1 })) }),
    })
  }
  return `${calendar.toString()}\r\n`
}

const dateOf = (moment: Temporal.Instant) => new Date(moment.epochMilliseconds)
const midnight = (day: Temporal.PlainDate) => dateOf(day.toZonedDateTime('UTC').toInstant())
