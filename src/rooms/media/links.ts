import type { Lang } from '#kernel/language/language.ts'

/** A link of a text: what it is called there, and where it leads. */
export interface TextLink { text: string; href: string }

const MOST_LINKS = 300
const LONGEST = 2000

/** Every link of a rendered text, as rooms/media keeps it, but those that the page adds itself. @param html of `renderMarkdown`: in its texts every `<` is escaped */
export function linksIn(html: string): TextLink[] {
  const found: TextLink[] = []
  for (const [, attributes = '', inner = ''] of html.matchAll(/<a((?: [^\s"=<>]+(?:="[^"]*")?)+)>((?:(?!<\/?a[ >])[^]){0,3000})/g)) {
    const href = unescaped(/ href="([^"]*)"/.exec(attributes)?.[1] ?? '')
    if (href === '' || href.length > LONGEST || / class="pn"| data-footnote-backref/.test(attributes)) continue
    found.push({ text: unescaped(inner.replace(/<[^>]*>/g, '')).trim().slice(0, 200), href })
    if (found.length === MOST_LINKS) break
  }
  return found
}

/** Places that a rendered text can be led to. */
export const placesIn = (html: string): Set<string> => new Set([...html.matchAll(/ id="([^"]{1,200})"/g)].map(([, id]) => unescaped(id!)))

/** Marks of notes that have no note: they stand in the page as they were typed. */
export function missingNotes(html: string): string[] {
  const words = html.replace(/<(code|pre)>[^<]*(?:<(?!\/\1>)[^<]*){0,200}<\/\1>/g, ' ').replace(/<[^<>]*>/g, '')
  return [...new Set([...words.matchAll(/\[\^([^\]\s[]{1,60})\](?!:)/g)].map(([, label]) => unescaped(label!)))].slice(0, 20)
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined
    return code === undefined ? NAMED[name!.toLowerCase()]! : code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** Where a link leads: to a place in its own text, to a text or an organisation of this house, behind its sign-in, or to another site. */
export type Lead =
  | { to: 'place'; id: string }
  | { to: 'text' | 'organisation'; lang: Lang; slug: string }
  | { to: 'desk' }
  | { to: 'site'; address: string }
  /** A page of this house, a file, a mail address, a number: it is not asked about. */
  | { to: 'other' }

/** @param at the address of the text, whole @param origins of this house, in small letters */
export function leadOf(href: string, at: string, origins: readonly string[]): Lead {
  const url = URL.parse(href, at)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return { to: 'other' }
  if (!origins.includes(url.origin)) return { to: 'site', address: url.href }
  const own = URL.parse(at)!
  const path = decoded(url.pathname)
  if (url.pathname === own.pathname && url.hash.length > 1) return { to: 'place', id: decoded(url.hash.slice(1)) }
  const [, lang, room, slug] = /^\/([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\/(media|organisations)\/([^/]{1,300})(?:\/.*)?$/.exec(path) ?? []
  if (slug !== undefined && !/^feed\.(atom|rss|json)$/.test(slug)) return { to: room === 'media' ? 'text' : 'organisation', lang: lang!, slug }
  return /^\/(desk|agree|press-preview)(\/|$)/.test(path) ? { to: 'desk' } : { to: 'other' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What a look at a link to another site found. */
export type CheckedLink = TextLink & ({ is: 'there' } | { is: 'answers'; status: number } | { is: 'silent' | 'not-public' | 'port' | 'round' } | { is: 'elsewhere'; address: string } | { is: 'not-asked' })

/** Whether no site at all was heard: then it is rather this house that reaches none, and a list of dead links would have good sources taken out. */
export const isUnreached = (found: readonly CheckedLink[]): boolean =>
  found.some((link) => link.is === 'silent') && found.every((link) => ['silent', 'not-public', 'port', 'not-asked'].includes(link.is))

/** Whether two addresses are the same page to whoever reads them: http or https, with or without `www.` and a slash at the end. */
export function isSamePlace(one: string, other: string): boolean {
  const plain = (address: string) => {
    const url = URL.parse(address)
    return url ? `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}${url.search}` : address
  }
  return plain(one) === plain(other)
}
