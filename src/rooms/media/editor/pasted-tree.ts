import type { Element, ElementContent, Root } from 'hast'
import { toString } from 'hast-util-to-string'

const isElement = (node: { type: string } | undefined): node is Element => node?.type === 'element'
const element = (tagName: string, children: ElementContent[], properties: Element['properties'] = {}): Element => ({ type: 'element', tagName, properties, children })
const styleOf = ({ properties }: Element) => (typeof properties.style === 'string' ? properties.style.toLowerCase().replace(/\s+/g, ' ') : '')
const classOf = ({ properties }: Element) => (Array.isArray(properties.className) ? properties.className.join(' ') : '')

/**
 * What Word, Google Docs and browsers put on the clipboard, as HTML that says what was meant: styles that are bold or italic become
 * marks, Word's paragraphs with bullets lists, headings stand below the page's own. Pictures stay out: they come by their own door.
 */
export function plainTree(tree: Root): void {
  tree.children = listed(plainAll(tree.children as ElementContent[]))
  const first = levels(tree).includes(1)
  if (first) walk(tree, (node) => {
    const level = levelOf(node)
    if (level) node.tagName = `h${Math.min(6, level + 1)}`
  })
}

function plainAll(nodes: ElementContent[]): ElementContent[] {
  const done = nodes.flatMap(plain)
  // Between blocks a line end ends nothing.
  return done.some(isBlock) ? done.filter((node) => !isElement(node) || node.tagName !== 'br') : done
}

const NO_WORDS = new Set(['img', 'picture', 'script', 'style', 'head', 'title', 'meta', 'link', 'xml', 'o:p'])

function plain(node: ElementContent): ElementContent[] {
  if (node.type === 'text') return [{ type: 'text', value: plainSpaces(node.value) }]
  if (!isElement(node)) return []
  const style = styleOf(node)
  if (/mso-list: ?ignore/.test(style)) return []
  if (NO_WORDS.has(node.tagName)) return node.tagName === 'o:p' && toString(node).trim() !== '' ? plainAll(node.children) : []
  const isWord = /\bMso/.test(classOf(node))
  const children = plainAll(node.children)
  const done = { ...node, children }
  if (isWord || style.includes('mso-')) delete done.properties.lang
  switch (node.tagName) {
    case 'a': return link(done)
    case 'b':
    case 'strong': return /(?<![\w-])font-weight: ?(normal|[1-4]00)/.test(style) ? children : [done]
    case 'i':
    case 'em': return /(?<![\w-])font-style: ?normal/.test(style) ? children : [done]
    case 'span':
    case 'font': return marked(children, style)
    case 'ul':
    case 'ol': return [{ ...done, children: nestedLists(children) }]
    case 'li': return [{ ...done, children: withoutParagraph(children) }]
    case 'p':
    case 'div': return paragraphs(done, isWord)
    default: return levelOf(node) ? heading(done) : [done]
  }
}

/** A no-break space is meant before French signs and at numbers; elsewhere programs put it where they found two spaces. */
const plainSpaces = (text: string) => text.replace(/[ \t]*\u00a0[ \t\u00a0]+|[ \t]+\u00a0/g, ' ').replace(/(?<![«\d])\u00a0(?![:;?!»%\d])/g, ' ')

/** Google's documents and Word say by style what is bold or italic. */
function marked(children: ElementContent[], style: string): ElementContent[] {
  const marks = [
    ...(/(?<![\w-])font-weight: ?(bold|[6-9]00)/.test(style) ? ['strong'] : []), ...(/(?<![\w-])font-style: ?italic/.test(style) ? ['em'] : []), ...(/line-through/.test(style) ? ['del'] : []),
  ]
  if (marks.length === 0 || children.every((child) => toString(child).trim() === '')) return children
  return marks.reduce((within, mark) => [element(mark, within)], children)
}

function heading(node: Element): ElementContent[] {
  // A heading is bold by itself.
  const children = node.children.flatMap((child) => (isElement(child) && ['b', 'strong'].includes(child.tagName) ? child.children : [child]))
  return toString(node).trim() === '' ? [] : [{ ...node, children }]
}

const TRACKS = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_hs\w+|mkt_tok|yclid)$/i

/** A link leads to a whole address or to a place of this site, and tells nobody from where somebody came. */
function link(node: Element): ElementContent[] {
  const href = String(node.properties.dataHref ?? node.properties.href ?? '').trim()
  if (href.startsWith('#')) return [{ ...node, properties: { ...node.properties, href } }]
  if (/^\/(?!\/)/.test(href)) return [{ ...node, properties: { href } }]
  const url = URL.parse(href)
  if (!url || !/^(https?|mailto|tel):$/.test(url.protocol)) return node.children
  const asked = url.hostname === 'www.google.com' && url.pathname === '/url' ? URL.parse(url.searchParams.get('q') ?? '') : null
  const to = asked && /^https?:$/.test(asked.protocol) ? asked : url
  const tracks = [...to.searchParams.keys()].filter((name) => TRACKS.test(name))
  for (const name of tracks) to.searchParams.delete(name)
  return [{ ...node, properties: { href: tracks.length > 0 || asked ? to.href : href } }]
}

