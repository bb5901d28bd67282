import type { Lang } from '#kernel/language/language.ts'
import { LONGEST_TITLE } from '#rooms/media/import/clean-text.ts'
import { languageOfText } from '#rooms/media/import/language-of-text.ts'
import { cutTail } from '#rooms/media/import/page-tail.ts'

/** A press page as its words stand, and what the reader of it had to choose. */
export interface PressPage {
  title: string
  teaser: string
  /** As printed, in order. */
  paragraphs: string[]
  /** The words under "when"; '' where the page names no date. */
  when: string
  /** The words under "region", as printed. */
  region: string
  /** The body in whose name it is said; '' where the page names none. */
  issuer: string
  lang: Lang
}

export type ReadPage = { read: true; page: PressPage; warnings: string[] } | { read: false; reason: string }

/** A site's own word for its press section, which stands above the title. */
const SECTIONS = [
  'media center', 'media centre', 'press', 'news', 'centro de medios', 'sala de prensa', 'prensa', 'noticias',
  'central de mídia', 'imprensa', 'notícias', 'espace médias', 'presse', 'actualités', 'sant medya', 'laprès', 'nouvèl',
]
/** Within how many lines of its beginning a page may name its site and section. */
const LONGEST_HEAD = 3
const LONGEST_PAGE = 200_000
/** A caption, a menu or a heading is short and does not end like a sentence. */
const LONGEST_LABEL = 90

// Control characters that no plain text has; U+FFFD stands where bytes were no UTF-8.
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/
const isRule = (line: string) => /^[-–—*_=•\s]+$/.test(line)
const isSentence = (line: string) => line.length > LONGEST_LABEL || /[.!?…:;,”"»)\]]$/.test(line)
const CUT = /\s*(\.\.\.|…)$/
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/**
 * Reads a plain-text press page: the site's name and section first, then title, a cut teaser, the text with captions
 * between its paragraphs, and at the end "when", "region" and the issuing body. Printed words are kept as they are;
 * the site's chrome, rules, the doubled teaser and captions are dropped. Each choice is told as a warning.
 */
export function readPressPage(text: string): ReadPage {
  if (text.length > LONGEST_PAGE) {
    return { read: false, reason: `it is longer than ${LONGEST_PAGE} characters, so it is not one press page` }
  }
  if (NOT_TEXT.test(text)) return { read: false, reason: 'it is not plain text in UTF-8' }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|[\n\f\v\u0085\u2028\u2029]/).map((line) => line.trim())
    .filter((line) => line !== '' && !isRule(line))
  if (lines.length === 0) return { read: false, reason: 'it is empty' }
  const { body, when, region, issuer, warnings } = cutTail(lines)
  const section = body.slice(0, LONGEST_HEAD).findIndex((line) => SECTIONS.some((name) => same(name, line)))
  const siteName = body.slice(0, Math.max(section, 0))
  const [title, ...rest] = body.slice(section + 1)
  if (title === undefined) return { read: false, reason: 'it has no title' }
  if (title.length > LONGEST_TITLE) return { read: false, reason: 'it begins with a paragraph where its title should be' }
  const { teaser, printed } = takeTeaser(rest)
  const paragraphs = dropCaptions(printed, siteName, warnings)
  if (paragraphs.length === 0 && teaser === undefined) return { read: false, reason: 'it has a title and no text' }
  if (teaser === undefined) warnings.push('no teaser was printed: the first paragraph stands for it')
  if (when === '') warnings.push('no date is printed under “when”: it is kept as not stated')
  const lang = languageOfText([title, teaser, ...paragraphs].join(' '))
  const page = { title, teaser: teaser ?? paragraphs[0] ?? '', paragraphs, when, region, issuer, lang }
  return { read: true, warnings, page }
}

/** A first line that ends in "..." is the teaser, cut by the site; the paragraph that goes on from it has the whole. */
function takeTeaser(lines: string[]): { teaser?: string; printed: string[] } {
  const [first, ...others] = lines
  if (first === undefined || !CUT.test(first)) return { printed: lines }
  const begun = first.replace(CUT, '')
  const whole = others.find((line) => line.length >= begun.length && line.startsWith(begun))
  return { teaser: whole ?? first, printed: others }
}

/**
 * The site's name between paragraphs, and a label that stands there twice, are captions of pictures. Any other short
 * line may be a heading or a signer: words of the text are not to be lost, so it stays.
 */
function dropCaptions(lines: string[], siteName: string[], warnings: string[]): string[] {
  const isCaption = (line: string) =>
    !isSentence(line) && (siteName.some((name) => same(name, line)) || lines.filter((other) => same(other, line)).length > 1)
  const list = (left: string[]) => [...new Set(left)].map((line) => `“${line}”`).join(', ')
  const dropped = lines.filter(isCaption)
  const kept = lines.filter((line) => !isCaption(line))
  const unsure = kept.filter((line) => !isSentence(line))
  if (dropped.length > 0) warnings.push(`left out as captions: ${list(dropped)}`)
  if (unsure.length > 0) warnings.push(`kept, though they may be captions: ${list(unsure)}`)
  return kept
}
