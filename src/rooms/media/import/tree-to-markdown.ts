import type { Element, Root } from 'hast'
import rehypeRemark, { type Options } from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { isLangTag } from '#kernel/language/language.ts'
import { MARKDOWN_STYLE } from '#kernel/words/markdown-style.ts'
import { type Cleaning, cleanTree } from '#rooms/media/import/html-cleaning.ts'
import { NOTE_MARK, NOTE_TEXT } from '#rooms/media/import/html-notes.ts'

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>

const foreign: Handle = (state, node: Element) => {
  const lang = String(node.properties.lang ?? node.properties.xmlLang ?? '').toLowerCase()
  const children = state.all(node) as never[]
  if (!isLangTag(lang)) return { type: 'emphasis', children }
  return [{ type: 'html', value: `<i lang="${lang}">` }, ...children, { type: 'html', value: '</i>' }] as never
}
const mark: Handle = (_state, node: Element) => {
  const number = String(node.properties.number)
  return { type: 'footnoteReference', identifier: number, label: number }
}
const note: Handle = (state, node: Element) => {
  const number = String(node.properties.number)
  return { type: 'footnoteDefinition', identifier: number, label: number, children: state.toFlow(state.all(node)) } as never
}

const ENGINE = unified()
  .use(rehypeRemark, { handlers: { [NOTE_MARK]: mark, [NOTE_TEXT]: note, i: foreign, em: foreign } })
  .use(remarkGfm)
  .use(remarkStringify, MARKDOWN_STYLE)

/** A tree of HTML, cleaned, as the Markdown of the house. @throws RangeError where elements stand in each other some thousand deep */
export function treeToMarkdown(tree: Root, cleaning: Cleaning): string {
  cleanTree(tree, cleaning)
  return ENGINE.stringify(ENGINE.runSync(tree as never) as never)
}
