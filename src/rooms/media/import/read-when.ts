import { parseWhen, writeWhen } from '#kernel/when/when.ts'

/** Each month in en, es, pt, fr and ht. */
const MONTHS = [
  'january enero janeiro janvier janvye', 'february febrero fevereiro février fevriye', 'march marzo março mars mas',
  'april abril avril', 'may mayo maio mai me', 'june junio junho juin jen', 'july julio julho juillet jiyè',
  'august agosto août out', 'september septiembre setiembre setembro septembre septanm',
  'october octubre outubro octobre oktòb', 'november noviembre novembro novembre novanm',
  'december diciembre dezembro décembre desanm',
].map((names) => names.split(' '))

const DAY_FIRST = /^(?:(?<day>\d{1,2})(?:º|o|er|st|nd|rd|th)? )?(?<month>[\p{L}]+) (?<year>\d{4})$/u
const MONTH_FIRST = /^(?<month>[\p{L}]+) (?<day>\d{1,2})(?:st|nd|rd|th)? (?<year>\d{4})$/u

/**
 * A printed date in its stored form, with the precision that was printed. `7/5/2022` is read by nobody: it is May in one
 * place and July in another. Undefined when it cannot be told.
 */
export function readWhen(printed: string): string | undefined {
  const stored = parseWhen(printed.trim())
  if (stored) return writeWhen(stored)
  const words = printed.toLowerCase().replace(/[.,]/g, ' ').split(/\s+/)
  const text = words.filter((word) => word !== '' && !['de', 'del', 'of', 'mwa', 'the', 'el', 'le', 'premye'].includes(word)).join(' ')
  const { day, month = '', year } = (DAY_FIRST.exec(text) ?? MONTH_FIRST.exec(text))?.groups ?? {}
  const number = MONTHS.findIndex((names) => names.includes(month)) + 1
  if (number === 0 || (day === undefined && words.includes('premye'))) return undefined
  const value = `${year}-${String(number).padStart(2, '0')}${day ? `-${day.padStart(2, '0')}` : ''}`
  return parseWhen(value) ? value : undefined
}