/** Some programs put a list into a list, and not into its item. */
function nestedLists(children: ElementContent[]): ElementContent[] {
  const items: ElementContent[] = []
  for (const child of children) {
    const last = items.at(-1)
    if (isElement(child) && /^[uo]l$/.test(child.tagName) && isElement(last)) last.children.push(child)
    else items.push(child)
  }
  return items
}

const BLOCKS = /^(p|div|ul|ol|table|blockquote|h[1-6]|section|article|figure|pre|hr)$/
const isBlock = (node: ElementContent) => isElement(node) && BLOCKS.test(node.tagName)

/** A point of a list that is one paragraph is its words. */
function withoutParagraph(children: ElementContent[]): ElementContent[] {
  const paragraphs = children.filter((child) => isElement(child) && child.tagName === 'p')
  return paragraphs.length === 1 ? children.flatMap((child) => (child === paragraphs[0] ? (child as Element).children : [child])) : children
}

/** Two line ends are two paragraphs, an empty one is none; what Word calls a title is a heading. */
function paragraphs(node: Element, isWord: boolean): ElementContent[] {
  if (isWord && /\bMsoTitle\b/.test(classOf(node))) return [element('h1', node.children)]
  if (isWord && /\bMso(Intense)?Quote\b/.test(classOf(node))) return [element('blockquote', [element('p', node.children)])]
  if (node.children.some(isBlock)) return [node]
  if (listLevel(node)) return [node]
  const parts: ElementContent[][] = [[]]
  node.children.forEach((child, n) => {
    const isEnd = (at: number) => isElement(node.children[at]) && node.children[at].tagName === 'br'
    if (isEnd(n) && (isEnd(n + 1) || isEnd(n - 1))) parts.push([])
    else parts.at(-1)!.push(child)
  })
  return parts.filter((part) => part.some((child) => toString(child).trim() !== '')).map((part) => element('p', withoutEnds(part), { ...node.properties }))
}

function withoutEnds(children: ElementContent[]): ElementContent[] {
  const isEnd = (child: ElementContent | undefined) => isElement(child) && child.tagName === 'br'
  const from = children.findIndex((child) => !isEnd(child))
  return children.slice(from, children.findLastIndex((child) => !isEnd(child)) + 1)
}

const listLevel = (node: ElementContent) => (isElement(node) ? Number(/mso-list: ?l\d+ level(\d+)/.exec(styleOf(node))?.[1] ?? 0) : 0)

/** Notes which of Word's list paragraphs count, before their bullets are taken away. */
export function noteNumbers(tree: Root): void {
  walk(tree, (node) => {
    if (!listLevel(node)) return
    walk(node, (child) => {
      if (/mso-list: ?ignore/.test(styleOf(child)) && /^\s*[\da-z]{1,4}[.)]/i.test(toString(child))) node.properties.dataNumbered = ''
    })
  })
}

/** Word writes a list as paragraphs that say how deep they are. */
function listed(nodes: ElementContent[]): ElementContent[] {
  const done: ElementContent[] = []
  const open: Element[] = []
  for (const node of nodes) {
    const level = listLevel(node)
    if (!level || !isElement(node)) {
      const isSpace = node.type === 'text' && node.value.trim() === ''
      if (!isSpace) open.length = 0
      done.push(isElement(node) ? { ...node, children: listed(node.children) } : node)
      continue
    }
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const list = element(node.properties.dataNumbered === '' ? 'ol' : 'ul', [])
      const item = open.at(-1)?.children.at(-1)
      if (isElement(item)) item.children.push(list)
      else if (open.length === 0) done.push(list)
      else open.at(-1)!.children.push(element('li', [list]))
      open.push(list)
    }
    open.at(-1)!.children.push(element('li', node.children))
  }
  return done
}

const levelOf = (node: Element) => Number(/^h([1-6])$/.exec(node.tagName)?.[1] ?? 0)
function levels(tree: Root): number[] {
  const found: number[] = []
  walk(tree, (node) => {
    if (levelOf(node)) found.push(levelOf(node))
  })
  return found
}

function walk(parent: Root | Element, visit: (node: Element) => void) {
  for (const child of parent.children) {
    if (!isElement(child)) continue
    visit(child)
    walk(child, visit)
  }
}
