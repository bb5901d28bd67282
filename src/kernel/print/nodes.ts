import type { Element, ElementContent, Root, RootContent, Text } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toString } from 'hast-util-to-string'
import type { PrintedWords } from '#kernel/print/job.ts'
import { webAddress } from '#kernel/site/web-address.ts'

/** What `md` in templates/house.typ draws: named node types, text as strings. */
export interface PrintNode { type: string; children?: PrintNode[]; [detail: string]: unknown }

type HastNode = RootContent | ElementContent
interface Reading { address: string; notes: Map<string, Element>; placed: Map<string, string>; open: Set<string>; level: number }

/** Deeper than this a text goes on without its form: Typst's own depth would end the document. */
const DEEPEST = 14
const SAME: Record<string, string> = { strong: 'strong', b: 'strong', em: 'emphasis', i: 'emphasis', del: 'delete', s: 'delete', sup: 'raised', sub: 'lowered' }

/**
 * A text as kernel/words renders it (sanitised HTML, paragraphs numbered) as nodes to print: what a reader sees is what
 * is printed, with its footnotes where they are called. Links other than http, https and mailto become plain words.
 */
export function nodesOf({ html, notes, address }: PrintedWords): PrintNode[] {
  const found = new Map<string, Element>()
  for (const item of elementsIn(fromHtml(notes, { fragment: true }), 'li')) found.set(String(item.properties.id), item)
  const reading = { address, notes: found, placed: new Map(), open: new Set<string>(), level: 0 }
  return blocks(fromHtml(html, { fragment: true }).children, reading, 0)
}

/** Every address that a text leads to, once, with the words that lead there: on paper nobody can follow a link. */
export function linksIn(nodes: PrintNode[]): { text: string; show: string }[] {
  const found = new Map<string, string>()
  const look = (node: PrintNode) => {
    const url = node.type === 'link' ? String(node.url) : undefined
    const text = url && plain(node)
    if (url && text && !found.has(url) && text !== url && `mailto:${text}` !== url) found.set(url, text)
    for (const key of ['children', 'by', 'caption']) for (const child of (node[key] ?? []) as PrintNode[]) look(child)
  }
  nodes.forEach(look)
  return [...found].map(([show, text]) => ({ text, show: show.replace(/^mailto:/, '') }))
}

const plain = (node: PrintNode): string => node.type === 'text' ? String(node.value).replaceAll(BREAK, '') : (node.children ?? []).map(plain).join('')
const isNote = (node: PrintNode) => node.type === 'footnote' || node.type === 'footnoteAgain'
const text = (value: string): PrintNode => ({ type: 'text', value: breakable(value) })

const BREAK = '\u200b'

/** A word wider than the measure would run off the paper: such a one may break, without a sign, at every so many letters. */
const breakable = (value: string) =>
  value.replace(/[\p{L}\p{M}\p{N}_]{30}(?=[\p{L}\p{M}\p{N}_]{10})|[^\s\p{L}\p{M}\p{N}]{60}/gu, `$&${BREAK}`)
const isElement = (node: HastNode, ...names: string[]): node is Element => node.type === 'element' && (names.length === 0 || names.includes(node.tagName))
const INLINE = new Set(['a', 'strong', 'b', 'em', 'i', 'del', 's', 'sup', 'sub', 'code', 'br', 'span', 'img', 'cite', 'abbr', 'q', 'small', 'time', 'mark'])
const isInline = (node: HastNode) => node.type === 'text' || (isElement(node) && INLINE.has(node.tagName))

function elementsIn(parent: Root | Element, name: string): Element[] {
  return (parent.children as HastNode[]).filter((node) => isElement(node)).flatMap((one) => (one.tagName === name ? [one] : elementsIn(one, name)))
}

/** Words that stand between blocks make a paragraph of their own. */
function blocks(children: readonly HastNode[], reading: Reading, depth: number): PrintNode[] {
  const made: PrintNode[] = []
  let run: HastNode[] = []
  const close = () => {
    const words = trimmed(inline(run, reading, depth))
    if (words.length > 0) made.push({ type: 'paragraph', children: words })
    run = []
  }
  for (const child of children) {
    if (isInline(child)) run.push(child)
    else if (isElement(child)) {
      close()
      made.push(...block(child, reading, depth + 1))
    }
  }
  close()
  return withNotesOfHeadings(made)
}

