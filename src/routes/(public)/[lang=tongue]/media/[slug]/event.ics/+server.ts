import type { RequestHandler } from './$types.js'
import { calendarEvent } from '#rooms/media/event-file.ts'
import { CALENDAR_TYPE, calendarFile } from '#rooms/media/server/event-file.ts'
import { itemFile } from '../../../../../item-file.ts'

/** An event for the reader's calendar. Where its day is not known there is none: an address that never was. */
export const GET: RequestHandler = (event) =>
  itemFile(event, 'event.ics', async ({ item, address }) => {
    const found = calendarEvent(item, address)
    return found && { body: await calendarFile([found], item.lang), type: CALENDAR_TYPE }
  })
