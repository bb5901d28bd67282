import type { Element, ElementContent, Root } from 'hast'
import { toString } from 'hast-util-to-string'

export const NOTE_MARK = 'x-note-mark'
export const NOTE_TEXT = 'x-note-text'

const isElement = (node: { type: string }): node is Element => node.type === 'element'
type Parent = Root | Element

/** A mark is a number, a letter or a star, with or without brackets; a longer link is a link. */
const LONGEST_MARK = 8
const HOLDERS = new Set(['li', 'p', 'div', 'aside', 'dd'])

/**
 * Finds footnotes by what all their writers share (WordPress, Markdown, Word, mammoth): a short link to a place in the text
 * that links back. Marks become `x-note-mark`, notes go to the end as `x-note-text`; both carry their number.
 */
export function markNotes(tree: Root): void {
  const parents = new Map<Element, Parent>()
  const named = new Map<string, Element>()
  const links: Element[] = []
  walk(tree, (node, parent) => {
    parents.set(node, parent)
    for (const name of [node.properties.id, node.properties.name]) {
      if (typeof name === 'string' && !named.has(name)) named.set(name, node)
    }
    if (node.tagName === 'a' && localName(node)) links.push(node)
  })
  const notes = new Map<Element, string>()
  const used = new Set<Element>()
  for (const link of links) {
    const target = named.get(localName(link) ?? '')
    const holder = target && holderOf(target, parents)
    if (!holder || used.has(link) || toString(link).trim().length > LONGEST_MARK || isWithin(link, holder, parents)) continue
    const back = linksIn(holder).filter((one) => pointsBack(one, link, named, parents))
    if (back.length === 0 && !notes.has(holder)) continue
    const number = notes.get(holder) ?? String(notes.size + 1)
    notes.set(holder, number)
    for (const one of linksIn(holder)) if (back.includes(one)) { used.add(one); remove(one, parents) }
    replaceMark(link, number, parents)
  }
  for (const [holder, number] of notes) takeNote(tree, holder, number, parents)
}

/** A way back points at the mark, or at what holds nothing but the mark. */
function pointsBack(back: Element, mark: Element, named: Map<string, Element>, parents: Map<Element, Parent>): boolean {
  const target = named.get(localName(back) ?? '')
  const above = parents.get(mark)
  return target !== undefined && (target === mark || target === above || isWithin(target, mark, parents) || linksIn(target).includes(mark))
}

function replaceMark(link: Element, number: string, parents: Map<Element, Parent>) {
  const above = parents.get(link)
  const alone = above && isElement(above) && ['sup', 'span'].includes(above.tagName) && toString(above).trim() === toString(link).trim()
  const mark = alone ? above : link
  mark.tagName = NOTE_MARK
  mark.properties = { number }
  mark.children = []
}

function takeNote(tree: Root, holder: Element, number: string, parents: Map<Element, Parent>) {
  const above = parents.get(holder)
  remove(holder, parents)
  dropBrackets(holder)
  const children: ElementContent[] = holder.tagName === 'p' ? [{ ...holder, properties: {} }] : holder.children
  tree.children.push({ type: 'element', tagName: NOTE_TEXT, properties: { number }, children })
  if (above) dropIfEmpty(above, parents)
}

/** What held the notes goes with them: its list, the rule above it, and a heading that says "Footnotes" to a screen reader. */
function dropIfEmpty(node: Parent, parents: Map<Element, Parent>) {
  if (!isElement(node)) return
  const rest = node.children.filter((child) => isElement(child)
    ? child.tagName !== 'hr' && !String(child.properties.id ?? '').includes('footnote-label')
    : child.type === 'text' && child.value.trim() !== '')
  if (rest.length > 0) return
  const above = parents.get(node)
  if (above) {
    const before = above.children.slice(0, above.children.indexOf(node as never)).filter(isElement).at(-1)
    if (before?.tagName === 'hr') remove(before, parents)
  }
  remove(node, parents)
  if (above) dropIfEmpty(above, parents)
}

/** What is left of a way back: the brackets, the number or the arrow that stood around it, at the note's beginning or end. */
function dropBrackets(holder: Element) {
  const texts: { value: string }[] = []
  const collect = (node: Element) => {
    for (const child of node.children) {
      if (child.type === 'text') texts.push(child)
      else if (isElement(child)) collect(child)
    }
  }
  collect(holder)
  const [first, last] = [texts.find((one) => one.value.trim() !== ''), texts.findLast((one) => one.value.trim() !== '')]
  if (first) first.value = first.value.replace(/^\s*(\[\s*\]|\(\s*\)|\^)\s*/, '')
  if (last) last.value = last.value.replace(/\s*(\[\s*\]|[↩↑^]\ufe0e?)\s*$/, '').trimEnd()
}

function holderOf(target: Element, parents: Map<Element, Parent>): Element | undefined {
  for (let node: Parent | undefined = target; node && isElement(node); node = parents.get(node)) {
    if (HOLDERS.has(node.tagName)) return node
    if (/^(h[1-6]|body|section|article|ol|ul|table)$/.test(node.tagName)) return undefined
  }
  return undefined
}

function isWithin(node: Element, outer: Element, parents: Map<Element, Parent>): boolean {
  for (let at: Parent | undefined = node; at && isElement(at); at = parents.get(at)) if (at === outer) return true
  return false
}

function linksIn(node: Element): Element[] {
  const found: Element[] = node.tagName === 'a' && localName(node) ? [node] : []
  return found.concat(node.children.filter(isElement).flatMap(linksIn))
}

function localName(link: Element): string | undefined {
  const { href } = link.properties
  return typeof href === 'string' && href.startsWith('#') && href.length > 1 ? href.slice(1) : undefined
}

function remove(node: Element, parents: Map<Element, Parent>) {
  const siblings = parents.get(node)?.children as Element[] | undefined
  const at = siblings?.indexOf(node) ?? -1
  if (at >= 0) siblings?.splice(at, 1)
}

function walk(parent: Parent, visit: (node: Element, parent: Parent) => void) {
  for (const child of parent.children) {
    if (!isElement(child)) continue
    visit(child, parent)
    walk(child, visit)
  }
}
