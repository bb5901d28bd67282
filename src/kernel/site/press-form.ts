import { isLangTag, type Lang } from '#kernel/language/language.ts'
import { isClock, type PressContact, type PressHours, readChannel, readWho } from '#kernel/site/press-contact.ts'

/** A press contact as a form asks for it. Without days and hours it says none, whatever the zone. */
export interface PressTyped {
  channel: string
  who: Record<Lang, string>
  languages: string[]
  days: string[]
  from: string
  to: string
  zone: string
}

/** What cannot stand: a question of the form, or `who.LANG`; `who` alone where no language has a name. */
export type PressProblem = 'channel' | 'who' | `who.${Lang}` | 'days' | 'from' | 'to' | 'zone'

/** Languages that people of the region answer in; a contact may name others by `bin/altavoz`. */
export const SPOKEN_LANGUAGES: readonly Lang[] = ['es', 'pt', 'en', 'fr', 'ht', 'nl', 'pap', 'gn', 'qu', 'ay']

/** What a form is drawn from. */
export const typedContact = (contact: PressContact | undefined, zone: string): PressTyped => ({
  channel: contact?.channel ?? '', who: { ...contact?.who }, languages: [...(contact?.languages ?? [])],
  days: contact?.hours?.days.map(String) ?? [], from: contact?.hours?.from ?? '', to: contact?.hours?.to ?? '', zone: contact?.hours?.zone ?? zone,
})

/** Reads a contact, or says all that cannot stand. `findZone`: a zone as the IANA list spells it. */
export function readPressForm(typed: PressTyped, findZone: (zone: string) => string | undefined): { contact: PressContact } | { problems: PressProblem[] } {
  const problems: PressProblem[] = []
  const channel = readChannel(typed.channel)
  if (channel === undefined) problems.push('channel')
  const who: Record<Lang, string> = {}
  for (const [lang, text] of Object.entries(typed.who)) {
    if (text.trim() === '') continue
    const read = isLangTag(lang) ? readWho(text) : undefined
    if (read === undefined) problems.push(`who.${lang}`)
    else who[lang] = read
  }
  if (Object.values(typed.who).every((text) => text.trim() === '')) problems.push('who')
  const hours = readTypedHours(typed, findZone, problems)
  if (channel === undefined || problems.length > 0) return { problems }
  return { contact: { channel, who, languages: [...new Set(typed.languages.filter(isLangTag))], hours } }
}

function readTypedHours(typed: PressTyped, findZone: (zone: string) => string | undefined, problems: PressProblem[]): PressHours | null {
  if (typed.days.length === 0 && typed.from.trim() === '' && typed.to.trim() === '') return null
  const days = [...new Set(typed.days.filter((day) => /^[1-7]$/.test(day)).map(Number))].sort()
  const [from, to, zone] = [clockOf(typed.from), clockOf(typed.to), findZone(typed.zone.trim())]
  if (days.length === 0) problems.push('days')
  if (!isClock(from)) problems.push('from')
  if (!(isClock(to) || to === '24:00') || (isClock(from) && from >= to)) problems.push('to')
  if (!zone) problems.push('zone')
  return { days, from, to, zone: zone ?? '' }
}

/** `9`, `9:00`, `9.00` and `9h00` are one hour. */
function clockOf(text: string): string {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.hH](\d\d)|[hH])?$/.exec(text.trim()) ?? []
  return hour === undefined ? '' : `${hour.padStart(2, '0')}:${minute}`
}
