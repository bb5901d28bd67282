import type { Lang } from '#kernel/language/language.ts'
import { languageOfText } from '#rooms/media/import/language-of-text.ts'

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

const LABELS: Record<'when' | 'region', string[]> = {
  when: ['when', 'cuándo', 'cuando', 'quando', 'quand', 'kilè'],
  region: ['region', 'región', 'região', 'région', 'rejyon'],
}
const SECTIONS = ['media center', 'centro de medios', 'central de mídia', 'espace médias', 'sant medya', 'press', 'prensa', 'news']
const LONGEST = 200_000
/** A paragraph of a text ends like a sentence, or is long; what is shorter is a caption, a menu or a label. */
const isSentence = (line: string) => line.length > 90 || /[.!?…:;”"»)]$/.test(line)
const isRule = (line: string) => /^[-–—*_=•\s]+$/.test(line)
const isLabel = (line: string, which: 'when' | 'region') => LABELS[which].includes(line.toLowerCase().replace(/\s*:$/, ''))
const isCutTeaser = (line: string) => /(\.\.\.|…)$/.test(line)

/**
 * Reads a plain-text press page: the site's name and section first, then title, a cut teaser, the text, pictures'
 * captions between its paragraphs, and at the end "when", "region" and the issuing body. Printed words are kept as they
 * are; chrome, rules, the doubled teaser and captions are dropped; each choice is told as a warning.
 */
export function readPressPage(text: string): ReadPage {
  if (text.length > LONGEST) return { read: false, reason: `it is longer than ${LONGEST} characters, so it is not one press page` }
  if (text.includes('\u0000') || text.includes('\ufffd')) return { read: false, reason: 'it is not plain text in UTF-8' }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/).map((line) => line.trim()).filter((line) => line !== '' && !isRule(line))
  if (lines.length === 0) return { read: false, reason: 'it is empty' }
  const { body, when, region, issuer } = cutTail(lines)
  const section = body.findIndex((line) => SECTIONS.includes(line.toLowerCase()))
  const siteName = section > 0 ? body.slice(0, section).map((line) => line.toLowerCase()) : []
  const [title, ...rest] = body.slice(section + 1)
  if (!title) return { read: false, reason: 'it has no title' }
  const warnings: string[] = []
  const isChrome = (line: string) => siteName.includes(line.toLowerCase())
  const kept = rest.filter((line) => !isChrome(line))
  const cut = kept.find(isCutTeaser)
  const full = cut && kept.find((line) => line !== cut && line.startsWith(cut.replace(/(\.\.\.|…)$/, '').trim().slice(0, 200)))
  const sentences = kept.filter((line) => line !== cut || !full)
  const captions = sentences.filter((line) => !isSentence(line))
  const paragraphs = sentences.filter(isSentence)
  if (paragraphs.length === 0) return { read: false, reason: 'it has a title and no text' }
  const dropped = [...new Set(captions)]
  if (dropped.length > 0) warnings.push(`left out as captions or labels: ${dropped.map((c) => `“${c}”`).join(', ')}`)
  const teaser = full ?? cut ?? paragraphs[0] ?? ''
  if (!cut) warnings.push('no teaser was printed; the first paragraph stands for it')
  if (when === '') warnings.push('no date is printed under “when”: it is kept as not stated')
  const lang = languageOfText([title, ...paragraphs].join(' '))
  return { read: true, warnings, page: { title, teaser, paragraphs, when, region, issuer, lang } }
}

/** The last "region" label ends the text; "when" stands before it, the issuing body after the region's words. */
function cutTail(lines: string[]) {
  const regionAt = lines.findLastIndex((line) => isLabel(line, 'region'))
  const whenAt = lines.findLastIndex((line, i) => isLabel(line, 'when') && (regionAt < 0 || i < regionAt))
  const start = Math.min(...[regionAt, whenAt].filter((at) => at >= 0), lines.length)
  const between = whenAt >= 0 ? lines.slice(whenAt + 1, regionAt >= 0 ? regionAt : whenAt + 2) : []
  const after = regionAt >= 0 ? lines.slice(regionAt + 1) : []
  return { body: lines.slice(0, start), when: between.join(' '), region: after[0] ?? '', issuer: after[1] ?? '' }
}
