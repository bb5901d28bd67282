import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { isLangTag } from '#kernel/language/language.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { splitFrontMatter } from '#kernel/words/front-matter.ts'
import type { Incoming, IncomingText } from '#rooms/media/import/incoming.ts'
import { isKind, type Kind } from '#rooms/media/item.ts'

const LARGEST = 2_000_000
const LONGEST_TITLE = 300

/** A file of Markdown with front matter, as Jekyll, Hugo, Hexo and this program write it. */
export async function* readMarkdownPage(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Incoming> {
  const place = 'the whole file'
  const text = await wholeText(bytes)
  const read = typeof text === 'object' ? text : pageOf(text, name)
  yield 'reason' in read ? { unreadable: { place, reason: read.reason } } : { text: { ...read, place } }
}

async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string | { reason: string }> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > LARGEST) return { reason: 'it is larger than 2 MB; a text of that size is not one page' }
    parts.push(part)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
    return text.includes('\0') ? { reason: 'it is no text: it holds bytes that no text has' } : text
  } catch {
    return { reason: 'it is not in UTF-8; save it as UTF-8 and try again' }
  }
}

type Front = Record<string, unknown>

function pageOf(text: string, name: string): Omit<IncomingText, 'place'> | { reason: string } {
  const split = splitFrontMatter(text)
  const front = split ? readFront(split.front) : {}
  if (typeof front === 'string') return { reason: front }
  const file = basename(name)
  const [body, heading] = split ? [split.body, undefined] : headed(text)
  const title = oneLine(front.title) || heading || ''
  if (title === '') return { reason: 'it has no title; write “title: …” between two lines of --- at its beginning' }
  if (title.length > LONGEST_TITLE) return { reason: `its title has ${title.length} characters; at most ${LONGEST_TITLE} fit above a text` }
  if (body.trim() === '') return { reason: 'it has no text below its front matter' }
  const leftOut: string[] = []
  // Hugo and Jekyll put the language and the day into the name: 2019-05-04-nuestra-nota.es.md
  const [, dated = '', plain = '', tag] = /^(\d{4}-\d{2}-\d{2})?-?(.*?)(?:\.([a-z]{2,3}))?\.(?:md|markdown|txt)$/i.exec(file) ?? []
  const when = whenOf(front.when ?? front.date ?? dated, leftOut)
  const lang = [front.lang, front.language, front.locale, tag].map((said) => String(said ?? '').toLowerCase().replaceAll('_', '-')).find(isLangTag)
  const slug = oneLine(front.slug) || plain
  const key = oneLine(front.id) || oneLine(front.permalink) || oneLine(front.url) || (slug ? `${slug}.${lang ?? ''}` : hashed([title, when]))
  return {
    source: 'markdown', key, ...(oneLine(front.translationKey) && { group: oneLine(front.translationKey) }),
    kind: kindOf(front, leftOut), lang, title, teaser: oneLine(front.teaser ?? front.description ?? front.summary ?? front.excerpt), bodyMarkdown: body.trim(),
    when, byline: listOf(front.author ?? front.authors ?? front.byline).join(', ') || null,
    labels: listOf(front.topics).concat(listOf(front.categories ?? front.category), listOf(front.tags)), slug,
    state: front.draft === true || front.published === false ? 'draft' : 'published',
    oldAddresses: listOf(front.aliases ?? front.redirect_from).concat(listOf(front.permalink ?? front.url)), files: [], leftOut,
  }
}

function readFront(text: string): Front | string {
  try {
    // Aliases of YAML can make a small file a huge value: no page needs them.
    const said: unknown = parse(text, { maxAliasCount: 0 }) ?? {}
    return typeof said === 'object' && !Array.isArray(said) ? (said as Front) : 'its front matter holds no lines of the form “name: value”'
  } catch (error) {
    return `its front matter cannot be read (${(error as Error).message.split('\n')[0]})`
  }
}

/** Without front matter a heading in the first line is the title. */
function headed(text: string): [body: string, title: string | undefined] {
  const [, title, body = ''] = /^\ufeff?\s*#\s+(.+)\r?\n([\s\S]*)$/.exec(text) ?? []
  return title ? [body, title.trim()] : [text, undefined]
}

const hashed = (what: unknown) => createHash('sha256').update(JSON.stringify(what)).digest('hex')
const oneLine = (said: unknown): string => (typeof said === 'string' || typeof said === 'number' ? String(said).replace(/\s+/g, ' ').trim() : '')
const listOf = (said: unknown): string[] => (Array.isArray(said) ? said : said === undefined ? [] : [said]).map(oneLine).filter((one) => one !== '')

function whenOf(said: unknown, leftOut: string[]): string {
  const text = said instanceof Date ? said.toISOString().slice(0, 10) : oneLine(said)
  // An hour of publication is no hour that readers are told: the day is.
  const day = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?!.*\[)/.exec(text)?.[1] ?? text
  if (parseWhen(day)) return day
  leftOut.push(`its date “${text}” cannot be read with certainty: it is kept as not stated`)
  return ''
}

function kindOf({ kind, type }: Front, leftOut: string[]): Kind {
  const said = oneLine(kind ?? type)
  if (isKind(said)) return said
  if (said !== '' && !['post', 'posts', 'page', 'article'].includes(said)) leftOut.push(`its kind “${said}” is none of this site: it comes as news`)
  return 'news'
}
