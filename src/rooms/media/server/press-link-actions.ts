import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import type { Lang } from '#kernel/language/language.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'

export interface NewPressLink {
  itemId: string
  lang: Lang
  /** Of the newsroom, for colleagues. */
  newsroom: string
  /** 32 random bytes as base64url. Kept nowhere: only its hash is. */
  token: string
}

/** A newsroom's name says which link to end; it is no place for a person's name or number. */
export const LONGEST_NEWSROOM = 60

/** Makes a link by which a newsroom reads a language of an item before its hour. Null when it was done. */
export async function makePressLink(tx: Tx, { itemId, lang, newsroom, token }: NewPressLink, actor: string, now: Temporal.Instant): Promise<'no-name' | 'not-found' | null> {
  const name = newsroom.trim()
  if (name === '' || name.length > LONGEST_NEWSROOM) return 'no-name'
  const text = (await lockItem(tx, itemId)) && (await tx.selectFrom('revision').select('id').where('itemId', '=', itemId).where('lang', '=', lang).limit(1).executeTakeFirst())
  if (!text) return 'not-found'
  await tx.insertInto('pressLink').values({ id: newId(), itemId, lang, newsroom: name, tokenHash: hashToken(token), createdBy: actor, createdAt: now, revokedAt: null, lastReadOn: null }).execute()
  await record(tx, { actor, act: 'make-press-link', subject: `item:${itemId}`, detail: { lang } }, now)
  return null
}

/** Ends a link of this text. False where there is none that stands. */
export async function endPressLink(tx: Tx, { itemId, lang, linkId }: { itemId: string; lang: Lang; linkId: string }, actor: string, now: Temporal.Instant): Promise<boolean> {
  const ended = isId(linkId) && (await tx.updateTable('pressLink').set({ revokedAt: now })
    .where('id', '=', linkId).where('itemId', '=', itemId).where('lang', '=', lang).where('revokedAt', 'is', null).returning('id').executeTakeFirst())
  if (!ended) return false
  await record(tx, { actor, act: 'end-press-link', subject: `item:${itemId}`, detail: { lang } }, now)
  return true
}

/** Writes down on which day a link was used last: a newsroom that has not read it can be reminded. No act of anybody. */
export async function notePressReading(tx: Tx, linkId: string, day: Temporal.PlainDate): Promise<void> {
  await tx.updateTable('pressLink').set({ lastReadOn: day }).where('id', '=', linkId).execute()
}
