import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { asMarkdown } from '#rooms/media/import/as-markdown.ts'
import { addOnce, cleanText, oneLine } from '#rooms/media/import/clean-text.ts'
import type { Cleaning } from '#rooms/media/import/html-cleaning.ts'
import type { IncomingFile } from '#rooms/media/import/incoming.ts'
import { treeToMarkdown } from '#rooms/media/import/tree-to-markdown.ts'

export interface ConvertedHtml {
  markdown: string
  /** Pictures that the text shows and files that it links, by the address that the Markdown names. */
  files: IncomingFile[]
  /** What could not be carried over, one sentence each. */
  leftOut: string[]
}

/** What one text may be long, in characters of HTML. */
export const LONGEST_HTML = 4_000_000

/**
 * HTML of a site, a feed or a word processor as the Markdown of the house. Words come out as words; scripts, forms and
 * embeds stay out and are named. `base` is the address that relative ones are relative to.
 */
export function htmlToMarkdown(html: string, base?: string): ConvertedHtml {
  const cleaning: Cleaning = { base, files: [], leftOut: [] }
  if (html.length > LONGEST_HTML) {
    return { markdown: '', files: [], leftOut: [`its text is longer than ${LONGEST_HTML} characters and was left out`] }
  }
  if (!html.isWellFormed()) cleaning.leftOut.push('broken characters were replaced by �')
  const markdown = convert(html.toWellFormed(), cleaning)
  return { markdown: markdown.trim(), files: cleaning.files, leftOut: cleaning.leftOut }
}

function convert(html: string, cleaning: Cleaning): string {
  try {
    const tree = fromHtml(html, { fragment: true }) as Root
    return treeToMarkdown(tree, cleaning)
  } catch (error) {
    // Elements nested some thousand deep exhaust the stack of the parser: nobody writes that, and it must not end the import.
    if (!(error instanceof RangeError)) throw error
    cleaning.files.length = 0
    addOnce(cleaning.leftOut, 'its HTML is nested too deep to be read: only its words were kept')
    return asMarkdown(cleanText(html.replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>?/gi, ' ')).text.replace(/\s+/g, ' ').trim())
  }
}

/** The words of a title or a teaser that a site keeps as HTML, in one line. */
export function wordsOfHtml(html: string): string {
  if (!/[<&]/.test(html)) return oneLine(html)
  try {
    return oneLine(toText(fromHtml(html.slice(0, LONGEST_HTML), { fragment: true }) as Root))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return oneLine(html.replace(/<[^>]*>?/g, ' '))
  }
}

function toText(node: Root | Element): string {
  return node.children.map((child) => {
    if (child.type === 'text') return child.value
    if (child.type !== 'element' || /^(script|style|template)$/.test(child.tagName)) return ''
    const words = toText(child)
    return /^(p|div|li|br|h[1-6])$/.test(child.tagName) ? `${words} ` : words
  }).join('')
}
