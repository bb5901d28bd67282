import type { Lang } from '#kernel/language/language.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty, serves } from '#rooms/media/keeping.ts'

/** What the rules of writing need to know about an item, read under a lock where something is done. */
export interface WrittenItem {
  /** The organisation that writes it; null for the alliance itself, whose stewards do. */
  writtenIn: string | null
  originalLang: Lang
}

/** Who finds an item at the desk: whoever writes or translates in its organisation, in any language, and stewards. */
export const mayRead = ({ duties }: OnDuty, { writtenIn }: WrittenItem): boolean =>
  isSteward(duties) || (writtenIn !== null && duties.some(({ duty, organisationId }) => (KEEPING_DUTIES as readonly string[]).includes(duty) && organisationId === writtenIn))

/** Who writes its text in a language. A duty for one language opens no other. */
export const mayWrite = ({ duties }: OnDuty, { writtenIn }: WrittenItem, lang: Lang): boolean => isSteward(duties) || serves(duties, KEEPING_DUTIES, writtenIn, lang)

/** Who lets its text in a language go out, corrects it there and takes it down. */
export const mayPublish = ({ duties }: OnDuty, { writtenIn }: WrittenItem, lang: Lang): boolean => isSteward(duties) || serves(duties, ['editor'], writtenIn, lang)

/** Who asks organisations to sign it: editors of its first language, which is the one that they agree to. */
export const mayAskSigners = (who: OnDuty, item: WrittenItem): boolean => mayPublish(who, item, item.originalLang)

/** For which organisations somebody may begin a text in a language; null is the alliance itself. */
export function writesFor({ duties }: OnDuty, lang: Lang): (string | null)[] {
  const own = duties.filter(({ organisationId }) => organisationId !== null && serves(duties, KEEPING_DUTIES, organisationId, lang)).map(({ organisationId }) => organisationId)
  return [...(isSteward(duties) ? [null] : []), ...new Set(own)]
}
