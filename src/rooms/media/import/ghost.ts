import { isLangTag } from '#kernel/language/language.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { obstacleToTitle, oneLine, shorten, teaserOf } from '#rooms/media/import/clean-text.ts'
import { NotReadable, wholeText } from '#rooms/media/import/decoding.ts'
import { dayOf } from '#rooms/media/import/feed-entry.ts'
import { lexicalAsHtml, mobiledocAsHtml } from '#rooms/media/import/ghost-content.ts'
import { nameOfFile } from '#rooms/media/import/html-address.ts'
import { htmlToMarkdown } from '#rooms/media/import/html-to-markdown.ts'
import { foundUnreadable, type Incoming, type IncomingText, type Reader } from '#rooms/media/import/incoming.ts'

/** Ghost's export is one JSON value, so it is read at once. */
const LONGEST_EXPORT = 200_000_000

type Row = Record<string, unknown>
const record = (value: unknown) => (typeof value === 'object' && value !== null ? value : {}) as Row
const rows = (value: unknown) => (Array.isArray(value) ? value.map(record) : [])
const word = (value: unknown) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

interface Site { source: string; lang: string | undefined; tags: Map<string, Row>; tagsOf: Map<string, string[]>; users: Map<string, Row>; authorsOf: Map<string, string[]>; meta: Map<string, Row> }

/** Reads the JSON that Ghost exports (Settings → Export). */
export const readGhost: Reader = async function* (bytes, name) {
  let data: Row
  try {
    const whole = record(JSON.parse(await wholeText(bytes, LONGEST_EXPORT)))
    data = record(record(rows(whole.db)[0] ?? whole).data)
    if (!Array.isArray(data.posts)) throw new NotReadable('it is JSON, but no export of Ghost: it has no posts')
  } catch (error) {
    if (!(error instanceof NotReadable || error instanceof SyntaxError)) throw error
    const reason = error instanceof NotReadable ? error.message : 'its JSON is broken: export it again from Ghost'
    yield foundUnreadable('line 1', reason)
    return
  }
  const site = siteOf(data, name)
  for (const [i, post] of rows(data.posts).entries()) {
    const place = `post ${i + 1} (${oneLine(word(post.slug)).slice(0, 100) || 'no slug'})`
    yield { place, read: () => postOf(post, site, place) }
  }
}

function siteOf(data: Row, name: string): Site {
  const settings = new Map(rows(data.settings).map((row) => [word(row.key), word(row.value)]))
  const byId = (list: unknown, key = 'id') => new Map(rows(list).map((row) => [word(row[key]), row]))
  const grouped = (list: unknown, of: string) => {
    const found = new Map<string, string[]>()
    for (const row of rows(list).toSorted((a, b) => Number(a.sort_order ?? 0) - Number(b.sort_order ?? 0))) {
      found.set(word(row.post_id), [...(found.get(word(row.post_id)) ?? []), word(row[of])])
    }
    return found
  }
  const lang = (settings.get('locale') || settings.get('lang') || settings.get('default_locale') || '').toLowerCase()
  return {
    source: `ghost:${oneLine(settings.get('title') ?? '') || name}`, lang: isLangTag(lang) ? lang : undefined, tags: byId(data.tags), users: byId(data.users),
    tagsOf: grouped(data.posts_tags, 'tag_id'), authorsOf: grouped(data.posts_authors, 'author_id'), meta: byId(data.posts_meta, 'post_id'),
  }
}

function postOf(post: Row, site: Site, place: string): Incoming {
  const title = oneLine(word(post.title))
  const isPage = post.type === 'page' || post.page === 1 || post.page === true
  const reason = isPage ? `“${title}” is a page of the site and not a post: write it anew among the pages, if it is still needed` : obstacleToTitle(title)
  if (reason) return { unreadable: { place, reason } }
  try {
    return { text: textOf(post, site, title, place) }
  } catch (error) {
    // Its Lexical or Mobiledoc is JSON within JSON, which may be broken, or Markdown nested too deep.
    if (!(error instanceof SyntaxError || error instanceof Refusal || error instanceof RangeError)) throw error
    return { unreadable: { place, reason: 'its text cannot be read: open it in Ghost, save it there, and export again' } }
  }
}

function textOf(post: Row, site: Site, title: string, place: string): IncomingText {
  const leftOut: string[] = []
  const here = (text: string) => text.replaceAll('__GHOST_URL__', '')
  const html = word(post.html) || (word(post.lexical) ? lexicalAsHtml(word(post.lexical), leftOut) : word(post.mobiledoc) ? mobiledocAsHtml(word(post.mobiledoc), leftOut) : '')
  const converted = htmlToMarkdown(here(html))
  leftOut.push(...converted.leftOut)
  const id = word(post.id)
  const meta = site.meta.get(id) ?? {}
  const picture = here(word(post.feature_image))
  const { files, markdown } = converted
  if (picture && !files.some(({ address }) => address === picture)) files.push({ address: picture, name: nameOfFile(picture), alt: oneLine(word(meta.feature_image_alt)) })
  const authors = (site.authorsOf.get(id) ?? [word(post.author_id)]).map((author) => oneLine(word(site.users.get(author)?.name))).filter(Boolean)
  const slug = oneLine(word(post.slug))
  const excerpt = oneLine(word(post.custom_excerpt))
  const canonical = here(word(post.canonical_url))
  const lang = word(post.locale).toLowerCase()
  return {
    source: site.source, key: word(post.uuid) || id || slug, place, kind: 'news', lang: isLangTag(lang) ? lang : site.lang, title,
    teaser: excerpt ? shorten(excerpt) : teaserOf(markdown), bodyMarkdown: markdown, when: dayOf(moment(post.published_at)?.toString() ?? ''),
    byline: authors.join(', ') || null,
    labels: (site.tagsOf.get(id) ?? []).map((tag) => site.tags.get(tag)).filter((tag) => tag && tag.visibility !== 'internal').map((tag) => oneLine(word(tag?.name))).filter((name) => name && !name.startsWith('#')),
    slug, ...stateOf(post, leftOut), oldAddresses: [slug && `/${slug}/`, /^https?:\/\/|^\//.test(canonical) ? canonical : ''].filter(Boolean),
    files, leftOut, ...(picture && { picture }),
  }
}

function stateOf(post: Row, leftOut: string[]): Pick<IncomingText, 'state' | 'publicFrom'> {
  const [status, visibility] = [word(post.status), word(post.visibility) || 'public']
  if (status === 'scheduled') {
    const publicFrom = moment(post.published_at)
    if (publicFrom && visibility === 'public') return { state: 'scheduled', publicFrom }
  }
  if (visibility !== 'public') leftOut.push(`it is for “${oneLine(visibility)}” in Ghost and not for everybody: it comes as a draft`)
  else if (status === 'sent') leftOut.push('it was sent by mail only: it comes as a draft')
  else if (status === 'scheduled') leftOut.push('it is scheduled in Ghost without an hour that can be read: it comes as a draft')
  return { state: status === 'published' && visibility === 'public' ? 'published' : 'draft' }
}

/** Ghost writes moments as ISO, as `2021-03-08 10:00:00` in UTC, and once as milliseconds. */
function moment(value: unknown): Temporal.Instant | undefined {
  try {
    if (typeof value === 'number') return Temporal.Instant.fromEpochMilliseconds(value)
    const text = word(value).trim().replace(' ', 'T')
    return text === '' ? undefined : Temporal.Instant.from(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  } catch {
    return undefined
  }
}
