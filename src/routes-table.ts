import { isLangTag } from '#kernel/language/language.ts'
import type { CachedRoute, Normalise } from '#kernel/page-cache/key.ts'

/** Every public address whose pages are kept, with the query names it reads. What stands not here is made each time. */

const word: Normalise = (value) => (value === '' ? '' : /^[a-z_]{1,30}$/.test(value) ? value : undefined)
const place: Normalise = (value) => (value === '' ? '' : /^([A-Z]{2}(-[A-Z0-9]{1,3})?|\d{3})$/.test(value) ? value : undefined)
const language: Normalise = (value) => (value === '' || isLangTag(value) ? value : undefined)
/** A year, a month or a day, or `none` for what has no date; an open end says nothing. */
const day: Normalise = (value) => (value === '' ? '' : /^(\d{4}(-\d{2}(-\d{2})?)?|none)$/.test(value) ? value : undefined)
const page: Normalise = (value) => (value === '' || value === '1' ? '' : /^[1-9]\d{0,5}$/.test(value) ? value : undefined)

const topic: Normalise = (value) => (value === '' ? '' : /^[a-z0-9-]{1,40}$/.test(value) ? value : undefined)
/** 20 is what a page of the interface for programs holds by itself. */
const size: Normalise = (value) => (value === '' || value === '20' ? '' : /^[1-9]\d{0,2}$/.test(value) ? value : undefined)

/** The sizes that a document is printed in; A4 when nothing is said. */
const paper: Normalise = (value) => (value === '' || value === 'a4' ? '' : value === 'letter' ? value : undefined)

const filters = { kind: word, region: place, topic, from: day, to: day, lang: language }

export const cachedRoutes: readonly CachedRoute[] = [
  { pattern: '/[lang]' },
  { pattern: '/[lang]/media', query: { ...filters, sort: word, page }, unkept: ['q'] },
  { pattern: '/[lang]/media/feed.atom', query: { ...filters, page }, unkept: ['q'] },
  { pattern: '/[lang]/media/feed.rss', query: { ...filters, page }, unkept: ['q'] },
  { pattern: '/[lang]/media/feed.json', query: { ...filters, page }, unkept: ['q'] },
  { pattern: '/[lang]/media/[slug]' },
  { pattern: '/[lang]/media/[slug]/print.pdf', query: { paper } },
  { pattern: '/[lang]/media/[slug]/card.png' },
  { pattern: '/[lang]/media/[slug]/square.png' },
  { pattern: '/[lang]/media/[slug]/story.png' },
  { pattern: '/[lang]/media/[slug]/kit.zip' },
  { pattern: '/[lang]/press' },
  { pattern: '/[lang]/organisations' },
  { pattern: '/[lang]/organisations/[slug]' },
  { pattern: '/[lang]/words' },
  { pattern: '/[lang]/calendar' },
  { pattern: '/[lang]/calendar.ics' },
  { pattern: '/[lang]/corrections', query: { page } },
  { pattern: '/[lang]/media/[slug]/cite.bib' },
  { pattern: '/[lang]/media/[slug]/cite.ris' },
  { pattern: '/[lang]/media/[slug]/cite.json' },
  { pattern: '/[lang]/media/[slug]/event.ics' },
  { pattern: '/[lang]/about' },
  { pattern: '/[lang]/privacy' },
  { pattern: '/[lang]/accessibility' },
  { pattern: '/sitemap.xml' },
  { pattern: '/sitemap-[part].xml' },
  { pattern: '/news-sitemap.xml' },
  { pattern: '/api/v1/items', query: { ...filters, sort: word, page, per_page: size }, unkept: ['q'] },
  { pattern: '/api/v1/items/[id]', query: { lang: language } },
  { pattern: '/api/v1/openapi.json' },
  { pattern: '/robots.txt' },
  { pattern: '/.well-known/security.txt' },
]

/** Decoded paths that the press answers, with or without a slash at their end. */
export const printedPath = /\/(print\.pdf|(card|square|story)\.png|kit\.zip)\/?$/
