import type { Element, ElementContent, Root } from 'hast'
import { toString } from 'hast-util-to-string'

const isElement = (node: { type: string } | undefined): node is Element => node?.type === 'element'
const element = (tagName: string, properties: Element['properties'], children: ElementContent[]): Element => ({ type: 'element', tagName, properties, children })

/** Sites whose address alone in a paragraph is a moving picture. */
const VIDEO_HOSTS = /^(?:www\.|m\.)?(youtube\.com|youtu\.be|vimeo\.com|tiktok\.com|instagram\.com|facebook\.com|archive\.org|peertube\.[a-z.]+)$/

/**
 * Dresses what stands by itself in a text, after it was made safe:
 * a table scrolls by itself on a telephone and takes the short paragraph in italics after it for its caption;
 * a quotation whose last paragraph begins with a dash names its source;
 * a link to a video, alone in its paragraph, says which site will know. Nothing of that site is fetched.
 */
export function dressBlocks(tree: Root, ask: (host: string) => string, tableName: (n: string) => string): void {
  let tables = 0
  tree.children = tree.children.filter((node) => !(node.type === 'text' && node.value.trim() === ''))
  for (let i = 0; i < tree.children.length; i++) {
    const node = tree.children[i]
    if (!isElement(node)) continue
    if (node.tagName === 'table') {
      scopeHeads(node)
      const caption = captionOf(tree.children[i + 1] as ElementContent | undefined)
      const scroll = element('div', { className: ['scroll'], tabIndex: 0, role: 'region', ariaLabel: caption ? toString(caption) : tableName(String(++tables)) }, [node])
      tree.children[i] = element('figure', {}, caption ? [scroll, element('figcaption', {}, caption.children)] : [scroll])
      if (caption) tree.children.splice(i + 1, 1)
    } else if (node.tagName === 'blockquote') {
      tree.children[i] = withSource(node)
    } else {
      const host = videoHostOf(node)
      if (host) tree.children[i] = element('figure', {}, [...node.children, element('figcaption', {}, [{ type: 'text', value: ask(host) }])])
    }
  }
}

function scopeHeads(table: Element) {
  for (const part of table.children.filter(isElement)) {
    for (const row of part.children.filter(isElement)) {
      for (const cell of row.children.filter(isElement)) if (cell.tagName === 'th') cell.properties.scope = 'col'
    }
  }
}

/** `*What the table shows*`, alone in its paragraph. */
function captionOf(node: ElementContent | undefined): Element | undefined {
  if (!isElement(node) || node.tagName !== 'p' || node.children.length !== 1) return undefined
  const [only] = node.children
  return isElement(only) && only.tagName === 'em' ? only : undefined
}

function withSource(quote: Element): Element {
  const last = quote.children.findLast(isElement)
  if (last?.tagName !== 'p' || !/^[—–]\s/.test(toString(last)) || quote.children.filter(isElement).length < 2) return quote
  const children = quote.children.filter((child) => child !== last)
  return element('figure', {}, [{ ...quote, children }, element('figcaption', {}, last.children)])
}

function videoHostOf(node: Element): string | undefined {
  const [only] = node.children
  if (node.tagName !== 'p' || node.children.length !== 1 || !isElement(only) || only.tagName !== 'a') return undefined
  const address = URL.parse(String(only.properties.href ?? ''))
  return address && /^https?:$/.test(address.protocol) ? VIDEO_HOSTS.exec(address.hostname)?.[1] : undefined
}
