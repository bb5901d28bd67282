import { type Day, type When, parseWhen } from '#kernel/when/when.ts'
import type { ItemPage } from '#rooms/media/item.ts'

/** When an event is, as a calendar holds it. `lastDay` is the last day that it lasts, itself included. */
export type EventTime = { start: Temporal.ZonedDateTime } | { firstDay: Temporal.PlainDate; lastDay: Temporal.PlainDate }

/**
 * When a calendar would show it; undefined for what is no event, and for a date that is only a year or a month, that is
 * open or not stated: a calendar knows days and hours alone, and a day is never invented.
 */
export function eventTime(item: Pick<ItemPage, 'kind' | 'when' | 'dateOf'>): EventTime | undefined {
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
