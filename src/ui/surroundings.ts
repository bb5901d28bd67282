import type { Lang } from '#kernel/language/language.ts'

/** What every public page is given to draw its masthead and its foot. */
export interface Surroundings {
  lang: Lang
  name: string
  shortName: string
  /** This page in each language; where it has no translation, the way to find out. */
  tongues: { lang: Lang; href: string }[]
  names: { lang: Lang; name: string }[]
  menu: { key: string; text: string; href: string }[]
  footer: { text: string; href: string }[]
  isOpen: boolean
}
