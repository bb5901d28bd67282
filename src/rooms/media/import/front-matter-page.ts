import { parse } from 'yaml'
import { isLangTag, type Lang } from '#kernel/language/language.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { splitFrontMatter } from '#kernel/words/front-matter.ts'
import { obstacleToTitle, oneLine, shorten, teaserOf } from '#rooms/media/import/clean-text.ts'
import { NotReadable, wholeText } from '#rooms/media/import/decoding.ts'
import { dayOf } from '#rooms/media/import/feed-entry.ts'
import { hashKey } from '#rooms/media/import/hash-key.ts'
import { nameOfFile } from '#rooms/media/import/html-address.ts'
import { addFile } from '#rooms/media/import/html-cleaning.ts'
import type { Incoming, Reader } from '#rooms/media/import/incoming.ts'
import { keptMarkdown } from '#rooms/media/import/markdown-body.ts'
import { readWhen } from '#rooms/media/import/read-when.ts'
import { isKind } from '#rooms/media/item.ts'

const LONGEST_PAGE = 4_000_000
/** A file of a site has some twenty lines there; what is longer is made to hurt. */
const LONGEST_FRONT = 65_536
const MOST_ALIASES = 20

type Front = Record<string, unknown>

/** Reads one Markdown file with YAML front matter, as Jekyll, Hugo, Hexo and this program write it. */
export const readFrontMatterPage: Reader = async function* (bytes, name) {
  yield { place: name, read: () => readPage(bytes, name) }
}

async function readPage(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Incoming> {
  try {
    return pageOf(await wholeText(bytes, LONGEST_PAGE), name)
  } catch (error) {
    if (!(error instanceof NotReadable || error instanceof Refusal)) throw error
    return { unreadable: { place: name, reason: error.message } }
  }
}

function pageOf(text: string, name: string): Incoming {
  if (/^\+\+\+\r?\n/.test(text)) throw new NotReadable('its front matter is TOML (+++): turn it into YAML (`hugo convert toYAML`) and import it again')
  const split = splitFrontMatter(/^---\r?\n[\s\S]*\n---$/.test(text) ? `${text}\n` : text)
  if (!split && /^---\r?\n/.test(text)) throw new NotReadable('its front matter does not end with a line of three hyphens')
  const front = split ? frontOf(split.front) : {}
  let body = split?.body ?? text.replaceAll('\r\n', '\n').trim()
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/.exec(body)
  const given = words(front.title)
  if (!given && heading) body = body.slice(heading[0].length).trim()
  const title = given || oneLine(heading?.[1] ?? '')
  const reason = obstacleToTitle(title)
  return reason ? { unreadable: { place: name, reason } } : textOf(front, title, body, name)
}

function frontOf(yaml: string): Front {
  if (yaml.length > LONGEST_FRONT) throw new NotReadable(`its front matter is longer than ${LONGEST_FRONT} characters`)
  if (/^[^\S\n]*(?:[-?:][^\S\n]+){50}|[[{\s,]{200}/m.test(yaml.replace(/\n/g, ' ').replace(/ {2,}/g, ' '))) throw new NotReadable('its front matter is nested too deep')
  try {
    const read: unknown = parse(yaml, { maxAliasCount: MOST_ALIASES, logLevel: 'error' })
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Front) : {}
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : ''
    throw new NotReadable(`its front matter is no YAML that can be read: ${oneLine(why ?? '').slice(0, 200)}`)
  }
}

function textOf(front: Front, title: string, body: string, name: string): Incoming {
  const { markdown, files, leftOut } = keptMarkdown(body)
  const file = nameOfFile(name).replace(/\.(md|markdown|mdown|mkd)$/i, '')
  const [, fileDay = '', fileRest = file] = /^(\d{4}-\d\d-\d\d)-(.+)$/.exec(file) ?? []
  const [, fileSlug = fileRest, fileLang] = /^(.+)\.([a-z]{2,3}(?:-[a-z]{2})?)$/i.exec(fileRest) ?? []
  const when = whenOf(first(front, 'when', 'date', 'published_at', 'created'), leftOut) || (parseWhen(fileDay) ? fileDay : '')
  const id = first(front, 'id', 'uuid', 'guid')
  const addresses = [...many(front.permalink), ...many(front.url), ...many(front.canonical_url), ...many(front.aliases), ...many(front.redirect_from), ...many(front.alias)]
    .filter((address) => /^(https?:\/\/|\/)[^\s]*$/.test(address) && !/[:{]\w/.test(address.replace(/^https?:\/\//, '')))
  const picture = pictureOf(front)
  if (picture) addFile(files, picture, first(front, 'image_alt', 'alt'))
  const teaser = first(front, 'teaser', 'description', 'summary', 'excerpt', 'subtitle')
  const group = first(front, 'translationKey', 'translation_key', 'ref', 'group')
  const kind = first(front, 'kind', 'type')
  const slug = first(front, 'slug') || (/^(_?index|readme)$/i.test(fileSlug) ? '' : fileSlug)
  const isDraft = front.draft === true || front.published === false || /^(draft|private|pending)$/i.test(first(front, 'status'))
  return {
    text: {
      source: 'markdown', key: id || addresses[0] || hashKey(title, when), ...(group && { group }), place: name, kind: isKind(kind) ? kind : 'news',
      lang: langOf(first(front, 'lang', 'language', 'locale') || (fileLang ?? '')), title, teaser: teaser ? shorten(teaser) : teaserOf(markdown),
      bodyMarkdown: markdown, when, byline: [...new Set([...many(front.author), ...many(front.authors)])].join(', ') || null,
      labels: [...new Set([...many(front.topics), ...many(front.categories), ...many(front.category), ...many(front.tags)])],
      slug, state: isDraft ? 'draft' : 'published', oldAddresses: [...new Set(addresses)], files, leftOut, ...(picture && { picture }),
    },
  }
}

const words = (value: unknown): string => (['string', 'number', 'boolean'].includes(typeof value) ? oneLine(String(value)) : '')
const first = (front: Front, ...names: string[]): string => names.map((name) => words(front[name])).find(Boolean) ?? ''

/** One name, several separated by commas, a list, or a list of things with names. */
function many(value: unknown): string[] {
  if (Array.isArray(value)) return value.slice(0, 200).flatMap((one: unknown) => (Array.isArray(one) ? one.map(words) : many(one).length ? [many(one).join(', ')] : [])).filter(Boolean)
  if (typeof value === 'object' && value !== null) return [words((value as Front).name) || words((value as Front).title)].filter(Boolean)
  return words(value).split(',').map((one) => one.trim()).filter(Boolean)
}

function whenOf(said: string, leftOut: string[]): string {
  const when = readWhen(said) ?? dayOf(said)
  if (said !== '' && when === '') leftOut.push(`its date “${said.slice(0, 60)}” cannot be read: it is kept as not stated`)
  return when
}

function langOf(said: string): Lang | undefined {
  const lang = said.toLowerCase().replaceAll('_', '-')
  return isLangTag(lang) ? lang : undefined
}

function pictureOf(front: Front): string | undefined {
  const given = [front.image, front.cover, front.featured_image, front.featuredImage, front.thumbnail, front.banner].find(Boolean)
  const inside = typeof given === 'object' && given !== null ? first(given as Front, 'url', 'src', 'image', 'path') : words(Array.isArray(given) ? given[0] : given)
  return inside && !/^[a-z]+:(?!\/\/)|^(true|false)$/i.test(inside) ? inside : undefined
}
