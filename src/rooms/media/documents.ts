import type { Lang } from '#kernel/language/language.ts'
import { itemPath } from '#rooms/media/list-address.ts'

export const CARD_SIZE = { width: 1200, height: 630 }

export const cardPath = (lang: Lang, slug: string) => `${itemPath(lang, slug)}/card.png`

export const printPath = (lang: Lang, slug: string, paper: 'a4' | 'letter') => `${itemPath(lang, slug)}/print.pdf?paper=${paper}`
