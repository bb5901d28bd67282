import type { Lang } from './language.ts'
import { intlLocale } from './locale.ts'
import calendar from '../../../messages/ht/calendar.json' with { type: 'json' }

/** The no-break space, narrow, that stands between groups of three digits. */
const THIN = '\u202f'

const formats = new Map<string, Intl.NumberFormat>()

/**
 * A number in the reader's form, to at most `digits` decimals (0: public pages round). An Argentine reads 12,408 as
 * twelve, a Mexican 12.408: so Spanish groups from five digits with a thin space, as the academies and ISO write it.
 */
export function formatNumber(n: number | bigint, lang: Lang, digits = 0): string {
  const key = `${lang} ${digits}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.NumberFormat(numberLocale(lang), { maximumFractionDigits: digits })))
  if (lang !== 'es') return format.format(n)
  return format.formatToParts(n).map((part) => (part.type === 'group' ? THIN : part.value)).join('')
}

/** How heavy a file is, as one reads before a tap: 212 kB · 3.4 MB; in French octets. */
export function formatSize(bytes: number, lang: Lang): string {
  const isLarge = bytes >= 999_500
  const unit = isLarge ? 'megabyte' : 'kilobyte'
  const key = `${lang} ${unit}`
  let format = formats.get(key)
  if (!format) {
    formats.set(key, (format = new Intl.NumberFormat(numberLocale(lang), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: isLarge ? 1 : 0 })))
  }
  return format.format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1000))
}

/** Plain `es` groups from five digits and has a decimal comma; ht writes its numbers as French does. */
function numberLocale(lang: Lang): string {
  if (lang === 'es') return 'es'
  return intlLocale(lang) ?? (lang === 'ht' ? 'fr' : 'en-001')
}

const collators = new Map<string, Intl.Collator>()

/** Sorts names for readers; ht, which `Intl` lacks, as French. */
export function collator(lang: Lang): Intl.Collator {
  let known = collators.get(lang)
  if (!known) collators.set(lang, (known = new Intl.Collator(intlLocale(lang) ?? (lang === 'ht' ? 'fr' : 'en-001'))))
  return known
}

const lists = new Map<string, Intl.ListFormat>()

/** “A, B and C”, each language in its own way (Spanish says e before i). */
export function listOf(items: readonly string[], lang: Lang): string {
  if (lang === 'ht') return joinedBy(calendar.and, items)
  let format = lists.get(lang)
  if (!format) lists.set(lang, (format = new Intl.ListFormat(intlLocale(lang) ?? 'en-001', { type: 'conjunction' })))
  return format.format(items)
}

const joinedBy = (and: string, items: readonly string[]) =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`
