import { graphemesOf } from '#kernel/language/graphemes.ts'

/** Longer, WhatsApp folds a message and hides its link. */
export const WHATSAPP_MOST = 700
/** The shortest of the networks that are used: what fits there fits everywhere. Counted in UTF-16, which no network counts longer for the letters of our languages. */
export const SHORT_MOST = 280
const MOST_POINTS = 5

/** What readers see of a text, to be passed on. */
export interface Told {
  title: string
  teaser: string
  /** The first list of the text, point by point. */
  points: readonly string[]
  /** Whole, with the name of the site. */
  address: string
}

/** Title in bold, teaser, the first points if they fit, the address: at most 700 characters, unless the address alone is longer. */
export function whatsAppText({ title, teaser, points, address }: Told): string {
  const link = shortest(address, WHATSAPP_MOST)
  const lines: string[] = []
  let left = WHATSAPP_MOST - link.length
  const put = (line: string) => {
    lines.push(line)
    left -= line.length
  }
  const bold = cutText(withoutSigns(oneLine(title)), left - '**\n\n'.length)
  if (bold) put(`*${bold}*\n\n`)
  const whole = withoutSigns(oneLine(teaser))
  const said = cutText(whole, left - '\n\n'.length)
  if (said) put(`${said}\n\n`)
  if (said === whole) {
    const fitting: string[] = []
    for (const point of points.slice(0, MOST_POINTS).map((one) => `• ${withoutSigns(oneLine(one))}\n`)) {
      if ([...fitting, point].join('').length + 1 > left) break
      fitting.push(point)
    }
    if (fitting.length > 0) put(`${fitting.join('')}\n`)
  }
  return lines.join('') + link
}

/** Title, as much of the teaser as makes whole sentences, the address: at most 280 characters, unless the address alone is longer. */
export function shortText({ title, teaser, address }: Omit<Told, 'points'>): string {
  const link = shortest(address, SHORT_MOST)
  const left = SHORT_MOST - link.length - 1
  const name = cutText(oneLine(title), left)
  if (!name) return link
  const lead = /[.!?…:]$/u.test(name) ? `${name} ` : `${name}. `
  const said = name === oneLine(title) ? cutAtSentence(oneLine(teaser), left - lead.length) : ''
  return `${said ? lead + said : name} ${link}`
}

/** An address in another script is three to nine times as long when it is written for machines. It is never cut. */
function shortest(address: string, most: number): string {
  if (address.length <= most) return address
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu
/** French keeps its no-break spaces; a line break in a title would end WhatsApp's bold. */
const oneLine = (text: string) => text.toWellFormed().replace(/[^\S\u00a0\u202f]+/gu, ' ').replace(UNSEEN, '').replace(/ {2,}/g, ' ').trim()

const LINK = /(?:https?:\/\/|www\.|[\p{L}\d-]+\.\p{L}{2,}\/)\S*/giu
const SIGNS: Record<string, string> = { '*': '∗', '_': 'ˍ', '~': '∼', '`': 'ˋ' }

/**
 * WhatsApp reads *bold*, _italic_, ~struck~ and `code` wherever they stand: a title's own signs become letters that look alike.
 * In a link they are written as a link may write them, so that it leads where it led.
 */
function withoutSigns(text: string): string {
  const inWords = (words: string) => words.replace(/[*_~`]/g, (sign) => SIGNS[sign]!)
  const inLink = (link: string) => link.replace(/[*_~`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  let done = '', at = 0
  for (const { 0: link, index } of text.matchAll(LINK)) {
    done += inWords(text.slice(at, index)) + inLink(link)
    at = index + link.length
  }
  return done + inWords(text.slice(at))
}

/** The text, or as much of it as fits: to the end of a sentence where that is most of it, else of a word; never inside a sign or a link. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const sentence = cutAtSentence(text, most)
  if (sentence.length > most / 2) return sentence
  const { signs, fitting } = beginningOf(text, most - 1)
  const space = signs.slice(0, fitting + 1).findLastIndex((sign) => sign === ' ')
  if (space > 0) return `${withoutComma(signs.slice(0, space))}…`
  const [word = ''] = text.split(' ', 1)
  return fitting === 0 || word.search(LINK) !== -1 ? '' : `${withoutComma(signs.slice(0, fitting))}…`
}

function cutAtSentence(text: string, most: number): string {
  if (text.length <= most) return text
  const { signs, fitting } = beginningOf(text, most)
  for (let end = fitting; end > 0; end--) {
    // A short word with a point is more often an abbreviation (EE. UU., art.) than an end.
    if (signs[end] === ' ' && /[^\s.]{4,}[.!?…؟。]+["'»”’)]*$/u.test(signs.slice(0, end).join(''))) return signs.slice(0, end).join('')
  }
  return ''
}

/** The signs of a text, and how many of them weigh at most so much. */
function beginningOf(text: string, most: number): { signs: string[]; fitting: number } {
  const signs = graphemesOf(text.slice(0, Math.max(0, most) + 64))
  let fitting = 0
  for (let weight = 0; fitting < signs.length && weight + signs[fitting]!.length <= most; fitting++) weight += signs[fitting]!.length
  return { signs, fitting }
}

function withoutComma(signs: string[]): string {
  const last = signs.findLastIndex((sign) => !/^[\s,;:–—-]$/u.test(sign))
  return signs.slice(0, last + 1).join('')
}
