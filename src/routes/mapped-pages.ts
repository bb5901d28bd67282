import { FIXED_PAGES, type Site } from '#kernel/site/site.ts'
import type { MappedText } from '#kernel/web/sitemap.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import type { SitemapEntry } from '#rooms/media/server/sitemap-queries.ts'
import { destinations } from '../destinations.ts'

/** The pages that stand whether there are texts or not. `fixed`: in which languages each of the fixed ones does. */
export function standingPages(site: Site, fixed: { key: string; lang: string }[], organisations: { slug: string }[]): MappedText[][] {
  const shown = organisations.map(({ slug }) => site.languages.map((lang) => ({ lang, path: `/${lang}/organisations/${slug}` })))
  const everywhere = destinations.filter(({ key }) => !FIXED_PAGES.some((page) => page === key)).map(({ path: below }) => site.languages.map((lang) => ({ lang, path: `/${lang}${below}` })))
  const keys = [...new Set(fixed.map(({ key }) => key))]
  return [...everywhere, ...shown, ...keys.map((key) => fixed.filter((page) => page.key === key && site.languages.includes(page.lang)).map(({ lang }) => ({ lang, path: `/${lang}/${key}` })))]
}

/** A language that is switched off has no addresses. */
export const itemPages = (site: Site, entries: SitemapEntry[]): MappedText[][] =>
  entries.map(({ texts }) => texts.filter(({ lang }) => site.languages.includes(lang)).map(({ lang, slug, updatedAt }) => ({ lang, path: itemPath(lang, slug), changed: updatedAt })))
