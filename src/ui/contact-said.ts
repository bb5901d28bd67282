import { fallbacksOf, type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { listOf } from '#kernel/language/numbers.ts'
import { isRow, type PressContact, type PressHours } from '#kernel/site/press-contact.ts'
import { weekdayName } from '#kernel/when/calendar.ts'
import { cityOf } from '#kernel/when/phrase.ts'

/** Who a contact is, in the reader's language or the nearest that there is: `lang` says which, where it is another. */
export function whoOf({ who }: PressContact, lang: Lang): { text: string; lang: Lang | undefined } {
  const found = [lang, ...fallbacksOf(lang), ...Object.keys(who).sort()].find((tongue) => who[tongue])!
  return { text: who[found]!, lang: found === lang ? undefined : found }
}

function daysOf(days: number[], lang: Lang): string {
  if (days.length === 7) return m.press_every_day({}, { locale: lang as 'en' })
  const names = days.map((day) => weekdayName(day, lang))
  return isRow(days) ? m.date_mixed({ from: names[0]!, to: names.at(-1)! }, { locale: lang as 'en' }) : listOf(names, lang)
}

/** Hours are told with their zone; whether somebody answers right now is for the reader to see. */
export const hoursOf = ({ days, from, to, zone }: PressHours, lang: Lang): string =>
  m.press_hours({ days: daysOf(days, lang), from, to, zone: cityOf(zone) }, { locale: lang as 'en' })

export const spokenOf = (tags: Lang[], lang: Lang): string =>
  m.press_languages({ languages: listOf(tags.map((tag) => languageName(tag, lang)), lang) }, { locale: lang as 'en' })
