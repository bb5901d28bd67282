import { isLangTag, type Lang } from '#kernel/language/language.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { obstacleToTitle, oneLine, shorten, teaserOf } from '#rooms/media/import/clean-text.ts'
import { decoded, NotReadable } from '#rooms/media/import/decoding.ts'
import { addFile } from '#rooms/media/import/html-cleaning.ts'
import { htmlToMarkdown, wordsOfHtml } from '#rooms/media/import/html-to-markdown.ts'
import { type Found, foundUnreadable, type IncomingText, type Reader } from '#rooms/media/import/incoming.ts'
import { type Attachment, type Attachments, contentAsHtml, galleryIds } from '#rooms/media/import/wordpress-content.ts'
import { type WxrItem, wxrParser, type WxrSite } from '#rooms/media/import/wordpress-file.ts'

/** What WordPress keeps for itself: nobody who exports a site would look for these in the report. */
const ITS_OWN = new Set([
  'revision', 'nav_menu_item', 'custom_css', 'customize_changeset', 'oembed_cache', 'user_request', 'wp_block', 'wp_template',
  'wp_template_part', 'wp_global_styles', 'wp_navigation', 'wp_font_family', 'wp_font_face', 'polylang_mo', 'acf-field', 'acf-field-group',
])
/** Characters of texts that wait for a picture that stands later in the file. */
const MOST_WAITING = 20_000_000

interface Waiting { item: WxrItem; site: WxrSite }

/**
 * Reads a WordPress export (WXR). A text that shows pictures by their number waits until these have been read, so it may
 * come after others; everything else comes in the order of the file.
 */
export const readWordpress: Reader = async function* (bytes) {
  const attachments = new Map<string, Attachment>()
  const waiting: Waiting[] = []
  let [waitingSize, ready]: [number, Found[]] = [0, []]
  const release = () => {
    for (const { item, site } of waiting.splice(0)) ready.push(found(item, site, attachments))
    waitingSize = 0
  }
  const parser = wxrParser((item, site) => {
    if (item.fields['wp:post_type'] === 'attachment') return keepAttachment(item, attachments)
    if (isItsOwn(item)) return
    const ids = [...galleryIds(item.fields['content:encoded'] ?? ''), item.meta.get('_thumbnail_id') ?? ''].filter((id) => id && !attachments.has(id))
    if (ids.length === 0 || item.tooLarge) return void ready.push(found(item, site, attachments))
    waiting.push({ item, site })
    waitingSize += (item.fields['content:encoded'] ?? '').length
    if (waitingSize > MOST_WAITING) release()
  })
  try {
    for await (const piece of decoded(bytes)) {
      parser.write(piece)
      yield* ready
      ready = []
    }
    parser.close()
  } catch (error) {
    release()
    yield* ready
    ready = []
    yield broken(error, parser.line(), parser.itemLine())
  }
  release()
  yield* ready
}

/** An error is often noticed long after it: the item that it stands in is where to look. */
function broken(error: unknown, line: number, itemLine = line): Found {
  const place = `line ${itemLine}`
  if (error instanceof NotReadable) return foundUnreadable(place, error.message)
  const why = error instanceof Error ? error.message.replace(/^\d+:\d+:\s*/, '').slice(0, 200) : 'it cannot be read'
  return foundUnreadable(place, `its XML is broken here (${why}, noticed in line ${line}): what stood before was read, what follows was not; mend it or export again`)
}

function keepAttachment(item: WxrItem, attachments: Map<string, Attachment>) {
  const url = item.fields['wp:attachment_url']?.trim()
  const id = item.fields['wp:post_id']?.trim()
  if (!url || !id || url.length > 2000) return
  attachments.set(id, { url, alt: oneLine(item.meta.get('_wp_attachment_image_alt') ?? ''), title: wordsOfHtml(item.fields.title ?? '').slice(0, 300) })
}

function isItsOwn({ fields }: WxrItem): boolean {
  const [type, status] = [fields['wp:post_type'] ?? 'post', fields['wp:status'] ?? 'publish']
  return ITS_OWN.has(type) || status === 'auto-draft' || status === 'inherit'
}

function found(item: WxrItem, site: WxrSite, attachments: Attachments): Found {
  const { fields } = item
  const place = `post ${oneLine(fields['wp:post_id'] ?? '?').slice(0, 40)}, line ${item.line}`
  return {
    place,
    read() {
      const title = wordsOfHtml(fields.title ?? '')
      const reason = obstacleTo(item, title)
      return reason ? { unreadable: { place, reason } } : { text: textOf(item, site, attachments, title, place) }
    },
  }
}

function obstacleTo({ fields, tooLarge }: WxrItem, title: string): string | null {
  const type = oneLine(fields['wp:post_type'] ?? 'post')
  if (tooLarge) return 'it is larger than 4 million characters: no text is, so it was not read'
  if (type === 'page') return `“${title}” is a page of the site and not a post: write it anew among the pages, if it is still needed`
  if (type !== 'post') return `it is of the type “${type}”, which a plugin made; only posts are imported`
  if (fields['wp:status'] === 'trash') return 'it lies in the trash of WordPress: take it out there if it should come'
  return obstacleToTitle(title)
}

