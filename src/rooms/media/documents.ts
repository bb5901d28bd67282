import type { Lang } from '#kernel/language/language.ts'
import { itemPath } from '#rooms/media/list-address.ts'

export const CARD_SIZE = { width: 1200, height: 630 }

/** The pictures for messengers, by the last part of their address. */
export const SHARE_SIZES = { square: { width: 1080, height: 1080 }, story: { width: 1080, height: 1920 } } as const
export type ShareShape = keyof typeof SHARE_SIZES

export const cardPath = (lang: Lang, slug: string) => `${itemPath(lang, slug)}/card.png`

export const printPath = (lang: Lang, slug: string, paper: 'a4' | 'letter') => `${itemPath(lang, slug)}/print.pdf?paper=${paper}`

export const sharePath = (lang: Lang, slug: string, shape: ShareShape) => `${itemPath(lang, slug)}/${shape}.png`

export const kitPath = (lang: Lang, slug: string) => `${itemPath(lang, slug)}/kit.zip`