/** A note called in a heading would be printed again in the table of contents: the paragraph below calls it. */
function withNotesOfHeadings(made: PrintNode[]): PrintNode[] {
  let held: PrintNode[] = []
  const done = made.flatMap((node) => {
    if (isNote(node)) {
      held.push(node)
      return []
    }
    if (node.type !== 'paragraph' || held.length === 0) return [node]
    const children = [...held, ...node.children!]
    held = []
    return [{ ...node, children }]
  })
  return held.length > 0 ? [...done, { type: 'paragraph', number: '', children: held }] : done
}

function block(node: Element, reading: Reading, depth: number): PrintNode[] {
  if (depth > DEEPEST) return wordsAlone(node)
  const level = Number(/^h([1-6])$/.exec(node.tagName)?.[1] ?? 0)
  if (level > 0) return heading(node, level, reading, depth)
  switch (node.tagName) {
    case 'p': return paragraph(node, reading, depth)
    case 'ul': case 'ol': return list(node, reading, depth)
    case 'blockquote': return quotation(node, [], reading, depth)
    case 'pre': return [{ type: 'code', value: toString(node).replace(/\n$/, '') }]
    case 'hr': return [{ type: 'thematicBreak' }]
    case 'table': return table(node, elementsIn(node, 'caption')[0], reading, depth)
    case 'figure': return figure(node, reading, depth)
    case 'script': case 'style': case 'template': return []
    default: return blocks(node.children, reading, depth)
  }
}

function paragraph(node: Element, reading: Reading, depth: number): PrintNode[] {
  const number = node.children.find((child) => isElement(child, 'a') && isNumber(child))
  const children = trimmed(inline(node.children, reading, depth))
  return children.length > 0 ? [{ type: 'paragraph', number: number ? toString(number) : '', children }] : []
}

/** Levels begin at 1 and leave none out, or the PDF's outline would be refused. */
function heading(node: Element, level: number, reading: Reading, depth: number): PrintNode[] {
  const all = trimmed(inline(node.children, reading, depth))
  const [notes, words] = [all.filter(isNote), all.filter((one) => !isNote(one))]
  if (words.length === 0) return notes
  reading.level = Math.min(Math.max(level - 1, 1), reading.level + 1)
  return [{ type: 'heading', depth: reading.level, children: words }, ...notes]
}

function list(node: Element, reading: Reading, depth: number): PrintNode[] {
  const items = node.children.filter((child): child is Element => isElement(child, 'li'))
  if (items.length === 0) return []
  const isTight = !items.some((item) => item.children.some((child) => isElement(child, 'p')))
  return [{
    type: 'list', ordered: node.tagName === 'ol', start: Number(node.properties.start ?? 1), tight: isTight,
    children: items.map((item) => ({ type: 'item', children: blocks(item.children, reading, depth) })),
  }]
}

function quotation(node: Element, by: PrintNode[], reading: Reading, depth: number): PrintNode[] {
  const footer = node.children.find((child): child is Element => isElement(child, 'footer'))
  const said = footer ? trimmed(inline(footer.children, reading, depth)) : by
  const children = blocks(node.children.filter((child) => child !== footer), reading, depth)
  return children.length > 0 ? [{ type: 'blockquote', by: said, children }] : []
}

function table(node: Element, caption: Element | undefined, reading: Reading, depth: number): PrintNode[] {
  const rows = elementsIn(node, 'tr').map((row) => row.children.filter((cell): cell is Element => isElement(cell, 'th', 'td')))
  const columns = Math.max(0, ...rows.map((row) => row.length))
  if (columns === 0) return []
  const cellOf = (cell: Element | undefined) => ({ type: 'cell', children: cell ? trimmed(inline(cell.children, reading, depth)) : [] })
  const alignOf = (cell: Element | undefined) => String(cell?.properties.align ?? '')
  return [{
    type: 'table', caption: caption ? trimmed(inline(caption.children, reading, depth)) : [],
    align: Array.from({ length: columns }, (_, i) => alignOf(rows[0]?.[i])),
    children: rows.map((row) => ({ type: 'row', children: Array.from({ length: columns }, (_, i) => cellOf(row[i])) })),
  }]
}

