import { type Lang } from '#kernel/language/language.ts'
import { barePhrase } from '#kernel/when/phrase.ts'
import { NOT_STATED } from '#kernel/when/when.ts'
import { dateOfText } from '#rooms/media/citation.ts'
import type { ItemPage } from '#rooms/media/item.ts'

/** The date that a citation gives, in words; “date not stated” where the text has none. */
export const citedDate = (item: Pick<ItemPage, 'when' | 'dateOf' | 'isStarter' | 'publicFrom'>, lang: Lang, zone: string): string =>
  barePhrase(dateOfText(item, zone) ?? NOT_STATED, lang)
