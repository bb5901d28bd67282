import type { Lang } from './language.ts'

/**
 * The best of `available` for an Accept-Language header (RFC 9110 12.5.4, lookup of RFC 4647 3.4): `es-mx` finds `es`,
 * and `es` finds `es-ar`. Nothing that fits, or `*`: the fallback.
 */
export function negotiate(acceptLanguage: string | null, available: readonly Lang[], fallback: Lang): Lang {
  const wanted = rangesOf(acceptLanguage ?? '')
  const refused = new Set(wanted.filter(({ q }) => q === 0).map(({ range }) => range))
  const open = available.filter((lang) => !refused.has(lang))
  for (const { range, q } of wanted) {
    if (q === 0) continue
    if (range === '*') return open.includes(fallback) ? fallback : (open[0] ?? fallback)
    const found = lookUp(range, open)
    if (found) return found
  }
  return fallback
}

function lookUp(range: string, available: readonly Lang[]): Lang | undefined {
  for (let tag = range; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (available.includes(tag)) return tag
  }
  return available.find((lang) => lang.startsWith(range + '-'))
}

/** Ranges in the reader's order. A header is cut at 1,000 characters, so that nobody makes us sort a novel. */
function rangesOf(header: string): { range: string; q: number }[] {
  return header
    .slice(0, 1000)
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      const q = weight === undefined ? 1 : Number(weight.slice(2))
      return { range, q: q >= 0 && q <= 1 ? q : 0 }
    })
    .filter(({ range }) => range === '*' || /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(range))
    .sort((a, b) => b.q - a.q)
}
