import { oneLine } from '#rooms/media/import/clean-text.ts'
import { NotReadable, wholeText } from '#rooms/media/import/decoding.ts'
import { entryAsText, type FeedEntry } from '#rooms/media/import/feed-entry.ts'
import { type FeedNode, feedTree, inner, within, wordsOf } from '#rooms/media/import/feed-tree.ts'
import { type Found, foundUnreadable, type Reader } from '#rooms/media/import/incoming.ts'

/** A feed holds the newest texts of a site; what is longer is something else. */
const LONGEST_FEED = 50_000_000

/** Reads RSS 0.91 to 2.0 and 1.0 (RDF), Atom 0.3 and 1.0, and JSON Feed. */
export const readFeed: Reader = async function* (bytes, name) {
  let text: string
  try {
    text = await wholeText(bytes, LONGEST_FEED)
    yield* text.startsWith('{') ? jsonFeed(text, name) : xmlFeed(text, name)
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error
    yield foundUnreadable('line 1', error.message)
  }
}

function* xmlFeed(text: string, name: string): Generator<Found> {
  const { root, broken } = feedTree(text)
  const [top] = within(root, 'rss', 'RDF', 'feed')
  const isAtom = top !== undefined && within(root, 'feed').includes(top)
  const channel = isAtom ? top : within(top, 'channel')[0]
  if (top && channel) {
    const entries = isAtom ? within(top, 'entry') : [...within(channel, 'item'), ...within(top, 'item')]
    const source = `feed:${sourceOf(channel, isAtom) || name}`
    for (const [i, node] of entries.entries()) {
      const place = `entry ${i + 1}, line ${node.line}`
      yield { place, read: () => entryAsText(isAtom ? atomEntry(node, top, place) : rssEntry(node, channel, place), source) }
    }
  }
  if (broken) yield foundUnreadable(`line ${broken.line}`, `its XML is broken (${broken.reason}): what stood before was read, what follows was not`)
  else if (!top || !channel) yield foundUnreadable('line 1', 'it is neither RSS nor Atom')
}

/** The feed's own address, else the site's: it stays the same from one reading to the next. */
function sourceOf(channel: FeedNode, isAtom: boolean): string {
  const links = within(channel, 'link')
  const self = links.find(({ attributes }) => attributes.rel === 'self')?.attributes.href
  const site = isAtom ? links.find(isAlternate)?.attributes.href : wordsOf(links.find(({ attributes }) => !attributes.href))
  return oneLine(self || site || (isAtom ? wordsOf(within(channel, 'id')[0]) : ''))
}

const isAlternate = ({ attributes }: FeedNode) => attributes.rel === undefined || attributes.rel === 'alternate'
const first = (node: FeedNode, ...names: string[]): string => names.map((name) => wordsOf(within(node, name)[0])).find(Boolean) ?? ''

function rssEntry(item: FeedNode, channel: FeedNode, place: string): FeedEntry {
  const guid = within(item, 'guid')[0]
  const isAddress = guid && guid.attributes.isPermaLink !== 'false' && /^https?:/.test(wordsOf(guid))
  const link = within(item, 'link').map((node) => node.attributes.href ?? wordsOf(node)).find(Boolean) ?? ''
  const whole = first(item, 'encoded')
  const body = within(item, 'body', 'xhtml:body')[0]
  const description = first(item, 'description')
  const site = wordsOf(within(channel, 'link').find(({ attributes }) => !attributes.href))
  return {
    place, id: wordsOf(guid) || item.attributes['rdf:about'] || '', link: link || (isAddress ? wordsOf(guid) : ''),
    titleHtml: first(item, 'title'), html: whole || (body ? inner(body) : ''), summaryHtml: description,
    date: first(item, 'pubDate', 'date', 'published', 'issued'),
    authors: within(item, 'creator').map(wordsOf).concat(within(item, 'creator').length ? [] : within(item, 'author').map((node) => authorOf(wordsOf(node)))),
    labels: [...within(item, 'category'), ...within(item, 'subject')].map(wordsOf),
    lang: first(item, 'language') || item.lang || first(channel, 'language'), base: item.base ?? (/^https?:/.test(site) ? site : undefined),
    enclosures: within(item, 'enclosure').flatMap(({ attributes }) => attributes.url ?? []),
  }
}

