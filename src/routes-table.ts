import type { CachedRoute, Normalise } from '#kernel/page-cache/key.ts'

/** Every public address whose pages are kept, with the query names it reads. What stands not here is made each time. */

const word: Normalise = (value) => (value === '' ? '' : /^[a-z_]{1,30}$/.test(value) ? value : undefined)
const place: Normalise = (value) => (value === '' ? '' : /^([A-Z]{2}(-[A-Z0-9]{1,3})?|\d{3})$/.test(value) ? value : undefined)
const language: Normalise = (value) => (value === '' ? '' : /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(value) ? value : undefined)
/** A year, a month or a day, or `none` for what has no date; an open end says nothing. */
const day: Normalise = (value) => (value === '' ? '' : /^(\d{4}(-\d{2}(-\d{2})?)?|none)$/.test(value) ? value : undefined)
const page: Normalise = (value) => (value === '' || value === '1' ? '' : /^[1-9]\d{0,5}$/.test(value) ? value : undefined)

const filters = { kind: word, region: place, from: day, to: day, lang: language }

export const cachedRoutes: readonly CachedRoute[] = [
  { pattern: '/[lang]' },
  { pattern: '/[lang]/media', query: { ...filters, page }, unkept: ['q'] },
  { pattern: '/[lang]/media/feed.atom', query: filters },
  { pattern: '/[lang]/media/[slug]' },
  { pattern: '/[lang]/media/[slug]/cite.bib' },
  { pattern: '/[lang]/media/[slug]/cite.ris' },
  { pattern: '/[lang]/media/[slug]/cite.json' },
  { pattern: '/[lang]/media/[slug]/event.ics' },
  { pattern: '/[lang]/about' },
  { pattern: '/[lang]/privacy' },
  { pattern: '/[lang]/accessibility' },
  { pattern: '/sitemap.xml' },
  { pattern: '/robots.txt' },
  { pattern: '/.well-known/security.txt' },
]
