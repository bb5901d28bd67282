import { isEmailAddress } from '#kernel/site/email-address.ts'
import type { Lang } from '#kernel/language/language.ts'
import { webAddress } from '#kernel/site/web-address.ts'

/** When somebody answers: whole days of the week, 1 (Monday) to 7, and hours of that zone's clock. */
export interface PressHours {
  days: number[]
  /** `09:00` */
  from: string
  /** `19:00`, `24:00` for midnight. */
  to: string
  zone: string
}

/** Whom journalists reach, and how. Its channel tells it from the others. */
export interface PressContact {
  /** A telephone number with its country (+51 …), an e-mail address, or the address of a page. */
  channel: string
  /** A name or a role, in each language in which it was given. */
  who: Record<Lang, string>
  languages: Lang[]
  hours: PressHours | null
}

export const MOST_CONTACTS = 20
export const LONGEST_WHO = 120

const PHONE = /^\+\d[\d ()-]{5,22}\d$/

/** Signal and WhatsApp give such links without their protocol too. */
const CHAT = /^(signal\.me|wa\.me)\//i

/** The channel as it is kept, or undefined where it is none. */
export function readChannel(text: string): string | undefined {
  const written = text.normalize('NFC').trim()
  const plain = CHAT.test(written) ? `https://${written}` : written
  if (PHONE.test(plain) || isEmailAddress(plain)) return plain
  const page = /\s/.test(plain) || plain.length > 200 ? undefined : webAddress(plain)
  return page?.protocol === 'https:' ? page.href : undefined
}

/** Where the channel leads. */
export function hrefOf(channel: string): string {
  if (PHONE.test(channel)) return `tel:${channel.replace(/[^+\d]/g, '')}`
  return isEmailAddress(channel) ? `mailto:${channel}` : channel
}

/** Whether both reach the same: a number may be written with other blanks, an e-mail address with other capitals. */
export function reachesSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((channel) => (isEmailAddress(channel) ? channel.toLowerCase() : hrefOf(channel)))
  return one === other
}

/** Who it is as it is kept, in one plain line. Direction marks are none: one in a name turns around whatever stands behind it. */
export function readWho(text: string): string | undefined {
  const who = text.normalize('NFC').trim()
  return who === '' || [...who].length > LONGEST_WHO || /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(who) ? undefined : who
}

/** As it is read and copied: a page without its protocol. */
export const shownChannel = (channel: string) => channel.replace(/^https:\/\//, '').replace(/\/$/, '')

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Reads `mon-fri 09:00-19:00 America/Lima`, `mon,wed 10:00-12:00 UTC`. `findZone`: a zone as the IANA list spells it. */
export function readHours(text: string, findZone: (zone: string) => string | undefined): PressHours | undefined {
  const [, typedDays = '', from = '', to = '', typedZone = ''] = /^(\S+)\s+(\d\d:\d\d)-(\d\d:\d\d)\s+(\S+)$/.exec(text.trim()) ?? []
  const days = readDays(typedDays.toLowerCase())
  const zone = typedZone && findZone(typedZone)
  if (!days || !zone || !isClock(from) || !(isClock(to) || to === '24:00') || from >= to) return undefined
  return { days, from, to, zone }
}

export const isClock = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

function readDays(text: string): number[] | undefined {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [first, last, more] = part.split('-').map((word) => DAYS.indexOf(word) + 1)
    if (!first || last === 0 || more !== undefined || (last !== undefined && last < first)) return undefined
    for (let day = first; day <= (last ?? first); day++) days.add(day)
  }
  return days.size > 0 ? [...days].sort() : undefined
}

/** As they are typed: what `site press list` prints. */
export const writeHours = ({ days, from, to, zone }: PressHours) =>
  `${days.map((day) => DAYS[day - 1]).join(',')} ${from}-${to} ${zone}`

/** Whether the days follow each other, so that the first and the last tell them all. */
export const isRow = (days: readonly number[]) => days.length > 2 && days.every((day, i) => i === 0 || day === days[i - 1]! + 1)
