import type { Element, ElementContent, Root } from 'hast'
import { toString } from 'hast-util-to-string'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import type { Lang } from '#kernel/language/language.ts'
import { uiLangOf } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { dressBlocks } from '#kernel/words/blocks.ts'
import { foreignWords } from '#kernel/words/foreign-words.ts'
import type { RenderedWords } from '#kernel/words/markdown.ts'

const { img: _img, ...attributes } = defaultSchema.attributes ?? {}
/** Sanitised with no prefix before ids: with one, every footnote's link is dead. Pictures come by their own door. */
const SCHEMA = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => !['img', 'input', 'picture', 'source'].includes(name)).concat('i', 'span'),
  attributes: { ...attributes, i: ['lang'], span: ['lang'] },
}

const isElement = (node: { type: string }): node is Element => node.type === 'element'
const text = (value: string): ElementContent => ({ type: 'text', value })

export function render(markdown: string, lang: Lang): RenderedWords {
  const spoken = { locale: uiLangOf(lang) }
  const engine = unified().use(remarkParse).use(remarkGfm).use(foreignWords)
    .use(remarkRehype, { clobberPrefix: '', footnoteBackContent: '↩', footnoteBackLabel: () => m.item_note_back({}, spoken) })
    .use(rehypeSanitize, SCHEMA)
  const tree = engine.runSync(engine.parse(markdown)) as Root
  const notes = takeNotes(tree)
  const contents = numberHeadings(tree)
  dressBlocks(tree, (host) => m.item_video_ask({ host }, spoken), (n) => m.item_table({ n }, spoken))
  numberParagraphs(tree, (n) => m.item_paragraph({ n }, spoken))
  nameNoteMarks(tree, (n) => m.item_note_n({ n }, spoken))
  const printer = unified().use(rehypeStringify)
  return {
    html: printer.stringify(tree as never).trim(),
    notes: notes ? printer.stringify({ type: 'root', children: [notes] } as never) : '',
    contents,
  }
}

/** Takes the footnotes out of the text: the page puts them at its end, under a heading of its own. */
function takeNotes(tree: Root): Element | undefined {
  const at = tree.children.findIndex((node) => isElement(node) && node.tagName === 'section')
  if (at < 0) return undefined
  const [section] = tree.children.splice(at, 1) as [Element]
  const list = section.children.filter(isElement).find((node) => node.tagName === 'ol')
  if (!list) return undefined
  for (const item of list.children.filter(isElement)) {
    const inner = item.children.filter(isElement).flatMap((p) => (p.tagName === 'p' ? [...p.children, text(' ')] : [p]))
    item.properties = { id: item.properties.id }
    item.children = [{ type: 'element', tagName: 'span', properties: {}, children: inner }]
  }
  list.properties = { className: ['notes'] }
  return list
}

function numberHeadings(tree: Root): { id: string; text: string }[] {
  const contents: { id: string; text: string }[] = []
  for (const node of tree.children.filter(isElement)) {
    const level = /^h([1-6])$/.exec(node.tagName)?.[1]
    if (!level) continue
    if (level === '1') node.tagName = 'h2' // the page's own title is the only first heading
    if (node.tagName !== 'h2') continue
    const id = `s${contents.length + 1}`
    node.properties = { id }
    contents.push({ id, text: toString(node) })
  }
  return contents
}

function numberParagraphs(tree: Root, label: (n: string) => string) {
  let n = 0
  for (const node of tree.children.filter(isElement)) {
    if (node.tagName !== 'p') continue
    const id = `p${++n}`
    node.properties = { id }
    node.children.push(text(' '), {
      type: 'element', tagName: 'a', properties: { className: ['pn'], href: `#${id}`, ariaLabel: label(String(n)) }, children: [text(String(n))],
    })
  }
}

function nameNoteMarks(node: Root | Element, label: (n: string) => string) {
  for (const child of node.children) {
    if (!isElement(child)) continue
    if (child.tagName === 'a' && 'dataFootnoteRef' in child.properties) {
      child.properties = { href: child.properties.href, id: child.properties.id, ariaLabel: label(toString(child)) }
    }
    nameNoteMarks(child, label)
  }
}
