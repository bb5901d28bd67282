import type { Element, ElementContent, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toString } from 'hast-util-to-string'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { isLangTag } from '#kernel/language/language.ts'
import { obstacleToTitle, oneLine, shorten, teaserOf } from '#rooms/media/import/clean-text.ts'
import { NotReadable, wholeText } from '#rooms/media/import/decoding.ts'
import { dayOf } from '#rooms/media/import/feed-entry.ts'
import { hashKey } from '#rooms/media/import/hash-key.ts'
import { htmlToMarkdown } from '#rooms/media/import/html-to-markdown.ts'
import type { Incoming, Reader } from '#rooms/media/import/incoming.ts'

const LONGEST_PAGE = 4_000_000
/** What stands around a text on a page of a site. */
const AROUND = new Set(['nav', 'header', 'footer', 'aside', 'form', 'script', 'style', 'noscript'])

const isElement = (node: { type: string }): node is Element => node.type === 'element'
const printer = unified().use(rehypeStringify)

/** Reads one page of a site: the text that its HTML marks as the page's own. `name` is its address where it was fetched. */
export const readHtmlPage: Reader = async function* (bytes, name) {
  yield { place: name, read: () => readPage(bytes, name) }
}

async function readPage(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Incoming> {
  try {
    return textOf(fromHtml(await wholeText(bytes, LONGEST_PAGE)), name)
  } catch (error) {
    if (error instanceof NotReadable) return { unreadable: { place: name, reason: error.message } }
    if (error instanceof RangeError) return { unreadable: { place: name, reason: 'its HTML is nested too deep to be read' } }
    throw error
  }
}

function textOf(tree: Root, name: string): Incoming {
  const all = elementsOf(tree)
  const first = (tagName: string) => all.find((one) => one.tagName === tagName)
  const meta = (...keys: string[]) => keys.map((key) => all.find(({ tagName, properties }) => tagName === 'meta' && (properties.property === key || properties.name === key))?.properties.content)
    .map((content) => oneLine(typeof content === 'string' ? content : '')).find(Boolean) ?? ''
  const body = all.find(({ tagName, properties }) => tagName === 'article' || tagName === 'main' || properties.role === 'main') ?? first('body')
  const heading = body && elementsOf(body).find(({ tagName }) => tagName === 'h1')
  const title = oneLine(toString(heading ?? { type: 'root', children: [] })) || meta('og:title') || oneLine(toString(first('title') ?? { type: 'root', children: [] }))
  const reason = body ? obstacleToTitle(title) : 'it holds no text'
  if (reason) return { unreadable: { place: name, reason } }
  const canonical = all.find(({ tagName, properties }) => tagName === 'link' && [properties.rel].flat().includes('canonical'))?.properties.href
  const address = [name, typeof canonical === 'string' ? canonical : ''].reduce((base, one) => URL.parse(one, base || undefined)?.href ?? base, '')
  const { markdown, files, leftOut } = htmlToMarkdown(printer.stringify({ type: 'root', children: bodyOf(body!, heading) } as never), address || undefined)
  const when = dayOf(meta('article:published_time', 'date', 'DC.date', 'dcterms.date') || String(first('time')?.properties.dateTime ?? ''))
  const lang = String(first('html')?.properties.lang ?? '').toLowerCase().replaceAll('_', '-')
  const teaser = meta('og:description', 'description')
  return {
    text: {
      source: address ? `page:${new URL(address).origin}` : 'page', key: address || hashKey(title, when), place: name, kind: 'news', lang: isLangTag(lang) ? lang : undefined,
      title, teaser: teaser ? shorten(teaser) : teaserOf(markdown), bodyMarkdown: markdown, when, byline: meta('author') || null, labels: [],
      slug: '', state: 'published', oldAddresses: address ? [address] : [], files, leftOut,
    },
  }
}

/** In the order of the page, without recursion: its depth is not ours. */
function elementsOf(tree: Root | Element): Element[] {
  const found: Element[] = []
  const open = (tree.children as ElementContent[]).filter(isElement).reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node)
    open.push(...node.children.filter(isElement).reverse())
  }
  return found
}

/** The text without its heading, which is the title, and without what stands around it. */
function bodyOf(body: Element, heading: Element | undefined): ElementContent[] {
  for (const element of [body, ...elementsOf(body)]) element.children = element.children.filter((child) => child !== heading && !(isElement(child) && AROUND.has(child.tagName)))
  return body.children
}
