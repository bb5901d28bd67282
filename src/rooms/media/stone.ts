import type { Lang } from '#kernel/language/language.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import type { Kind, Tombstone } from '#rooms/media/item.ts'

/** A tombstone as the error page is given it: days as words, nothing that says more than it may. */
export interface Stone {
  kind: Kind
  isForSafety: boolean
  /** `2026-11-20` */
  day: string
  date: string
  note: string | null
  title: string | null
  publishedDate: string | null
  replacedBy: { slug: string; title: string } | null
}

export function stoneOf(stone: Tombstone, lang: Lang, zone: string): Stone {
  return {
    kind: stone.kind, isForSafety: stone.reason === 'removed_for_safety',
    day: stone.at.toZonedDateTimeISO(zone).toPlainDate().toString(), date: formatInstantDay(stone.at, lang, zone),
    note: stone.note, title: stone.title, replacedBy: stone.replacedBy,
    publishedDate: stone.publishedAt && formatInstantDay(stone.publishedAt, lang, zone),
  }
}
