import { addOnce } from '#rooms/media/import/clean-text.ts'
import { escapeHtml } from '#rooms/media/import/escape-html.ts'

/** The files of the site's library that have been read so far, by their id. */
export interface Attachment { url: string; alt: string; title: string }
export type Attachments = ReadonlyMap<string, Attachment>

const attributesOf = (text: string): Record<string, string> => Object.fromEntries(
  [...text.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))/g)].map(([, name, a, b, c]) => [name, a ?? b ?? c ?? '']))

/** Ids of pictures that a text names without their address: they may stand later in the file. */
export const galleryIds = (content: string): string[] =>
  [...content.matchAll(/\[gallery\b[^\]]*\bids=["']?([\d, ]+)/g)].flatMap(([, ids = '']) => ids.split(',').map((id) => id.trim())).filter(Boolean)

/** What WordPress keeps of a text, as the HTML that it would have shown, without blocks' comments and shortcodes. */
export function contentAsHtml(content: string, notesMeta: string | undefined, attachments: Attachments, leftOut: string[]): string {
  const hasBlocks = /<!--\s*wp:/.test(content)
  let html = blocks(content, leftOut).replace(/<!--\s*(more|nextpage)\b.*?-->/g, '\n\n')
  html = shortcodes(html, attachments, leftOut)
  if (!hasBlocks) html = paragraphs(html)
  html = html.replace(/(<(?:p|div|figure)\b[^>]*>)\s*(https?:\/\/[^\s<>"]+)\s*(?=<\/(?:p|div|figure)>)/g,
    (_, open: string, url: string) => `${open}<a href="${url}">${url}</a>`)
  return html + notes(content, notesMeta)
}

function blocks(content: string, leftOut: string[]): string {
  for (const [, name = ''] of content.matchAll(/<!--\s*wp:([\w/-]+)(?:\s[^>]*?)?\/-->/g)) {
    if (!['more', 'nextpage', 'footnotes', 'spacer', 'separator'].includes(name)) addOnce(leftOut, `the block “${name}”, which the site filled itself, was left out`)
  }
  return content.replace(/<!--\s*\/?wp:(?!more\b|nextpage\b)[\s\S]*?-->/g, '')
}

function notes(content: string, meta: string | undefined): string {
  if (!meta || !/wp:footnotes/.test(content)) return ''
  try {
    const list: unknown = JSON.parse(meta)
    if (!Array.isArray(list)) return ''
    const items = list.flatMap((note: unknown) => {
      const { id, content: words } = (note ?? {}) as { id?: unknown; content?: unknown }
      return typeof id === 'string' && typeof words === 'string' ? [`<li id="${escapeHtml(id)}">${words} <a href="#${escapeHtml(id)}-link">↩</a></li>`] : []
    })
    return `<ol>${items.join('')}</ol>`
  } catch {
    return ''
  }
}

const KNOWN = 'contact-form|contact-form-7|toc|rev_slider|ninja_form|gravityform|su_\\w+|vc_\\w+|et_pb_\\w+|playlist|cite|sharethis|addtoany'
const SHORTCODE = /\[(\[?)(\/?)([a-zA-Z][\w-]*)((?:\s[^[\]]*?)?)(\/?)\](\]?)/g

function shortcodes(content: string, attachments: Attachments, leftOut: string[]): string {
  const html = content
    .replace(/\[caption\b([^\]]*)\]([\s\S]*?)\[\/caption\]/g, (_, attributes: string, inner: string) => caption(attributesOf(attributes), inner))
    .replace(/\[gallery\b([^\]]*)\]/g, (_, attributes: string) => gallery(attributesOf(attributes), attachments, leftOut))
    .replace(/\[embed\b[^\]]*\]\s*([\s\S]*?)\s*\[\/embed\]/g, (_, url: string) => linkTo(url, leftOut))
    .replace(/\[(audio|video)\b([^\]]*)\](?:\s*\[\/\1\])?/g, (_, _name: string, attributes: string) => {
      const given = attributesOf(attributes)
      return linkTo([given.src, given.mp3, given.mp4, given.m4a, given.ogg, given.webm, given.m4v, given.wav].find(Boolean) ?? '', leftOut)
    })
  const closed = new Set([...html.matchAll(/\[\/([a-zA-Z][\w-]*)\]/g)].map(([, name]) => name))
  const known = new RegExp(`^(${KNOWN})$`)
  // “[sic]” and “[the court]” are words: only what has attributes, an end, or a name that a plugin gives is a shortcode.
  return html.replace(SHORTCODE, (all, twice: string, end: string, name: string, rest: string, self: string, after: string) => {
    if (twice && after) return all.slice(1, -1)
    if (!(end || self || closed.has(name) || known.test(name) || /[\w-]+\s*=/.test(rest) || name.includes('_'))) return all
    addOnce(leftOut, `the shortcode [${name}] was left out; words between its ends stay`)
    return twice + after
  })
}

function caption(attributes: Record<string, string>, inner: string): string {
  const [, shown = '', words = ''] = /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)?([\s\S]*)$/.exec(inner) ?? []
  const said = words.trim() || escapeHtml(attributes.caption ?? '')
  return `\n\n<figure>${shown}${said && `<figcaption>${said}</figcaption>`}</figure>\n\n`
}

function gallery(attributes: Record<string, string>, attachments: Attachments, leftOut: string[]): string {
  const ids = (attributes.ids ?? attributes.include ?? '').split(',').map((id) => id.trim()).filter(Boolean)
  if (ids.length === 0) addOnce(leftOut, 'a gallery that names no pictures was left out')
  return ids.map((id) => {
    const file = attachments.get(id)
    if (file) return `\n\n<p><img src="${escapeHtml(file.url)}" alt="${escapeHtml(file.alt || file.title)}"></p>\n\n`
    addOnce(leftOut, `picture ${id} of a gallery is not in the file: export the media too`)
    return ''
  }).join('')
}

function linkTo(url: string, leftOut: string[]): string {
  if (!/^https?:\/\/[^\s<>"]+$/.test(url)) {
    addOnce(leftOut, 'an embed without an address was left out')
    return ''
  }
  return `\n\n<p><a href="${url}">${url}</a></p>\n\n`
}

const BLOCK = 'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe|script|style'
const AT_BLOCK = new RegExp(`^</?(${BLOCK})\\b`, 'i')

/** What WordPress does to classic texts when it shows them (wpautop): an empty line ends a paragraph, a line end is a break. */
function paragraphs(content: string): string {
  const kept: string[] = []
  const html = content.replace(/\r\n?/g, '\n')
    .replace(/<(pre|script|style)\b[\s\S]*?<\/\1>/gi, (all) => `\n\n\u0091${kept.push(all) - 1}\u0092\n\n`)
    .replace(new RegExp(`(<(?:${BLOCK})\\b[^>]*>)`, 'gi'), '\n\n$1')
    .replace(new RegExp(`(</(?:${BLOCK})>)`, 'gi'), '$1\n\n')
  return html.split(/\n\s*\n/).map((piece) => piece.trim()).filter(Boolean)
    .map((piece) => (AT_BLOCK.test(piece) || piece.startsWith('\u0091') ? piece : `<p>${piece.replace(/(?:<br\s*\/?>)?\n/g, '<br>\n')}</p>`)).join('\n')
    .replace(/\u0091(\d+)\u0092/g, (_, at: string) => kept[Number(at)] ?? '')
}