/** RSS says `mail@site.example (Name)`: a person's mail address is not printed. */
const authorOf = (words: string) => /\(([^)]+)\)/.exec(words)?.[1] ?? (/^\S+@\S+$/.test(words) ? '' : words)

function atomEntry(entry: FeedNode, feed: FeedNode, place: string): FeedEntry {
  const [content, summary, title] = [within(entry, 'content')[0], within(entry, 'summary')[0], within(entry, 'title')[0]]
  const links = within(entry, 'link')
  const authors = within(entry, 'author').length ? within(entry, 'author') : within(feed, 'author')
  const site = within(feed, 'link').find(isAlternate)?.attributes.href
  return {
    place, id: first(entry, 'id'), link: links.find(isAlternate)?.attributes.href ?? '', titleHtml: title ? atomHtml(title) : '',
    html: content ? atomHtml(content) : '', summaryHtml: summary ? atomHtml(summary) : '',
    date: first(entry, 'published', 'issued', 'created', 'updated', 'modified'),
    authors: authors.map((author) => first(author, 'name')),
    labels: within(entry, 'category', 'subject').map((node) => node.attributes.label ?? node.attributes.term ?? wordsOf(node)),
    lang: (content ?? entry).lang ?? first(entry, 'language'), base: (content ?? entry).base ?? site,
    enclosures: links.filter(({ attributes }) => attributes.rel === 'enclosure').flatMap(({ attributes }) => attributes.href ?? []),
  }
}

/** Text constructs of Atom 1.0 (`type`) and 0.3 (`type` as a media type, `mode`). What is text comes out as HTML of that text. */
function atomHtml(node: FeedNode): string {
  const { type = 'text', mode } = node.attributes
  if (mode === 'base64') return Buffer.from(wordsOf(node), 'base64').toString('utf8')
  if (type === 'xhtml' || (type === 'application/xhtml+xml' && mode !== 'escaped')) return inner(node)
  if (type === 'html' || type === 'text/html' || mode === 'escaped') return wordsOf(node)
  return node.children.some((child) => typeof child !== 'string') ? inner(node) : asHtml(wordsOf(node))
}

const asHtml = (words: string) => words.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll('&', '&amp;').replaceAll('<', '&lt;')).join('<p>')

const word = (value: unknown) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const list = (value: unknown) => (Array.isArray(value) ? value : []) as unknown[]
const record = (value: unknown) => (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>

function* jsonFeed(text: string, name: string): Generator<Found> {
  let feed: Record<string, unknown>
  try {
    feed = record(JSON.parse(text))
  } catch {
    throw new NotReadable('its JSON is broken: export it again')
  }
  if (!Array.isArray(feed.items)) throw new NotReadable('it is JSON, but no JSON Feed: it has no list of items')
  const source = `feed:${oneLine(word(feed.feed_url) || word(feed.home_page_url)) || name}`
  for (const [i, value] of list(feed.items).entries()) {
    const place = `entry ${i + 1}`
    yield { place, read: () => entryAsText(jsonEntry(record(value), feed, place), source) }
  }
}

function jsonEntry(item: Record<string, unknown>, feed: Record<string, unknown>, place: string): FeedEntry {
  const base = word(feed.home_page_url)
  const authors = list(item.authors ?? (item.author ? [item.author] : (feed.authors ?? [feed.author])))
  return {
    place, id: word(item.id), link: word(item.url), titleHtml: asHtml(word(item.title)),
    html: word(item.content_html) || asHtml(word(item.content_text)), summaryHtml: asHtml(word(item.summary)),
    date: word(item.date_published) || word(item.date_modified), authors: authors.map((author) => word(record(author).name)),
    labels: list(item.tags).map(word), lang: word(item.language) || word(feed.language), base: URL.canParse(base) ? base : undefined,
    enclosures: list(item.attachments).map((attachment) => word(record(attachment).url)),
  }
}
