import { type Lang, uiLangOf } from '#kernel/language/language.ts'
import { intlLocale } from '#kernel/language/locale.ts'
import haitian from '../../../messages/ht/calendar.json' with { type: 'json' }
import type { BareDate } from './when.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let format = formats.get(key)
  if (!format) {
    const locale = intlLocale(lang) ?? 'en-001'
    formats.set(key, (format = new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' })))
  }
  return format
}

const STYLES = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  day: { year: 'numeric', month: 'long', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/**
 * A bare date of its own precision: 2003 · May 2022 · 7 May 2022. `without` drops what a pair repeats. Written in an
 * interface language, like the message that stands around it.
 */
export function writeDate(date: BareDate, anyLang: Lang, without?: 'year' | 'month'): string {
  if (date.precision === 'year') return String(date.year)
  const lang = uiLangOf(anyLang)
  if (lang === 'ht') return writeHaitian(date, without)
  const style: Intl.DateTimeFormatOptions = { ...STYLES[date.precision] }
  if (without) delete style.year
  if (without === 'month' && date.precision === 'day') delete style.month
  const day = date.precision === 'day' ? date.day : 1
  const parts = formatOf(lang, style).formatToParts(utc(date.year, date.month, day))
  return parts.map(({ type, value }) => (type === 'day' ? dayNumber(value, lang) : value)).join('')
}

/** Portuguese, French and Creole count the first of a month (1º, 1er, premye); CLDR writes a bare 1. */
function dayNumber(day: string, lang: Lang): string {
  if (day !== '1') return day
  return { pt: '1º', fr: '1er', ht: haitian.first }[lang] ?? day
}

function writeHaitian(date: BareDate, without?: 'year' | 'month'): string {
  if (date.precision === 'year') return String(date.year)
  const month = haitian.months[date.month - 1]
  const words = [
    date.precision === 'day' ? dayNumber(String(date.day), 'ht') : '',
    without === 'month' ? '' : month,
    without ? '' : date.year,
  ]
  return words.filter((word) => word !== '').join(' ')
}

/** The name of a month, 1 to 12, as it stands in a sentence. */
export const monthName = (month: number, lang: Lang): string =>
  lang === 'ht' ? (haitian.months[month - 1] ?? '') : formatOf(lang, { month: 'long' }).format(utc(2001, month, 1))

/** The name of a weekday, 1 (Monday) to 7, as `Temporal` counts. */
export const weekdayName = (weekday: number, lang: Lang): string =>
  lang === 'ht'
    ? (haitian.weekdays[weekday % 7] ?? '')
    : formatOf(lang, { weekday: 'long' }).format(utc(2001, 1, weekday)) // 1 January 2001 was a Monday

/** A `Date` only because `Intl` knows months by it alone everywhere; years under 100 need setUTCFullYear. */
function utc(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}
