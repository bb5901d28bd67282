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
  /** Its language is not the first one of the item: it follows a source. */
  isTranslation: boolean
  isStarter: boolean
}

/** The pages of one item: of one language of it, or of all. */
export const DESK_TABS = ['write', 'picture', 'translate', 'preview', 'read', 'compare', 'agree', 'publish', 'share', 'notes'] as const
export type DeskTab = (typeof DESK_TABS)[number]

export function tabPath({ id, lang }: Pick<DeskHeadData, 'id' | 'lang'>, tab: DeskTab): string {
  const item = `/desk/media/${id}`
  if (tab === 'write') return `${item}/${lang}`
  return OF_ITEM.includes(tab) ? `${item}/${tab}` : `${item}/${lang}/${tab}`
}

const OF_ITEM: readonly DeskTab[] = ['agree', 'publish', 'notes', 'picture']

/** Whether a page is about all languages of an item. */
export const isOfItem = (tab: DeskTab): boolean => OF_ITEM.includes(tab)

/** The pages that a text has: one in its first language is not translated. */
export const tabsOf = ({ isTranslation }: Pick<DeskHeadData, 'isTranslation'>): DeskTab[] => DESK_TABS.filter((tab) => isTranslation || tab !== 'translate')
