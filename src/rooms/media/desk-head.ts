import type { Lang } from '#kernel/language/language.ts'

/** What stands above each page of an item at the desk. */
export interface DeskHeadData {
  id: string
  /** Its newest title in the language of the page, else in the first that it has. */
  title: string
  titleLang: Lang
  /** The language of the text that the page is about. */
  lang: Lang
  kind: string
  isStarter: boolean
}

/** The pages of one item: of one language of it, or of all. */
export const DESK_TABS = ['write', 'picture', 'compare', 'agree', 'publish', 'share'] as const
export type DeskTab = (typeof DESK_TABS)[number]

export function tabPath({ id, lang }: Pick<DeskHeadData, 'id' | 'lang'>, tab: DeskTab): string {
  const item = `/desk/media/${id}`
  if (tab === 'write') return `${item}/${lang}`
  return tab === 'agree' || tab === 'publish' || tab === 'picture' ? `${item}/${tab}` : `${item}/${lang}/${tab}`
}
