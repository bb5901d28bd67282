import { SaxesParser } from 'saxes'
import { NotReadable } from '#rooms/media/import/decoding.ts'
import { escapeHtml } from '#rooms/media/import/escape-html.ts'

export interface FeedNode {
  name: string
  attributes: Record<string, string>
  /** Address and language that hold here: `xml:base` and `xml:lang` of it or of what it stands in. */
  base: string | undefined
  lang: string | undefined
  line: number
  children: (FeedNode | string)[]
}

/** Entities of HTML that feeds use without declaring them. */
const ENTITIES: Record<string, string> = {
  nbsp: '\u00a0', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', hellip: '…', laquo: '«', raquo: '»', bull: '•',
  middot: '·', copy: '©', reg: '®', trade: '™', deg: '°', euro: '€', iexcl: '¡', iquest: '¿', aacute: 'á', eacute: 'é', iacute: 'í', oacute: 'ó',
  uacute: 'ú', ntilde: 'ñ', Aacute: 'Á', Eacute: 'É', Iacute: 'Í', Oacute: 'Ó', Uacute: 'Ú', Ntilde: 'Ñ', agrave: 'à', egrave: 'è', ccedil: 'ç',
  atilde: 'ã', otilde: 'õ', ecirc: 'ê', acirc: 'â', ocirc: 'ô', uuml: 'ü', ouml: 'ö', auml: 'ä', szlig: 'ß', ugrave: 'ù', icirc: 'î', euml: 'ë',
}

/** Elements that one feed may hold within each other. */
const DEEPEST = 100

/** The tree of a feed; where its XML breaks, what stood before and the reason. A DOCTYPE with a subset is refused. */
export function feedTree(xml: string): { root: FeedNode; broken?: { line: number; reason: string } } {
  const parser = new SaxesParser()
  Object.assign(parser.ENTITIES, ENTITIES)
  const root: FeedNode = { name: '', attributes: {}, base: undefined, lang: undefined, line: 1, children: [] }
  const open = [root]
  const add = (words: string) => void open.at(-1)?.children.push(words)
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw new NotReadable('it holds a DOCTYPE with entities of its own, which no feed needs: it was not read')
  })
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Record<string, string>
    const above = open.at(-1) ?? root
    const [given, lang] = [attributes['xml:base'], attributes['xml:lang'] ?? above.lang]
    const base = given && URL.canParse(given, above.base) ? new URL(given, above.base).href : above.base
    const node = { name: tag.name, attributes, base, lang, line: parser.line, children: [] }
    above.children.push(node)
    open.push(node)
    if (open.length > DEEPEST) throw new NotReadable('its elements are nested deeper than in any feed')
  })
  parser.on('closetag', () => void open.pop())
  try {
    parser.write(xml.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\u0080').toWellFormed()).close()
    return { root }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^\d+:\d+:\s*/, '').slice(0, 200) : 'it cannot be read'
    // What was open when it broke is not whole.
    for (const [i, node] of open.entries()) if (i > 0 && /(^|:)(item|entry)$/.test(node.name)) open[i - 1]?.children.pop()
    return { root, broken: { line: parser.line, reason } }
  }
}

const OURS = new Set(['content', 'dc', 'dcterms', 'atom', 'atom10', 'a10', 'a', 'rss', 'rdf', 'xhtml'])

/** The elements of these names within one, whatever prefix of RSS, Atom or Dublin Core they have; `media:title` is none. */
export const within = (node: FeedNode | undefined, ...names: string[]): FeedNode[] => (node?.children ?? []).filter((child): child is FeedNode => {
  if (typeof child === 'string') return false
  const [prefix, local] = child.name.includes(':') ? child.name.split(':', 2) : ['', child.name]
  return names.includes(child.name) || (names.includes(local ?? '') && (prefix === '' || OURS.has(prefix ?? '')))
})

export const wordsOf = (node: FeedNode | undefined): string =>
  (node?.children ?? []).map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('').trim()


/** XHTML that stands in a feed as elements, as HTML again. */
export const inner = (node: FeedNode): string => node.children.map((child) => {
  if (typeof child === 'string') return escapeHtml(child)
  const name = child.name.replace(/^.*:/, '')
  const attributes = Object.entries(child.attributes).filter(([key]) => !key.startsWith('xml')).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('')
  return /^(br|img|hr|input)$/.test(name) ? `<${name}${attributes}>` : `<${name}${attributes}>${inner(child)}</${name}>`
}).join('')
