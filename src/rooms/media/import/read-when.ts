import { parseWhen, writeWhen } from '#kernel/when/when.ts'

const MONTHS: string[][] = [
  ['january', 'enero', 'janeiro', 'janvier', 'janvye'], ['february', 'febrero', 'fevereiro', 'février', 'fevriye'],
  ['march', 'marzo', 'março', 'mars', 'mas'], ['april', 'abril', 'avril'], ['may', 'mayo', 'maio', 'mai', 'me'], ['june', 'junio', 'junho', 'juin', 'jen'],
  ['july', 'julio', 'julho', 'juillet', 'jiyè'], ['august', 'agosto', 'août', 'out'], ['september', 'septiembre', 'setembro', 'septembre', 'septanm'],
  ['october', 'octubre', 'outubro', 'octobre', 'oktòb'], ['november', 'noviembre', 'novembro', 'novembre', 'novanm'], ['december', 'diciembre', 'dezembro', 'décembre', 'desanm'],
]

/**
 * A printed date in its stored form, with the precision that was printed. `7/5/2022` is read by nobody: it is May in one
 * place and July in another. Undefined when it cannot be told.
 */
export function readWhen(printed: string): string | undefined {
  const text = printed.trim().toLowerCase().replace(/[.,]|\bde\b|\bdel\b|\bmwa\b|\bthe\b/g, ' ').replace(/\s+/g, ' ').trim()
  const stored = parseWhen(text)
  if (stored) return writeWhen(stored)
  const monthOf = (word: string) => MONTHS.findIndex((names) => names.includes(word)) + 1
  const [, day, month, year] = /^(?:(\d{1,2})(?:º|er|st|nd|rd|th)? )?([\p{L}]+) (\d{4})$/u.exec(text) ?? /^$/.exec('never') ?? []
  const [, month2, day2, year2] = /^([\p{L}]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/u.exec(text) ?? []
  const n = monthOf(month ?? month2 ?? '')
  if (!n) return undefined
  const d = day ?? day2
  const value = `${year ?? year2}-${String(n).padStart(2, '0')}${d ? `-${d.padStart(2, '0')}` : ''}`
  return parseWhen(value) ? value : undefined
}
