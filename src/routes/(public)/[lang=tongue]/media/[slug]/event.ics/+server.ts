import type { RequestHandler } from './$types.js'
import { eventTime } from '#rooms/media/event-time.ts'
import { CALENDAR_TYPE, calendarText } from '#rooms/media/server/event-calendar.ts'
import { listForCalendar } from '#rooms/media/server/event-queries.ts'
import { itemFile } from '../../../../../item-file.ts'

/** An event for the reader's calendar, under the id it has in the calendar of all. Where its day is not known there is none: an address that never was. */
export const GET: RequestHandler = (event) =>
  itemFile(event, 'event.ics', async ({ item, address }) => {
    if (!eventTime(item)) return undefined
    const { reading } = event.locals
    const { events } = await listForCalendar(reading.db, item.lang, reading.now, item.id)
    return { body: calendarText(item.title, item.lang, events.map((found) => ({ ...found, address }))), type: CALENDAR_TYPE }
  })
