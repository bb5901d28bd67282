import type { Nodes, Root } from 'mdast'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { refuseNested } from '#kernel/words/nesting.ts'
import { addOnce, cleanText } from '#rooms/media/import/clean-text.ts'
import { isFileAddress } from '#rooms/media/import/html-address.ts'
import { addFile } from '#rooms/media/import/html-cleaning.ts'
import { type ConvertedHtml, htmlToMarkdown } from '#rooms/media/import/html-to-markdown.ts'
import type { IncomingFile } from '#rooms/media/import/incoming.ts'

const PARSER = unified().use(remarkParse).use(remarkGfm)
const TO_HTML = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeStringify, { allowDangerousHtml: true })

/** Markdown of elsewhere as HTML, with the HTML that stands in it. @throws TooNested */
export function markdownAsHtml(markdown: string): string {
  refuseNested(markdown)
  return String(TO_HTML.processSync(markdown.toWellFormed()))
}

/**
 * Markdown of elsewhere as it may be kept: as it stands where it holds no HTML, else with that HTML turned into Markdown.
 * @throws TooNested
 */
export function keptMarkdown(body: string, base?: string): ConvertedHtml {
  const { text, leftOut } = cleanText(templates(body))
  addOnce(leftOut, ...namesOfTemplates(body))
  refuseNested(text)
  const tree = PARSER.parse(text) as Root
  const files: IncomingFile[] = []
  const hasHtml = look(tree, files)
  if (!hasHtml) return { markdown: text.trim(), files, leftOut }
  const converted = htmlToMarkdown(markdownAsHtml(text), base)
  return { ...converted, leftOut: [...leftOut, ...converted.leftOut] }
}

/** What a text shows; whether it holds HTML beyond words of another language, which the house keeps. */
function look(node: Nodes, files: IncomingFile[]): boolean {
  if (node.type === 'image') addFile(files, node.url, node.alt ?? '')
  if ((node.type === 'link' || node.type === 'definition') && isFileAddress(node.url)) addFile(files, node.url, '')
  if (node.type === 'html') return !/^<(i|span) lang="[a-z-]+">$|^<\/(i|span)>$/i.test(node.value.trim())
  return 'children' in node && node.children.map((child) => look(child, files)).includes(true)
}

const TEMPLATE = /\{\{[<%]\s*(\/?[\w-]+)([\s\S]*?)[%>]\}\}|\{%-?\s*(\w+)([\s\S]*?)-?%\}/g

/** Shortcodes of Hugo and tags of Jekyll and Hexo. A video of YouTube becomes its link; the words between tags stay. */
const templates = (body: string) => body.replace(TEMPLATE, (_, hugo: string | undefined, given: string | undefined, liquid: string | undefined, more: string | undefined) => {
  const video = /[\w-]{11}/.exec((given ?? more ?? '').replace(/\bid=/, ''))?.[0]
  return /^youtube$/i.test(hugo ?? liquid ?? '') && video ? `<https://www.youtube.com/watch?v=${video}>` : ''
})

const namesOfTemplates = (body: string) => [...body.matchAll(TEMPLATE)]
  .map(([, hugo, , liquid]) => (hugo ?? liquid ?? '').replace('/', ''))
  .filter((name) => !/^(youtube|raw|endraw|comment|endcomment)$/i.test(name))
  .map((name) => `the template tag “${name}” was left out; words between its ends stay`)