function textOf(item: WxrItem, site: WxrSite, attachments: Attachments, title: string, place: string): IncomingText {
  const { fields, meta } = item
  const leftOut: string[] = []
  const html = contentAsHtml(fields['content:encoded'] ?? '', meta.get('footnotes'), attachments, leftOut)
  const link = httpAddress(fields.link)
  const { markdown, files, leftOut: more } = htmlToMarkdown(html, link ?? httpAddress(site.address))
  leftOut.push(...more)
  const featured = attachments.get(meta.get('_thumbnail_id') ?? '')
  if (featured) addFile(files, featured.url, featured.alt)
  if (item.comments > 0) leftOut.push(item.comments === 1 ? '1 comment was left out' : `${item.comments} comments were left out`)
  const excerpt = wordsOfHtml(fields['excerpt:encoded'] ?? '')
  const login = oneLine(fields['dc:creator'] ?? '')
  const day = /^\d{4}-\d\d-\d\d/.exec(fields['wp:post_date'] ?? '')?.[0] ?? ''
  return {
    source: `wordpress:${httpAddress(site.address) ?? oneLine(site.title)}`,
    key: oneLine(fields['wp:post_id'] ?? '') || (link ?? title),
    ...groupOf(item),
    place, kind: 'news', lang: langOf(item), title,
    teaser: excerpt ? shorten(excerpt) : teaserOf(markdown),
    bodyMarkdown: markdown,
    when: parseWhen(day) ? day : '',
    byline: oneLine(site.authors.get(login) ?? '') || login || null,
    labels: labelsOf(item), slug: slugIn(fields['wp:post_name'] ?? ''),
    ...stateOf(item, leftOut),
    oldAddresses: addressesOf(item, site),
    files, leftOut,
    ...(featured && { picture: featured.url }),
  }
}

function stateOf({ fields }: WxrItem, leftOut: string[]): Pick<IncomingText, 'state' | 'publicFrom'> {
  const status = fields['wp:status'] ?? 'publish'
  if ((fields['wp:post_password'] ?? '').trim() !== '') {
    leftOut.push('it is password-protected in WordPress: it comes as a draft')
    return { state: 'draft' }
  }
  if (status === 'publish') return { state: 'published' }
  if (status === 'future') {
    const printed = (fields['wp:post_date_gmt'] ?? '').trim().replace(' ', 'T')
    try {
      return { state: 'scheduled', publicFrom: Temporal.Instant.from(`${printed}Z`) }
    } catch {
      leftOut.push('it is scheduled in WordPress without an hour that can be read: it comes as a draft')
      return { state: 'draft' }
    }
  }
  if (status === 'private') leftOut.push('it is private in WordPress: it comes as a draft')
  else if (status === 'pending') leftOut.push('it waits for review in WordPress: it comes as a draft')
  else if (status !== 'draft') leftOut.push(`its state in WordPress is “${oneLine(status)}”: it comes as a draft`)
  return { state: 'draft' }
}

const LANG_META = ['_wpml_import_language_code', 'wpml_language', '_wpml_language', '_icl_language_code']
const GROUP_META = ['_wpml_import_translation_group', '_wpml_trid', 'wpml_trid', '_icl_translation_group']

/** Polylang says it as a category. WPML keeps it in tables of its own; its exporter and others write it beside the post. */
function langOf({ categories, meta }: WxrItem): Lang | undefined {
  const said = [categories.find(({ domain }) => domain === 'language')?.nicename, ...LANG_META.map((key) => meta.get(key))]
  return said.map((lang) => lang?.trim().toLowerCase().replaceAll('_', '-')).find((lang) => lang && isLangTag(lang))
}

function groupOf({ categories, meta }: WxrItem): { group?: string } {
  const polylang = categories.find(({ domain }) => domain === 'post_translations')?.nicename
  const wpml = GROUP_META.map((key) => meta.get(key)?.trim()).find(Boolean)
  return polylang ? { group: `polylang:${polylang}` } : wpml ? { group: `wpml:${wpml}` } : {}
}

const NO_LABEL = /^(uncategori[sz]ed|sin-categoria|sin-clasificar|sem-categoria|non-classe|uncategorized-[a-z]{2})$/

const labelsOf = ({ categories }: WxrItem) => [...new Set(categories
  .filter(({ domain, nicename }) => (domain === 'category' || domain === 'post_tag') && !NO_LABEL.test(nicename))
  .map(({ name }) => wordsOfHtml(name)).filter(Boolean))]

function addressesOf({ fields }: WxrItem, site: WxrSite): string[] {
  const base = httpAddress(site.address)
  const id = /^\d+$/.exec((fields['wp:post_id'] ?? '').trim())?.[0]
  const guid = httpAddress(fields.guid)
  const ofSite = guid && base && new URL(guid).host === new URL(base).host
  const found = [httpAddress(fields.link), base && id && `${base.replace(/\/$/, '')}/?p=${id}`, ofSite ? guid : undefined]
  return [...new Set(found.filter((address): address is string => !!address))]
}

function httpAddress(text: string | undefined): string | undefined {
  const given = (text ?? '').trim()
  return /^https?:/i.test(given) && URL.canParse(given) ? new URL(given).href : undefined
}

function slugIn(name: string): string {
  try {
    return oneLine(decodeURIComponent(name))
  } catch {
    return oneLine(name)
  }
}
