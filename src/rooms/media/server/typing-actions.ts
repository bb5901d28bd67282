import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { hasUnsaved, THERE_SECONDS } from '#rooms/media/server/typing-queries.ts'
import type { Typed } from '#rooms/media/server/writing-actions.ts'

/**
 * Keeps what somebody is typing, so that a closed lid or a dropped line loses nothing. It is hers alone and no act: nothing of the text
 * changes, and the log is not told every few seconds where somebody works.
 */
export async function keepTyping(tx: Tx, itemId: string, lang: Lang, personId: string, { baseId, title, teaser, bodyMarkdown }: Typed, now: Temporal.Instant): Promise<void> {
  const typed = { baseId, title, teaser, bodyMarkdown, keptAt: now }
  await tx.insertInto('typing').values({ itemId, lang, personId, ...typed })
    .onConflict((oc) => oc.columns(['itemId', 'lang', 'personId']).doUpdateSet(typed)).execute()
}

/**
 * Puts what she brought from elsewhere where her typing is kept. Typing has no versions: what she typed and did not save makes room for
 * it on her word alone. The caller has locked the item.
 */
export async function bringTyping(tx: Tx, itemId: string, lang: Lang, personId: string, typed: Typed, isOver: boolean, now: Temporal.Instant): Promise<'unsaved' | null> {
  if (!isOver && (await hasUnsaved(tx, itemId, lang, personId))) return 'unsaved'
  await keepTyping(tx, itemId, lang, personId, typed, now)
  return null
}

/** @param personId anything else than a person's id forgets nothing: who acts may be the server */
export async function forgetTyping(tx: Tx, itemId: string, lang: Lang, personId: string): Promise<void> {
  if (isId(personId)) await tx.deleteFrom('typing').where('itemId', '=', itemId).where('lang', '=', lang).where('personId', '=', personId).execute()
}

/** Says that somebody has a text open. Who left longer ago than a minute is forgotten on the way. */
export async function noteAtText(tx: Tx, itemId: string, lang: Lang, personId: string, now: Temporal.Instant): Promise<void> {
  await tx.insertInto('atText').values({ itemId, lang, personId, seenAt: now })
    .onConflict((oc) => oc.columns(['itemId', 'lang', 'personId']).doUpdateSet({ seenAt: now })).execute()
  await tx.deleteFrom('atText').where('itemId', '=', itemId).where('seenAt', '<', now.subtract({ seconds: THERE_SECONDS })).execute()
}
