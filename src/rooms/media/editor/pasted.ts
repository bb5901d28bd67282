// What is pasted, as Markdown. HTML is parsed by parse5 into a tree of plain objects: no browser reads it, nothing in it can run.
import type { Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { asMarkdown } from '#rooms/media/import/as-markdown.ts'
import { cleanText } from '#rooms/media/import/clean-text.ts'
import { treeToMarkdown } from '#rooms/media/import/tree-to-markdown.ts'
import { noteNumbers, plainTree } from '#rooms/media/editor/pasted-tree.ts'

/** In characters: Word's own styles are most of it. A longer one comes as its words alone. */
export const LONGEST_PASTED = 1_500_000

/** Elements that say more than that words stand in them. */
const SAYS = /<(p|div|h[1-6]|li|table|blockquote|br|a|b|strong|i|em|pre)[\s>/]/i

/**
 * @param html what a program put on the clipboard beside @param text, '' where it put none
 * @param taken names of the footnotes that the text has already
 */
export function pastedMarkdown(html: string, text: string, taken: readonly string[] = []): string {
  if (html.length > LONGEST_PASTED || !SAYS.test(html)) return textAsMarkdown(text)
  try {
    const tree = fromHtml(html.toWellFormed(), { fragment: true }) as Root
    noteNumbers(tree)
    plainTree(tree)
    const markdown = treeToMarkdown(tree, { base: undefined, files: [], leftOut: [] }).trim()
    return markdown === '' ? textAsMarkdown(text) : renamed(markdown, taken)
  } catch (error) {
    // Elements nested some thousand deep: nobody writes that.
    if (!(error instanceof RangeError)) throw error
    return textAsMarkdown(text)
  }
}

/** Words are words, each line a paragraph: so telephones write, and nobody there thinks of Markdown. */
export const textAsMarkdown = (text: string): string =>
  cleanText(text.replace(/\r\n?/g, '\n')).text.split('\n').map((line) => wordsOfLine(line.trim())).filter(Boolean).join('\n\n')

/** An address stays one that leads somewhere. */
const wordsOfLine = (line: string) => line.split(/(https?:\/\/[^\s<>"“”«»]+)/).map((part, n) => (n % 2 === 1 ? part : asMarkdown(part))).join('')

/** Footnotes that come in take the next free numbers. */
export function renamed(markdown: string, taken: readonly string[]): string {
  const names = new Map<string, string>()
  let last = Math.max(0, ...taken.map(Number).filter(Number.isInteger))
  return markdown.replace(/(?<!\\)\[\^([^\]\s]+)\]/g, (_, name: string) => {
    if (!names.has(name)) names.set(name, taken.length === 0 ? name : String(++last))
    return `[^${names.get(name)}]`
  })
}
