import { addOnce } from '#rooms/media/import/clean-text.ts'
import { escapeHtml } from '#rooms/media/import/escape-html.ts'
import { markdownAsHtml } from '#rooms/media/import/markdown-body.ts'

type Fields = Record<string, unknown>
const record = (value: unknown) => (typeof value === 'object' && value !== null ? value : {}) as Fields
const list = (value: unknown) => (Array.isArray(value) ? value : []) as unknown[]
const word = (value: unknown) => (typeof value === 'string' ? value : '')

const picture = (one: Fields, caption = word(one.caption)) =>
  `<figure><img src="${escapeHtml(word(one.src))}" alt="${escapeHtml(word(one.alt))}">${caption && `<figcaption>${caption}</figcaption>`}</figure>`
const link = (url: string, words = url) => `<p><a href="${escapeHtml(url)}">${escapeHtml(words)}</a></p>`

/** Cards that Lexical and Mobiledoc share. undefined where the card is not known. */
function card(type: string, of: Fields): string | undefined {
  switch (type) {
    case 'image': return picture(of)
    case 'gallery': return list(of.images).map((one) => picture(record(one), '')).join('')
    case 'bookmark': return link(word(of.url), word(record(of.metadata).title) || word(of.url))
    case 'embed': return word(of.url) ? link(word(of.url)) : word(of.html)
    case 'video': case 'audio': case 'file': return link(word(of.src), word(of.fileName) || word(of.title) || word(of.src))
    case 'html': return word(of.html)
    case 'markdown': case 'card-markdown': return markdownAsHtml(word(of.markdown))
    case 'codeblock': case 'code': return `<pre><code>${escapeHtml(word(of.code))}</code></pre>`
    case 'horizontalrule': case 'hr': return '<hr>'
    case 'callout': return `<blockquote>${word(of.calloutText)}</blockquote>`
    case 'toggle': return `<h3>${word(of.heading)}</h3>${word(of.content)}`
    case 'button': return link(word(of.buttonUrl), word(of.buttonText))
    case 'paywall': return ''
    default: return undefined
  }
}

const FORMATS: [number, string][] = [[1, 'strong'], [2, 'em'], [4, 'del'], [16, 'code'], [32, 'sub'], [64, 'sup']]
/** Deeper than this no editor writes. */
const DEEPEST = 60

export function lexicalAsHtml(json: string, leftOut: string[]): string {
  const node = (value: unknown, depth: number): string => {
    const of = record(value)
    const type = word(of.type).replace(/^extended-/, '')
    const inside = () => (depth > DEEPEST ? '' : list(of.children).map((child) => node(child, depth + 1)).join(''))
    switch (type) {
      case 'root': return inside()
      case 'paragraph': return `<p>${inside()}</p>`
      case 'heading': return /^h[1-6]$/.test(word(of.tag)) ? `<${word(of.tag)}>${inside()}</${word(of.tag)}>` : `<p>${inside()}</p>`
      case 'quote': case 'aside': return `<blockquote>${inside()}</blockquote>`
      case 'list': return of.listType === 'number' ? `<ol>${inside()}</ol>` : `<ul>${inside()}</ul>`
      case 'listitem': return `<li>${inside()}</li>`
      case 'link': case 'autolink': return `<a href="${escapeHtml(word(of.url))}">${inside()}</a>`
      case 'linebreak': return '<br>'
      case 'tab': return ' '
      case 'text': return FORMATS.reduce((html, [bit, tag]) => (Number(of.format) & bit ? `<${tag}>${html}</${tag}>` : html), escapeHtml(word(of.text)))
      default: return named(card(type, of), type, leftOut) || inside()
    }
  }
  return node(record(JSON.parse(json)).root, 0)
}

function named(html: string | undefined, type: string, leftOut: string[]): string {
  if (html === undefined) addOnce(leftOut, `the card “${type.slice(0, 40)}” of Ghost was left out`)
  return html ?? ''
}

/** https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md */
export function mobiledocAsHtml(json: string, leftOut: string[]): string {
  const of = record(JSON.parse(json))
  const markups = list(of.markups).map((markup) => ({ tag: word(list(markup)[0]), attributes: list(list(markup)[1]).map(word) }))
  const markers = (value: unknown): string => {
    const open: string[] = []
    return list(value).map((marker) => {
      const [kind, opened, closed, words] = list(marker)
      const before = list(opened).map((at) => markups[Number(at)]).flatMap((markup) => {
        if (!markup || !/^(a|strong|b|em|i|code|s|sub|sup|u)$/.test(markup.tag)) return []
        open.push(markup.tag)
        const href = markup.attributes[markup.attributes.indexOf('href') + 1]
        return markup.tag === 'a' ? [`<a href="${escapeHtml(href ?? '')}">`] : [`<${markup.tag}>`]
      }).join('')
      const after = Array.from({ length: Math.min(Number(closed) || 0, open.length) }, () => `</${open.pop()}>`).join('')
      return before + (kind === 0 ? escapeHtml(word(words)) : '<br>') + after
    }).join('')
  }
  return list(of.sections).map((section) => {
    const [kind, what, more] = list(section)
    if (kind === 1 || kind === '1') {
      const tag = /^(p|h[1-6]|blockquote|aside)$/.test(word(what)) ? word(what) : 'p'
      return `<${tag}>${markers(more)}</${tag}>`
    }
    if (kind === 2) return picture({ src: what })
    if (kind === 3) return `<${what === 'ol' ? 'ol' : 'ul'}>${list(more).map((item) => `<li>${markers(item)}</li>`).join('')}</${what === 'ol' ? 'ol' : 'ul'}>`
    const [name, payload] = list(list(of.cards)[Number(what)])
    return kind === 10 ? named(card(word(name), record(payload)), word(name), leftOut) : ''
  }).join('')
}
