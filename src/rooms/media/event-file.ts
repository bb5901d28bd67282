import type { Lang } from '#kernel/language/language.ts'
import { type Day, type When, parseWhen } from '#kernel/when/when.ts'
import type { ItemPage } from '#rooms/media/item.ts'

/** An event as a calendar can hold it. Days: `lastDay` is the last one that it lasts, itself included. */
export interface CalendarEvent {
  /** The same for every language and for ever: a calendar that reads it twice knows it again. */
  uid: string
  title: string
  teaser: string
  address: string
  lang: Lang
  time: { start: Temporal.ZonedDateTime } | { firstDay: Temporal.PlainDate; lastDay: Temporal.PlainDate }
  changedAt: Temporal.Instant
}

type Dated = Pick<ItemPage, 'kind' | 'when' | 'dateOf'>

/**
 * When a calendar would show it; undefined for what is no event, and for a date that is only a year or a month, that is
 * open or not stated: a calendar knows days and hours alone, and a day is never invented.
 */
export function calendarTime(item: Dated): CalendarEvent['time'] | undefined {
  if (item.kind !== 'event' || (item.dateOf !== null && item.dateOf !== 'happened')) return undefined
  const when: When | undefined = parseWhen(item.when)
  if (when?.precision === 'moment') return { start: when.local.toZonedDateTime(when.zone) }
  if (when?.precision === 'day') return { firstDay: dayOf(when), lastDay: dayOf(when) }
  if (when?.precision === 'span' && when.from.precision === 'day' && when.to.precision === 'day') {
    return { firstDay: dayOf(when.from), lastDay: dayOf(when.to) }
  }
  return undefined
}

const dayOf = ({ year, month, day }: Day) => Temporal.PlainDate.from({ year, month, day })

/** The item as an event, or undefined where a calendar could not hold it. */
export function calendarEvent(item: ItemPage, address: string): CalendarEvent | undefined {
  const time = calendarTime(item)
  return time && { uid: `urn:uuid:${item.id}`, title: item.title, teaser: item.teaser, address, lang: item.lang, time, changedAt: item.updatedAt }
}
