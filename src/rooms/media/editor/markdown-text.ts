import type { Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { type Processor, unified } from 'unified'
import { MARKDOWN_STYLE } from '#kernel/words/markdown-style.ts'

interface Extension { unsafe?: { character: string }[]; extensions?: Extension[] }

/** An address typed as words is a link to readers; escaped signs in it would be no help to whoever reads the Markdown. */
function withPlainAddresses(this: Processor) {
  const escapesAddresses = (one: Extension) => one.unsafe?.some(({ character }) => character === '@') ?? false
  const without = (list: Extension[]): Extension[] => list.filter((one) => !escapesAddresses(one)).map((one) => (one.extensions ? { ...one, extensions: without(one.extensions) } : one))
  const data = this.data() as { toMarkdownExtensions?: Extension[] }
  data.toMarkdownExtensions = without(data.toMarkdownExtensions ?? [])
}

const PARSER = unified().use(remarkParse).use(remarkGfm).freeze()
const PRINTER = unified().use(remarkGfm).use(withPlainAddresses).use(remarkStringify, MARKDOWN_STYLE).freeze()
const OTHER_MARKERS = unified().use(remarkGfm).use(withPlainAddresses).use(remarkStringify, { ...MARKDOWN_STYLE, bullet: '*', bulletOrdered: ')' }).freeze()

/** The very tree that readers' pages are made of. */
export const parseMarkdown = (markdown: string) => PARSER.parse(markdown) as Root

/** One block in the style of the house. @param isApart a list that must not join the one before it takes other marks */
export const printBlock = (block: RootContent, isApart = false): string =>
  (isApart ? OTHER_MARKERS : PRINTER).stringify({ type: 'root', children: [block] }).replace(/\n+$/, '')
