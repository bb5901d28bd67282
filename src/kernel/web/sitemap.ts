import type { Lang } from '#kernel/language/language.ts'
import { escapeMarkup } from '#kernel/words/escape.ts'

/** One language of a page. `changed` is a moment in ISO 8601. */
export interface MappedText {
  lang: Lang
  path: string
  changed?: string
}

const SITEMAPS = 'http://www.sitemaps.org/schemas/sitemap/0.9'
export const SITEMAP_TYPE = 'application/xml; charset=utf-8'

const document = (root: string, namespaces: string, lines: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${SITEMAPS}"${namespaces}>\n${lines.join('\n')}\n</${root}>\n`

/** Each page with its translations; where a reader's language is missing, the site's own, else the first. */
export function writeUrlset(pages: MappedText[][], origin: string, defaultLanguage: Lang): string {
  return document('urlset', ' xmlns:xhtml="http://www.w3.org/1999/xhtml"', pages.flatMap((texts) => {
    const fallback = texts.find(({ lang }) => lang === defaultLanguage) ?? texts[0]
    const links = [...texts, ...(fallback ? [{ lang: 'x-default', path: fallback.path }] : [])]
      .map(({ lang, path }) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${escapeMarkup(origin + path)}"/>`).join('')
    return texts.map(({ path, changed }) => `<url><loc>${escapeMarkup(origin + path)}</loc>${lastmod(changed)}${links}</url>`)
  }))
}

export function writeSitemapIndex(parts: { path: string; changed: string }[], origin: string): string {
  return document('sitemapindex', '', parts.map(({ path, changed }) => `<sitemap><loc>${escapeMarkup(origin + path)}</loc>${lastmod(changed)}</sitemap>`))
}

export interface NewsText {
  lang: Lang
  path: string
  title: string
  published: Temporal.Instant
  /** Who publishes, in the text's language. */
  publisher: string
}

/** https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
export function writeNewsSitemap(texts: NewsText[], origin: string): string {
  return document('urlset', ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', texts.map(({ lang, path, title, published, publisher }) =>
    `<url><loc>${escapeMarkup(origin + path)}</loc><news:news><news:publication><news:name>${escapeMarkup(publisher)}</news:name>` +
    // Two or three letters: the format knows no other tag.
    `<news:language>${lang.split('-')[0]}</news:language></news:publication>` +
    `<news:publication_date>${published}</news:publication_date><news:title>${escapeMarkup(title)}</news:title></news:news></url>`))
}

const lastmod = (changed: string | undefined) => (changed ? `<lastmod>${Temporal.Instant.from(changed).toString()}</lastmod>` : '')
