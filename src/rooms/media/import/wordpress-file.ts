import { SaxesParser } from 'saxes'
import { NotReadable } from '#rooms/media/import/decoding.ts'

/** One <item> of an export, before it is known what it is. Names are those of the file: `wp:post_id`. */
export interface WxrItem {
  line: number
  fields: Record<string, string>
  categories: { domain: string; nicename: string; name: string }[]
  meta: Map<string, string>
  comments: number
  tooLarge: boolean
}
export interface WxrSite { title: string; address: string; authors: Map<string, string> }

/** What one item may hold, in characters; a text that is longer is no text. */
const LARGEST = 4_000_000

const emptyItem = (line: number): WxrItem =>
  ({ line, fields: {}, categories: [], meta: new Map(), comments: 0, tooLarge: false })

/**
 * Reads the XML of a WordPress export as a stream, one item at a time. Strict; a DOCTYPE is refused before anything of it
 * is expanded (XXE, billion laughs), and so is any entity beyond the five of XML.
 */
export function wxrParser(found: (item: WxrItem, site: WxrSite) => void) {
  const parser = new SaxesParser()
  const site: WxrSite = { title: '', address: '', authors: new Map() }
  const path: string[] = []
  let item: WxrItem | undefined
  let [words, size, quiet] = ['', 0, 0]
  let attributes: Record<string, string> = {}
  let [login, metaKey] = ['', '']

  const add = (more: string) => {
    quiet = 0
    if (item) size += more.length
    if (item && size > LARGEST) item.tooLarge = true
    else words += more
  }
  parser.on('doctype', () => { throw new NotReadable('it holds a DOCTYPE, which no WordPress export has: it was not read') })
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', (tag) => {
    quiet = 0
    path.push(tag.name)
    if (path.length > 100) throw new NotReadable('its elements are nested deeper than in any WordPress export')
    words = ''
    attributes = tag.attributes as Record<string, string>
    if (tag.name === 'item') [item, size] = [emptyItem(parser.line), 0]
  })
  parser.on('closetag', (tag) => {
    quiet = 0
    path.pop()
    const value = words
    words = ''
    if (!item) return void readSite(tag.name, value)
    if (tag.name === 'item') {
      const whole = item
      item = undefined
      found(whole, site)
    } else readItem(item, tag.name, value)
  })

  function readSite(name: string, value: string) {
    if (path.at(-1) === 'channel' && name === 'title') site.title = value.trim()
    else if (name === 'wp:base_blog_url' || (name === 'link' && path.at(-1) === 'channel' && !site.address)) site.address = value.trim()
    else if (name === 'wp:author_login') login = value.trim()
    else if (name === 'wp:author_display_name' && login) site.authors.set(login, value.trim())
  }

  function readItem(at: WxrItem, name: string, value: string) {
    if (name === 'wp:comment') at.comments++
    else if (name === 'wp:meta_key' && path.at(-1) === 'wp:postmeta') metaKey = value
    else if (name === 'wp:meta_value' && path.at(-1) === 'wp:postmeta') at.meta.set(metaKey, value)
    else if (name === 'category') at.categories.push({ domain: attributes.domain ?? '', nicename: attributes.nicename ?? '', name: value.trim() })
    else if (path.at(-1) === 'item') at.fields[name] = value
  }

  return {
    line: () => parser.line,
    /** Where the item begins that was being read. */
    itemLine: () => item?.line,
    write(piece: string) {
      // Control characters are no XML, and exports hold them; as U+0080 they get through, and are removed and named with the text.
      parser.write(piece.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\u0080'))
      quiet += piece.length
      if (quiet > LARGEST) {
        // The parser gathers a text until it ends. Emptied here, its memory stays flat however long the text goes on.
        if (item) item.tooLarge = true
        quiet = 0
        ;(parser as unknown as { text: string }).text = ''
      }
    },
    close: () => void parser.close(),
  }
}
