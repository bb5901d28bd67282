import '#rooms/media/server/agreement-tables.ts'
import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { holdsBack } from '#rooms/media/claiming.ts'
import { agreementHash, findNewestWords, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'

/** The languages besides the first that an item has a text in which was not taken down, and those that it is planned in. */
export async function listTranslatedInto(db: ReadDb, itemId: string): Promise<Lang[]> {
  const item = await db.selectFrom('item').select('originalLang').where('id', '=', itemId).executeTakeFirst()
  const written = await db.selectFrom('revision').select('lang').distinct().where('itemId', '=', itemId).execute()
  const planned = await db.selectFrom('plan').select('langs').where('itemId', '=', itemId).where('removedAt', 'is', null).execute()
  const gone = await db.selectFrom('withdrawal').select('lang').where('itemId', '=', itemId).execute()
  const langs = new Set([...written.map(({ lang }) => lang), ...planned.flatMap((plan) => plan.langs)])
  return [...langs].filter((lang) => lang !== item?.originalLang && !gone.some((one) => one.lang === lang)).sort()
}

/** Whether an organisation that is to sign an item approves its text in this language. */
export async function isClaimed(db: ReadDb, itemId: string, lang: Lang): Promise<boolean> {
  return (await db.selectFrom('languageClaim').innerJoin('signerWish', 'signerWish.id', 'wishId').select('languageClaim.id').where('itemId', '=', itemId).where('lang', '=', lang).where('givenBackAt', 'is', null).limit(1).executeTakeFirst()) !== undefined
}

/**
 * The organisations that claimed a language of an item and have not agreed to exactly these words of it. It goes out with nobody's name
 * until they have, were left out openly, or gave the language back.
 * @param revisionId left out, the newest
 */
export async function listClaimersWaitedFor(db: ReadDb, itemId: string, lang: Lang, revisionId?: string): Promise<string[]> {
  if (!(await isClaimed(db, itemId, lang))) return []
  const hash = revisionId === undefined ? (await findNewestWords(db, itemId, lang))?.hash : await hashOfRevision(db, itemId, lang, revisionId)
  return (await listSigners(db, itemId)).filter((signer) => holdsBack(signer, lang, hash ?? '')).map(({ organisationId }) => organisationId)
}

async function hashOfRevision(db: ReadDb, itemId: string, lang: Lang, revisionId: string): Promise<string | undefined> {
  const { kind } = await db.selectFrom('item').select('kind').where('id', '=', itemId).executeTakeFirstOrThrow()
  const revision = await findRevision(db, itemId, lang, revisionId)
  return revision && agreementHash(kind, lang, revision, revision.frozen)
}
