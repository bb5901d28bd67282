/** When something was, as precisely as its source says and never more so. A day is never invented. */
export type When = { precision: 'not-stated' } | BareDate | Span | Open | Moment

export type BareDate = Year | Month | Day
export interface Year { precision: 'year'; year: number }
export interface Month { precision: 'month'; year: number; month: number }
export interface Day { precision: 'day'; year: number; month: number; day: number }
/** From the first to the last day of what lasted; both ends as precise as the source, not always equally. */
export interface Span { precision: 'span'; from: BareDate; to: BareDate }
/** From a date on, with no closing date. */
export interface Open { precision: 'open'; from: BareDate }
/** An hour where it took place, and that place's zone: `local` is the wall clock there. */
export interface Moment { precision: 'moment'; local: Temporal.PlainDateTime; zone: string }

/** What a date is the date of. */
export const DATE_OF = ['happened', 'adopted', 'published', 'in_force'] as const
export type DateOf = (typeof DATE_OF)[number]
export const isDateOf = (text: unknown): text is DateOf => (DATE_OF as readonly unknown[]).includes(text)

export const NOT_STATED: When = { precision: 'not-stated' }

/**
 * Reads the stored form: '' · 2021 · 2022-11 · 2003-06-28 · 2013-07/2014-03 · 2026-11-24/ · 2026-12-03T10:00[America/Lima].
 * Undefined for all else: a day that no calendar has, a span that ends before it begins, an hour that the clocks skipped.
 */
export function parseWhen(text: string): When | undefined {
  if (text === '') return NOT_STATED
  if (text.includes('T')) return parseMoment(text)
  const slash = text.indexOf('/')
  if (slash < 0) return parseBare(text)
  const from = parseBare(text.slice(0, slash))
  const end = text.slice(slash + 1)
  if (!from) return undefined
  if (end === '') return { precision: 'open', from }
  const to = parseBare(end)
  if (!to || Temporal.PlainDate.compare(firstOf(from), lastOf(to)) > 0) return undefined
  return { precision: 'span', from, to }
}

export function writeWhen(when: When): string {
  switch (when.precision) {
    case 'not-stated':
      return ''
    case 'span':
      return `${writeBare(when.from)}/${writeBare(when.to)}`
    case 'open':
      return writeBare(when.from) + '/'
    case 'moment':
      return `${when.local.toString({ smallestUnit: 'minute' })}[${when.zone}]`
    default:
      return writeBare(when)
  }
}

/** The first day it can have been, in the site's zone. Undefined when nothing is stated. */
export function firstDay(when: When, zone: string): Temporal.PlainDate | undefined {
  if (when.precision === 'not-stated') return undefined
  if (when.precision === 'moment') return dayIn(when, zone)
  return firstOf(when.precision === 'span' || when.precision === 'open' ? when.from : when)
}

/** The last day it can have been, in the site's zone. Undefined when nothing is stated, and for what has no end. */
export function lastDay(when: When, zone: string): Temporal.PlainDate | undefined {
  if (when.precision === 'not-stated' || when.precision === 'open') return undefined
  if (when.precision === 'moment') return dayIn(when, zone)
  return lastOf(when.precision === 'span' ? when.to : when)
}

/** The day to sort by: the latest it can have been; for what has no end, its beginning; if not stated, when we recorded it. */
export function sortDay(when: When, zone: string, recordedOn: Temporal.PlainDate): Temporal.PlainDate {
  return when.precision === 'open' ? lastOf(when.from) : (lastDay(when, zone) ?? recordedOn)
}

/** Whether it can have been on a day of `from` to `to`, both included. What is not stated overlaps no bound. */
export function overlaps(
  when: When,
  from: Temporal.PlainDate | undefined,
  to: Temporal.PlainDate | undefined,
  zone: string,
): boolean {
  if (!from && !to) return true
  const [first, last] = [firstDay(when, zone), lastDay(when, zone)]
  if (!first) return false
  if (to && Temporal.PlainDate.compare(first, to) > 0) return false
  return !(from && last && Temporal.PlainDate.compare(last, from) < 0)
}

function parseBare(text: string): BareDate | undefined {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  const year = Number(parts?.[1])
  if (!parts || year === 0) return undefined
  if (!parts[2]) return { precision: 'year', year }
  const month = Number(parts[2])
  if (month < 1 || month > 12) return undefined
  if (!parts[3]) return { precision: 'month', year, month }
  const day = Number(parts[3])
  if (day < 1 || day > new Temporal.PlainYearMonth(year, month).daysInMonth) return undefined
  return { precision: 'day', year, month, day }
}

function parseMoment(text: string): Moment | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)\[([A-Za-z][\w+-]*(?:\/[\w+-]+)*)\]$/.exec(text)
  if (!parts?.[1] || text.startsWith('0000')) return undefined
  try {
    const local = Temporal.PlainDateTime.from(parts[1], { overflow: 'reject' })
    const zoned = local.toZonedDateTime(parts[2] ?? '')
    if (!zoned.toPlainDateTime().equals(local)) return undefined // the clocks skipped this hour
    return { precision: 'moment', local, zone: zoned.timeZoneId }
  } catch {
    return undefined
  }
}

function writeBare(date: BareDate): string {
  const year = String(date.year).padStart(4, '0')
  if (date.precision === 'year') return year
  const month = `${year}-${String(date.month).padStart(2, '0')}`
  return date.precision === 'month' ? month : `${month}-${String(date.day).padStart(2, '0')}`
}

const dayIn = ({ local, zone: there }: Moment, zone: string) =>
  local.toZonedDateTime(there).withTimeZone(zone).toPlainDate()

const firstOf = (date: BareDate) =>
  new Temporal.PlainDate(date.year, date.precision === 'year' ? 1 : date.month, date.precision === 'day' ? date.day : 1)

function lastOf(date: BareDate): Temporal.PlainDate {
  if (date.precision === 'day') return firstOf(date)
  const month = new Temporal.PlainYearMonth(date.year, date.precision === 'year' ? 12 : date.month)
  return month.toPlainDate({ day: month.daysInMonth })
}
