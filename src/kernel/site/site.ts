import type { Lang } from '#kernel/language/language.ts'

export interface SiteName {
  name: string
  shortName: string
}

export interface SiteContact {
  email?: string
}

/** What an alliance decides about its own site. It is data: set by `bin/altavoz site`, later by stewards. */
export interface Site {
  names: Record<Lang, SiteName>
  /** Languages that are switched on, the order in which they are offered. */
  languages: Lang[]
  defaultLanguage: Lang
  /** IANA name of the zone in which days of this site begin and end. */
  zone: string
  /** `#rrggbb` of the alliance's mark, where something outside the look asks for one colour. */
  colour: string | null
  contact: SiteContact
  /** Keys of pages in order, as `MenuPlaces` has them; empty for the menu as it comes. */
  menu: string[]
  /** Where readers get the source of the program that runs here, which its licence gives them a right to (AGPL, section 13). */
  source: string | null
  /** A UUID of its own, made once, which outlives names and domains. */
  identity: string
  /** Null while its stewards have not opened it: a banner says so and every page is `noindex`. */
  openedAt: Temporal.Instant | null
}

/** The fixed pages that every installation has. */
export const FIXED_PAGES = ['about', 'privacy', 'accessibility'] as const
export type FixedPageKey = (typeof FIXED_PAGES)[number]

/** Texts per language that `site page` writes: the fixed pages, and what the press page offers to copy. */
export const PAGE_TEXTS = [...FIXED_PAGES, 'press'] as const
export type PageTextKey = (typeof PAGE_TEXTS)[number]

export interface FixedPage {
  key: FixedPageKey
  lang: Lang
  title: string
  bodyHtml: string
  /** Written by the starter library, not yet by the alliance. */
  isStarter: boolean
}

/** What a page of the site is dropped by when anything of it changes. */
export const SITE_TAG = 'site'

/** The site's names in a language; the default language's where it has none of its own. */
export function siteName(site: Site, lang: Lang): SiteName {
  return site.names[lang] ?? site.names[site.defaultLanguage] ?? NEUTRAL_NAME
}

/** What an installation is called until its stewards have named it: the program's name, never an alliance's. */
export const NEUTRAL_NAME: SiteName = { name: 'Altavoz', shortName: 'Altavoz' }
