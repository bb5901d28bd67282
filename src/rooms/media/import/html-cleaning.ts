import type { Element, ElementContent, Root, RootContent, Text } from 'hast'
import { toString } from 'hast-util-to-string'
import { addOnce, cleanText } from '#rooms/media/import/clean-text.ts'
import { embedded, isFileAddress, isTracker, nameOfFile, pictureInside, resolve } from '#rooms/media/import/html-address.ts'
import { markNotes } from '#rooms/media/import/html-notes.ts'
import type { IncomingFile } from '#rooms/media/import/incoming.ts'

export interface Cleaning { base: string | undefined; files: IncomingFile[]; leftOut: string[] }

/** Deeper than this no one writes; what stands there keeps its words. Deep trees would exhaust the stack of what reads them. */
const DEEPEST = 40

const LEFT_OUT: Record<string, string> = {
  script: 'a script', style: 'a style sheet', link: 'a style sheet', form: 'a form', object: 'an embedded object', embed: 'an embedded object',
  applet: 'an embedded object', svg: 'a drawing (SVG)', canvas: 'a drawing', math: 'a formula', input: 'a form', button: 'a form',
  select: 'a form', textarea: 'a form', dialog: 'a form',
}
const SILENT = new Set(['head', 'title', 'meta', 'base', 'template', 'param', 'source', 'track', 'colgroup', 'col', 'area', 'map', 'wbr', 'datalist'])

const isElement = (node: { type: string }): node is Element => node.type === 'element'
const element = (tagName: string, children: ElementContent[], properties: Element['properties'] = {}): Element =>
  ({ type: 'element', tagName, properties, children })
const text = (value: string): Text => ({ type: 'text', value })
const link = (href: string): Element => element('a', [text(href)], { href })

/** Takes out of a page what is no text, names it, and turns what can be told into links, pictures and words. */
export function cleanTree(tree: Root, cleaning: Cleaning): void {
  flattenDeep(tree)
  markNotes(tree) // before links within the page are taken away, and after the tree is not too deep to walk
  tree.children = cleanAll(tree.children as ElementContent[], cleaning)
}

const cleanAll = (nodes: ElementContent[], cleaning: Cleaning): ElementContent[] =>
  nodes.flatMap((node, i) => cleanNode(node, nodes[i - 1], cleaning))

function cleanNode(node: ElementContent, before: ElementContent | undefined, cleaning: Cleaning): ElementContent[] {
  if (node.type === 'text') return [text(cleanWords(node.value, cleaning))]
  if (!isElement(node)) return [] // a comment
  const { tagName, properties } = node
  const named = Object.hasOwn(LEFT_OUT, tagName) ? LEFT_OUT[tagName] : undefined
  if (named) {
    addOnce(cleaning.leftOut, `${named} was left out`)
    return tagName === 'form' ? cleanAll(node.children, { ...cleaning, leftOut: [] }).filter(hasPicture) : []
  }
  if (SILENT.has(tagName)) return []
  if (isHidden(node)) {
    addOnce(cleaning.leftOut, 'words that the page hid from its readers were left out')
    return []
  }
  if (tagName === 'noscript') return before && isElement(before) && before.tagName === 'img' ? [] : cleanAll(node.children, cleaning)
  if (tagName === 'img') return picture(node, cleaning)
  if (['iframe', 'frame', 'video', 'audio'].includes(tagName)) return embeddedLink(node, cleaning)
  node.children = cleanAll(node.children, cleaning)
  if (tagName === 'a') return anchor(node, cleaning)
  if (tagName === 'figcaption') return [element('p', [element('em', withoutBlocks(node.children))])]
  if (tagName === 'table') return table(node)
  if (tagName === 'sup' && /^\d+$/.test(toString(node)) && !node.children.some(isElement)) {
    return [text(toString(node).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? ''))]
  }
  if (/^h[1-6]$/.test(tagName) && toString(node).trim() === '' && !hasPicture(node)) return []
  if (properties.dir !== undefined) delete properties.dir
  return [node]
}

function cleanWords(value: string, { leftOut }: Cleaning): string {
  const clean = cleanText(value)
  addOnce(leftOut, ...clean.leftOut)
  return clean.text
}

const hasPicture = (node: ElementContent): boolean => isElement(node) && (node.tagName === 'img' || node.children.some(hasPicture))

/** Hidden words are mostly those that somebody who broke into the site left there. */
function isHidden({ properties }: Element): boolean {
  const style = typeof properties.style === 'string' ? properties.style.replace(/\s+/g, '').toLowerCase() : ''
  return properties.hidden === true || /(^|;)(display:none|visibility:hidden)/.test(style)
}

