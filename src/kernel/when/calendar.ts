import { isUiLang, type Lang, type UiLang, uiLangOf, UI_LANGS } from '#kernel/language/language.ts'
import { intlLocale } from '#kernel/language/locale.ts'
import haitian from '../../../messages/ht/calendar.json' with { type: 'json' }
import type { BareDate } from './when.ts'

interface Calendar {
  months: string[]
  weekdays: string[]
  /** What stands between day, month and year: 7 de mayo de 2022. */
  between: string
  /** How the first of a month is counted; CLDR writes a bare 1. */
  first: string
}

const BETWEEN: Partial<Record<UiLang, string>> = { es: ' de ', pt: ' de ' }
const FIRST: Partial<Record<UiLang, string>> = { pt: '1º', fr: '1er', ht: haitian.first }

const calendars = new Map(UI_LANGS.map((lang) => [lang, calendarOf(lang)]))

/** Names are asked of `Intl` once (a formatted date costs 12 µs each time); ht, which it lacks, has its own. */
function calendarOf(lang: UiLang): Calendar {
  const names = lang === 'ht' ? haitian : namesFromIntl(intlLocale(lang) ?? 'en-001')
  return { months: names.months, weekdays: names.weekdays, between: BETWEEN[lang] ?? ' ', first: FIRST[lang] ?? '1' }
}

function namesFromIntl(locale: string): { months: string[]; weekdays: string[] } {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' })
  const [month, weekday] = [format({ month: 'long' }), format({ weekday: 'long' })]
  return {
    months: Array.from({ length: 12 }, (_, i) => month.format(Date.UTC(2001, i, 1))),
    weekdays: Array.from({ length: 7 }, (_, i) => weekday.format(Date.UTC(2001, 0, 7 + i))), // the 7th was a Sunday
  }
}

function calendarIn(lang: Lang): Calendar {
  const ui = isUiLang(lang) ? lang : uiLangOf(lang)
  const known = calendars.get(ui)
  if (!known) throw new Error(`there is no calendar in ${ui}`)
  return known
}

/**
 * A bare date of its own precision: 2003 · May 2022 · 7 May 2022. `without` drops what a pair repeats. Written in an
 * interface language, like the message that stands around it.
 */
export function writeDate(date: BareDate, lang: Lang, without?: 'year' | 'month'): string {
  if (date.precision === 'year') return String(date.year)
  const { months, between, first } = calendarIn(lang)
  const words: (string | number | undefined)[] = []
  if (date.precision === 'day') words.push(date.day === 1 ? first : date.day)
  if (without !== 'month') words.push(months[date.month - 1])
  if (!without) words.push(date.year)
  return words.join(between)
}

/** The name of a month, 1 to 12, as it stands in a sentence. */
export const monthName = (month: number, lang: Lang): string => calendarIn(lang).months[month - 1] ?? ''

/** The name of a weekday, 1 (Monday) to 7, as `Temporal` counts. */
export const weekdayName = (weekday: number, lang: Lang): string => calendarIn(lang).weekdays[weekday % 7] ?? ''