/** NOTE: pictures are not printed yet: their alternative text and their caption are. */
function figure(node: Element, reading: Reading, depth: number): PrintNode[] {
  const caption = node.children.find((child): child is Element => isElement(child, 'figcaption'))
  const held = node.children.filter((child) => child !== caption)
  const inner = held.find((child): child is Element => isElement(child, 'table', 'blockquote'))
  if (inner?.tagName === 'table') return table(inner, caption, reading, depth)
  const below = caption ? trimmed(inline(caption.children, reading, depth)) : []
  if (inner) return quotation(inner, below, reading, depth)
  return [...blocks(held, reading, depth), ...(below.length > 0 ? [{ type: 'paragraph', number: '', children: below }] : [])]
}

function inline(nodes: readonly HastNode[], reading: Reading, depth: number): PrintNode[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [text((node as Text).value.replace(/[ \t\r\n]+/g, ' '))]
    return isElement(node) ? phrase(node, reading, depth + 1) : []
  })
}

function phrase(node: Element, reading: Reading, depth: number): PrintNode[] {
  if (depth > DEEPEST) return wordsAlone(node)
  const { tagName } = node
  if (tagName === 'a') return link(node, reading, depth)
  if (tagName === 'br') return [{ type: 'break' }]
  if (tagName === 'img') return node.properties.alt ? [text(String(node.properties.alt))] : []
  if (tagName === 'code') return [{ type: 'inlineCode', value: toString(node) }]
  const call = tagName === 'sup' ? node.children.find((child): child is Element => isElement(child, 'a')) : undefined
  if (call && String(call.properties.href).startsWith('#')) return footnote(call, reading, depth)
  const children = inline(node.children, reading, depth)
  if (children.length === 0) return []
  const formed = SAME[tagName] ? [{ type: SAME[tagName], children }] : children
  const lang = /^([a-z]{2,3})(-|$)/.exec(String(node.properties.lang ?? ''))?.[1]
  return lang ? [{ type: 'foreign', lang, children: formed }] : formed
}

/** A paragraph's number, or the way back from a footnote: of use on a page only. */
const isNumber = (node: Element) => [node.properties.className].flat().includes('pn')
const isWayBack = (node: Element) => String(node.properties.href).startsWith('#fnref')

function link(node: Element, reading: Reading, depth: number): PrintNode[] {
  const href = String(node.properties.href ?? '')
  if (isNumber(node) || isWayBack(node)) return []
  const children = inline(node.children, reading, depth)
  if (href === '' || href.startsWith('#')) return children
  const url = /^mailto:[^\s<>]+@[^\s<>]+$/i.test(href) ? href : webAddress(URL.parse(href, reading.address)?.href ?? '')?.href
  return url && children.length > 0 ? [{ type: 'link', url, children }] : children
}

/** A note stands where it is first called; called again, its number does. One that calls itself is cut there. */
function footnote(call: Element, reading: Reading, depth: number): PrintNode[] {
  const key = String(call.properties.href).slice(1)
  const note = reading.notes.get(key)
  if (!note || reading.open.has(key)) return []
  const known = reading.placed.get(key)
  if (known) return [{ type: 'footnoteAgain', id: known }]
  const id = String(reading.placed.size + 1)
  reading.placed.set(key, id)
  reading.open.add(key)
  const children = trimmed(inline(note.children, reading, depth))
  reading.open.delete(key)
  return children.length > 0 ? [{ type: 'footnote', id, children }] : []
}

function wordsAlone(node: Element): PrintNode[] {
  const value = toString(node).replace(/\s+/g, ' ')
  return value.trim() === '' ? [] : [text(value)]
}

/** Without the spaces at both ends that HTML passes over. */
function trimmed(nodes: PrintNode[]): PrintNode[] {
  const done = nodes.map((node) => ({ ...node }))
  const [first, last] = [done[0], done.at(-1)]
  if (first?.type === 'text') first.value = String(first.value).trimStart()
  if (last?.type === 'text') last.value = String(last.value).trimEnd()
  return done.filter((node) => node.type !== 'text' || node.value !== '')
}
