import { type Lang } from '#kernel/language/language.ts'
import { barePhrase } from '#kernel/when/phrase.ts'
import { NOT_STATED, parseWhen } from '#kernel/when/when.ts'
import type { ItemPage } from '#rooms/media/item.ts'

/**
 * The date that a citation gives: of the text, never of what it tells about. A text on a law in force since 2003 was not
 * published in 2003; then the year says when it went out here.
 */
export function citedDate(item: Pick<ItemPage, 'when' | 'dateOf' | 'isStarter' | 'publicFrom'>, lang: Lang, zone: string): string {
  const isOfText = item.dateOf === 'published' || item.dateOf === 'adopted' || (item.dateOf === null && item.when === '')
  if (isOfText && !item.isStarter) return barePhrase(parseWhen(item.when) ?? NOT_STATED, lang)
  return String(item.publicFrom.toZonedDateTimeISO(zone).year)
}
