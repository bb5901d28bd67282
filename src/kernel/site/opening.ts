import type { Lang } from '#kernel/language/language.ts'
import { FIXED_PAGES, NEUTRAL_NAME, type Site } from '#kernel/site/site.ts'

export interface PageState { key: string; lang: Lang; isStarter: boolean }
interface PageIn { key: (typeof FIXED_PAGES)[number]; lang: Lang }

/** What a house has not got yet when it is to be opened. Only its name is asked for; the rest is said and left to its stewards. */
export interface StillMissing {
  name: boolean
  /** Switched-on languages without a name of their own, where the first language has one. */
  namesIn: Lang[]
  contact: boolean
  /** Fixed pages that are as the program brought them. */
  starterPages: PageIn[]
  absentPages: PageIn[]
}

export function stillMissing(site: Site, pages: readonly PageState[]): StillMissing {
  const every = FIXED_PAGES.flatMap((key) => site.languages.map((lang) => ({ key, lang })))
  const found = ({ key, lang }: PageIn) => pages.find((page) => page.key === key && page.lang === lang)
  const name = !isNamed(site)
  return {
    name, namesIn: name ? [] : site.languages.filter((lang) => lang !== site.defaultLanguage && !site.names[lang]), contact: !site.contact.email,
    starterPages: every.filter((one) => found(one)?.isStarter), absentPages: every.filter((one) => !found(one)),
  }
}

/** Whether it is called otherwise than the program: an open house that is called nothing would speak for nobody. */
export const isNamed = ({ names, defaultLanguage }: Site): boolean => names[defaultLanguage] !== undefined && names[defaultLanguage].name !== NEUTRAL_NAME.name

export const isComplete = ({ name, namesIn, contact, starterPages, absentPages }: StillMissing): boolean =>
  !name && !contact && namesIn.length + starterPages.length + absentPages.length === 0
