import type { Lang } from '#kernel/language/language.ts'
import { kitPath, type ShareShape, sharePath } from '#rooms/media/documents.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { SHORT_MOST, shortText, WHATSAPP_MOST, whatsAppText } from '#rooms/media/share-text.ts'

/** What the desk offers to pass on of a text: made of what readers see, never of what was saved after. */
export interface ShareKitData {
  lang: Lang
  slug: string
  title: string
  texts: { name: 'whatsapp' | 'short'; text: string; most: number }[]
  /** `byteSize` is undefined where nobody could say it at once. */
  pictures: { shape: ShareShape; path: string; byteSize: number | undefined }[]
  kit: string
}

/** @param address of the text, whole @param points of its first list */
export function shareKit({ lang, slug, title, teaser }: ItemPage, address: string, points: readonly string[], bytes: Readonly<Record<ShareShape, number | undefined>>): ShareKitData {
  return {
    lang, slug, title, kit: kitPath(lang, slug),
    texts: [
      { name: 'whatsapp', text: whatsAppText({ title, teaser, points, address }), most: WHATSAPP_MOST },
      { name: 'short', text: shortText({ title, teaser, address }), most: SHORT_MOST },
    ],
    pictures: (['square', 'story'] as const).map((shape) => ({ shape, path: sharePath(lang, slug, shape), byteSize: bytes[shape] })),
  }
}
