/** Last parts of addresses that the room itself answers. */
export const RESERVED_SLUGS = [
  'feed.atom', 'feed.rss', 'feed.json', 'feed', 'page', 'search', 'print.pdf', 'card.png', 'square.png', 'story.png', 'kit.zip', 'new',
]

const LONGEST = 80

/** `Lo que la Alianza pide` → `lo-que-la-alianza-pide`. Letters of other scripts stay; what is left empty is `text`. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().normalize('NFC').replace(/[’'ʼ]/g, '')
  const joined = plain.replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')
  const signs = [...joined]
  const cut = signs.length <= LONGEST ? signs : [...signs.slice(0, LONGEST + 1).join('').replace(/-[^-]*$/, '')]
  const short = cut.slice(0, LONGEST).join('').replace(/-+$/, '')
  return short === '' || RESERVED_SLUGS.includes(short) ? `text${short && `-${short}`}` : short
}

/** Why a slug may not be an address, or null when it may. */
export function obstacleToSlug(slug: string): 'reserved' | 'malformed' | null {
  if (RESERVED_SLUGS.includes(slug)) return 'reserved'
  return [...slug].length <= 120 && /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(slug) ? null : 'malformed'
}
