import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { writeDate } from './calendar.ts'
import type { BareDate, Moment, Span, When } from './when.ts'

/** As it stands beside a label or alone: 7 May 2022 · 30 May – 5 June 2021 · date not stated. */
export function barePhrase(when: When, lang: Lang): string {
  switch (when.precision) {
    case 'not-stated':
      return m.date_not_stated({}, { locale: lang })
    case 'open':
      return m.date_open({}, { locale: lang })
    case 'moment':
      return m.date_moment(partsOfMoment(when, lang), { locale: lang })
    case 'span':
      return sameText(when) ? writeDate(when.from, lang) : m.date_mixed(pairOf(when, lang), { locale: lang })
    default:
      return writeDate(when, lang)
  }
}

/** As it stands inside a sentence: in May 2022 · on 7 May 2022 · from 3 to 5 June 2021 · since 24 November 2026. */
export function inPhrase(when: When, lang: Lang): string {
  switch (when.precision) {
    case 'not-stated':
      return m.date_not_stated({}, { locale: lang })
    case 'open':
      return m.date_since({ p: when.from.precision, d: writeDate(when.from, lang) }, { locale: lang })
    case 'moment':
      return m.date_at(partsOfMoment(when, lang), { locale: lang })
    case 'span':
      return spanPhrase(when, lang)
    default:
      return m.date_in({ p: when.precision, d: writeDate(when, lang) }, { locale: lang })
  }
}

function spanPhrase(span: Span, lang: Lang): string {
  if (sameText(span)) return inPhrase(span.from, lang)
  const pair = pairOf(span, lang)
  if (span.from.precision !== span.to.precision) return m.date_mixed(pair, { locale: lang })
  return m.date_span({ p: span.from.precision, ...pair }, { locale: lang })
}

const sameText = ({ from, to }: Span) => writeDate(from, 'en') === writeDate(to, 'en')

/** Both ends; the first drops the month and the year that the second repeats. */
function pairOf({ from, to }: Span, lang: Lang): { from: string; to: string } {
  return { from: writeDate(from, lang, repeated(from, to)), to: writeDate(to, lang) }
}

function repeated(from: BareDate, to: BareDate): 'year' | 'month' | undefined {
  if (from.precision !== to.precision || from.year !== to.year) return undefined
  if (from.precision !== 'day' || to.precision !== 'day') return 'year'
  return from.month === to.month ? 'month' : 'year'
}

function partsOfMoment({ local, zone }: Moment, lang: Lang): { d: string; time: string; zone: string } {
  return { d: formatDay(local.toPlainDate(), lang), time: clockTime(local), zone: cityOf(zone) }
}

export const formatDay = (day: Temporal.PlainDate, lang: Lang): string =>
  writeDate({ precision: 'day', year: day.year, month: day.month, day: day.day }, lang)

/** 7 May 2022, 15:05 (Lima). */
export function formatInstant(instant: Temporal.Instant, lang: Lang, zone: string): string {
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime()
  return m.date_moment(partsOfMoment({ precision: 'moment', local, zone }, lang), { locale: lang })
}

/** Only its day, in a zone: 7 May 2022. */
export const formatInstantDay = (instant: Temporal.Instant, lang: Lang, zone: string): string =>
  formatDay(instant.toZonedDateTimeISO(zone).toPlainDate(), lang)

/** Only its hour, in a zone: 15:05. */
export const formatClock = (instant: Temporal.Instant, zone: string): string => clockTime(instant.toZonedDateTimeISO(zone).toPlainDateTime())

const clockTime = (local: Temporal.PlainDateTime) => local.toPlainTime().toString({ smallestUnit: 'minute' })

/** A zone by the city it is named after; the names `Intl` gives (“Peru Standard Time”) exist in no Creole. */
export const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** The months (1 to 12) that the canopy lights up: of whatever year; a whole year is 'year', nothing stated 'none'. */
export function monthsOf(when: When): number[] | 'year' | 'none' {
  switch (when.precision) {
    case 'not-stated':
      return 'none'
    case 'year':
      return 'year'
    case 'moment':
      return [when.local.month]
    case 'open':
      return when.from.precision === 'year' ? 'year' : monthsFrom(when.from.month, 13 - when.from.month)
    case 'span':
      return monthsOfSpan(when)
    default:
      return [when.month]
  }
}

/** Months of a span over a whole year light the canopy up whole; only two years, without months, tint it. */
function monthsOfSpan({ from, to }: Span): number[] | 'year' {
  if (from.precision === 'year' && to.precision === 'year') return 'year'
  const first = from.year * 12 + (from.precision === 'year' ? 1 : from.month)
  const last = to.year * 12 + (to.precision === 'year' ? 12 : to.month)
  return monthsFrom(((first - 1) % 12) + 1, Math.min(12, last - first + 1))
}

const monthsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => ((first - 1 + i) % 12) + 1)
