import type { Lang } from '#kernel/language/language.ts'
import { FIXED_PAGES } from '#kernel/site/site.ts'

/** The query names by which old programs told their pages apart. Every other name is passed over, as everywhere. */
const TELLING: readonly (readonly [string, RegExp])[] = [
  ['p', /^[1-9]\d{0,9}$/],
  ['page_id', /^[1-9]\d{0,9}$/],
  ['feed', /^[a-z0-9-]{1,20}$/],
]
const LONGEST = 500

/**
 * What a request's address may be called in the redirect table, the nearest name first: the path as people read it,
 * without the slash at its end, and the query name that tells pages apart where it has one (`/?p=123`).
 * Empty where no old address is meant: `/` alone is none.
 */
export function oldAddressesOf(path: string, query: URLSearchParams): string[] {
  const plain = readable(path)
  if (plain === undefined) return []
  const [name] = TELLING.find(([one, form]) => form.test(query.get(one) ?? '')) ?? []
  return [...(name ? [`${plain}?${name}=${query.get(name)}`] : []), ...(plain === '/' ? [] : [plain])]
}

/** The name under which a link of an imported site is kept; undefined for what no request can ask for. */
export function oldAddressOf(link: string): string | undefined {
  const url = URL.parse(link, 'http://old.invalid')
  return url && /^https?:$/.test(url.protocol) ? oldAddressesOf(url.pathname, url.searchParams)[0] : undefined
}

function readable(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path).normalize('NFC').replace(/\/(index\.php\/?)?$/, '') || '/'
    // No text of the database holds a NUL, and no index a very long one.
    return plain.length > LONGEST || plain.includes('\0') ? undefined : plain
  } catch {
    return undefined
  }
}

/** Where an old address leads: to a text in a language, wherever it stands by then, or to a page of this site. */
export type RedirectTarget = { itemId: string; lang: Lang } | { ownPath: string }

const OWN_PAGE = new RegExp(`^/[a-z]{2,3}(-[a-z0-9]{2,8})*(/|/media(/feed\\.(atom|rss|json))?(\\?[\\w=&%.,-]*)?|/(${FIXED_PAGES.join('|')}))$`)

export type ObstacleToRedirect = 'no-old-address' | 'answers-itself' | 'not-our-page'

/**
 * Why no redirect may be kept, or null when it may. Only pages that always answer are led to, and never led away from:
 * so no redirect leaves this site, and none leads in a circle.
 */
export function obstacleToRedirect(address: string | undefined, target: RedirectTarget): ObstacleToRedirect | null {
  if (address === undefined) return 'no-old-address'
  if (OWN_PAGE.test(address)) return 'answers-itself'
  return 'itemId' in target || OWN_PAGE.test(target.ownPath) ? null : 'not-our-page'
}