function picture(node: Element, cleaning: Cleaning): ElementContent[] {
  const { properties } = node
  const source = [properties.dataSrc, properties.dataLazySrc, properties.dataOriginal, properties.src]
    .find((src): src is string => typeof src === 'string' && src !== '') ?? ''
  if (source === '' || isTracker(source, properties.width, properties.height)) return []
  const alt = cleanWords(String(properties.alt ?? ''), cleaning).replace(/\s+/g, ' ').trim()
  if (/^data:/i.test(source)) {
    const bytes = pictureInside(source)
    if (!bytes) {
      addOnce(cleaning.leftOut, 'a picture that was written into the page was left out: it is no JPEG, PNG, GIF or WebP')
      return []
    }
    const name = `picture-${cleaning.files.filter((file) => file.bytes).length + 1}.${bytes.ending}`
    cleaning.files.push({ address: name, name, alt, bytes: bytes.bytes })
    return [element('img', [], { src: name, alt })]
  }
  const address = resolve(source, cleaning.base)
  if (!address) {
    addOnce(cleaning.leftOut, 'a picture without a usable address was left out')
    return []
  }
  addFile(cleaning.files, address, alt)
  return [element('img', [], { src: address, alt })]
}

/** Each address once. */
export function addFile(files: IncomingFile[], address: string, alt: string) {
  if (!files.some((file) => file.address === address)) files.push({ address, name: nameOfFile(address), alt })
}

function embeddedLink(node: Element, cleaning: Cleaning): ElementContent[] {
  const inner = node.children.filter(isElement).find(({ tagName }) => tagName === 'source')
  const source = [node.properties.dataSrc, node.properties.src, inner?.properties.src].find((src) => typeof src === 'string' && src !== '')
  const address = typeof source === 'string' ? resolve(source, cleaning.base) : undefined
  if (!address || !/^https?:/.test(address)) {
    addOnce(cleaning.leftOut, 'an embedded page without an address was left out')
    return []
  }
  const shown = embedded(address)
  addOnce(cleaning.leftOut, `what was embedded in the page became a link: ${shown}`)
  if (isFileAddress(shown)) addFile(cleaning.files, shown, '')
  return [element('p', [link(shown)])]
}

function anchor(node: Element, cleaning: Cleaning): ElementContent[] {
  const { href } = node.properties
  if (typeof href !== 'string' || href.startsWith('#')) return node.children.length > 0 || !href ? node.children : []
  const address = resolve(href, cleaning.base)
  if (!address) {
    if (!/^\s*$/.test(href)) addOnce(cleaning.leftOut, `a link that leads to no page was left out, its words stay: ${cleanText(href).text.slice(0, 80)}`)
    return node.children
  }
  const shown = node.children.find((child) => isElement(child) && child.tagName === 'img')
  if (shown && /\.(jpe?g|png|gif|webp|avif)$/i.test(address.replace(/[?#].*$/, ''))) return node.children // the same picture, larger
  if (toString(node).trim() === '' && !shown) return []
  if (isFileAddress(address)) addFile(cleaning.files, address, '')
  node.properties = { href: address }
  return [node]
}

/** A table of one cell or one column of layout is no table; a caption would be lost, so it goes above. */
function table(node: Element): ElementContent[] {
  const caption = node.children.find((child): child is Element => isElement(child) && child.tagName === 'caption')
  node.children = node.children.filter((child) => child !== caption)
  const cells = cellsOf(node)
  const above = caption && toString(caption).trim() !== '' ? [element('p', [element('em', withoutBlocks(caption.children))])] : []
  if (cells.length === 0) return above
  // Markdown has no table without a head: the first row is it, or an empty one would stand above.
  const row = cells.some(({ tagName }) => tagName === 'th') ? undefined : firstRow(node)
  for (const cell of row?.children.filter(isElement) ?? []) cell.tagName = 'th'
  return cells.length === 1 ? [...above, element('div', cells[0]?.children ?? [])] : [...above, node]
}

const cellsOf = (node: Element): Element[] => node.children.filter(isElement)
  .flatMap((child) => (/^t[dh]$/.test(child.tagName) ? [child] : child.tagName === 'table' ? [] : cellsOf(child)))

const firstRow = (node: Element): Element | undefined =>
  node.tagName === 'tr' ? node : node.children.filter(isElement).map(firstRow).find(Boolean)

const withoutBlocks = (nodes: ElementContent[]): ElementContent[] => nodes.flatMap((node) =>
  isElement(node) && ['p', 'div', 'figure', 'em', 'i'].includes(node.tagName) ? [...withoutBlocks(node.children), text(' ')] : [node])

/** Without recursion: the depth is what is to be survived here. */
function flattenDeep(tree: Root): void {
  const open: { node: Root | Element; depth: number }[] = [{ node: tree, depth: 0 }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, depth } = at
    if (depth >= DEEPEST) node.children = node.children.flatMap((child) => (isElement(child) ? wordsWithin(child) : [child])) as never
    else for (const child of node.children) if (isElement(child)) open.push({ node: child, depth: depth + 1 })
  }
}

function wordsWithin(deep: Element): Text[] {
  const words: Text[] = []
  const open: (RootContent | ElementContent)[] = [deep]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'text') words.push(text(node.value))
    else if (isElement(node) && !Object.hasOwn(LEFT_OUT, node.tagName)) for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i] as ElementContent)
  }
  return words
}
