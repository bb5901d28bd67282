import '#rooms/media/server/agreement-tables.ts'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type AgreementSum, type Answer, type AnswerFact, type AskedText, type AskFact, isWaitedFor, type SignerFacts, stateOf, type WantedChange } from '#rooms/media/agreement.ts'
import { agreesIn, type Claim, factsIn, type InLanguage } from '#rooms/media/claiming.ts'
import type { Frozen, Words } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import { hashOf } from '#rooms/media/server/item-actions.ts'

/** What organisations agree to: all that a revision shows, but not who signs it, or the first yes would ask everybody again. */
export const agreementHash = (kind: Kind, lang: Lang, words: Words, frozen: Frozen): string => hashOf(kind, lang, words, { ...frozen, signers: [] })

export interface NewestWords extends AskedText {
  revisionId: string
  number: number
  lang: Lang
}

/**
 * The newest text in a language: what organisations are asked about. Undefined while there is none.
 * @param lang left out, the item's first language; withdrawn is a translation with its source too
 */
export async function findNewestWords(db: ReadDb, itemId: string, lang?: Lang): Promise<NewestWords | undefined> {
  const row = await db.selectFrom('item').innerJoin('revision', (join) => (lang === undefined ? join.onRef('revision.lang', '=', 'item.originalLang') : join.on('revision.lang', '=', lang)).onRef('revision.itemId', '=', 'item.id'))
    .select(['item.kind', 'item.isStarter', 'revision.id', 'number', 'revision.lang', 'title', 'teaser', 'bodyMarkdown', 'frozen'])
    .select(({ exists, selectFrom }) => exists(selectFrom('withdrawal').select('withdrawal.id').whereRef('withdrawal.itemId', '=', 'item.id').where(({ eb, ref }) => eb('withdrawal.lang', 'in', [ref('item.originalLang'), ref('revision.lang')]))).as('isWithdrawn'))
    .where('item.id', '=', itemId).orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (!row) return undefined
  const { title, teaser, bodyMarkdown } = row
  return {
    revisionId: row.id, number: row.number, lang: row.lang, isStarter: row.isStarter, isWithdrawn: Boolean(row.isWithdrawn),
    hash: agreementHash(row.kind, row.lang, { title, teaser, bodyMarkdown }, row.frozen),
  }
}

export interface KnownAsk extends AskFact, InLanguage {
  id: string
  personId: string
  askedBy: string
  channel: string | null
}

export interface KnownAnswer extends AnswerFact, InLanguage {
  answer: Answer
  reason: string | null
  changes: WantedChange[]
  personId: string
}

/** An organisation that is to sign, with everything that was asked and answered. */
export interface KnownSigner extends SignerFacts {
  wishId: string
  organisationId: string
  wishedAt: Temporal.Instant
  wishedBy: string
  leftOut: { at: Temporal.Instant; by: string; why: string } | null
  /** The languages that it approves besides the first, in the order in which it claimed them. */
  claims: Claim[]
  /** The oldest first, both. */
  asks: KnownAsk[]
  answers: KnownAnswer[]
}

/** Which organisations are to sign an item, in the order in which they were named. */
export async function listSigners(db: ReadDb, itemId: string): Promise<KnownSigner[]> {
  if (!isId(itemId)) return []
  const wishes = await db.selectFrom('signerWish').leftJoin('signerLeavingOut as out', (join) => join.onRef('out.wishId', '=', 'signerWish.id').on('out.takenBackAt', 'is', null))
    .select(['signerWish.id', 'organisationId', 'wishedAt', 'wishedBy', 'out.at as leftOutAt', 'out.leftOutBy', 'out.why'])
    .where('itemId', '=', itemId).orderBy('signerWish.id').execute()
  if (wishes.length === 0) return []
  const ids = wishes.map(({ id }) => id)
  const { originalLang } = await db.selectFrom('item').select('originalLang').where('id', '=', itemId).executeTakeFirstOrThrow()
  const claims = await db.selectFrom('languageClaim').select(['wishId', 'lang', 'claimedAt', 'claimedBy']).where('wishId', 'in', ids).where('givenBackAt', 'is', null).orderBy('id').execute()
  const asks = await db.selectFrom('agreementAsk').select(['id', 'wishId', 'lang', 'personId', 'hash', 'askedAt', 'askedBy', 'channel', 'deadline', 'seenAt', 'revokedAt']).where('wishId', 'in', ids).orderBy('id').execute()
  const answers = await db.selectFrom('agreementAnswer').innerJoin('agreementAsk as ask', 'ask.id', 'askId')
    .select(['ask.wishId', 'ask.lang', 'answer', 'agreementAnswer.hash', 'at', 'reason', 'changes', 'agreementAnswer.personId']).where('ask.wishId', 'in', ids).orderBy('agreementAnswer.id').execute()
  return wishes.map(({ id, organisationId, wishedAt, wishedBy, leftOutAt, leftOutBy, why }) => ({
    wishId: id, organisationId, wishedAt, wishedBy, isLeftOut: leftOutAt !== null,
    leftOut: leftOutAt === null ? null : { at: leftOutAt, by: leftOutBy!, why: why! },
    claims: claims.filter((one) => one.wishId === id).map(({ wishId: _, ...claim }) => claim),
    asks: asks.filter((one) => one.wishId === id).map(({ wishId: _, ...ask }) => ({ ...ask, isSource: ask.lang === originalLang })),
    answers: answers.filter((one) => one.wishId === id).map(({ wishId: _, changes, ...answer }) => ({ ...answer, isSource: answer.lang === originalLang, changes: changes as WantedChange[] })),
  }))
}

/**
 * The organisations whose last word about exactly these words of the first language is yes, and that are not left out. Whether each still
 * agrees to be shown by name, the people room knows.
 * @param hash of `agreementHash`
 */
export async function listAgreedSigners(db: ReadDb, itemId: string, hash: string): Promise<string[]> {
  const { originalLang } = await db.selectFrom('item').select('originalLang').where('id', '=', itemId).executeTakeFirstOrThrow()
  return (await listSigners(db, itemId)).filter((one) => !one.isLeftOut && agreesIn(one, originalLang, hash)).map(({ organisationId }) => organisationId)
}

/** How far the agreement to an item's newest words is: what publishing asks, with the item locked. */
export async function agreementState(db: ReadDb, itemId: string, now: Temporal.Instant): Promise<AgreementSum> {
  const [signers, newest] = [await listSigners(db, itemId), await findNewestWords(db, itemId)]
  const counted = signers.map((one) => ({ id: one.organisationId, state: stateOf(factsIn(one, newest?.lang ?? ''), newest?.hash ?? '', now) })).filter(({ state }) => state !== 'left-out')
  return { wished: counted.length, agreed: counted.filter(({ state }) => state === 'agreed').length, openIds: counted.filter(({ state }) => isWaitedFor(state)).map(({ id }) => id) }
}

/** A link with what it asks about. */
export interface FoundAsk {
  id: string
  itemId: string
  organisationId: string
  personId: string
  revisionId: string
  hash: string
  askedAt: Temporal.Instant
  askedBy: string
  deadline: Temporal.Instant | null
  seenAt: Temporal.Instant | null
  revokedAt: Temporal.Instant | null
  isLeftOut: boolean
  isWithdrawn: boolean
  /** Of the text that it asks about. */
  textLang: Lang
  originalLang: Lang
  isGivenBack: boolean
}

export async function findAsk(db: ReadDb, tokenHash: Buffer): Promise<FoundAsk | undefined> {
  const row = await db.selectFrom('agreementAsk as ask').innerJoin('signerWish as wish', 'wish.id', 'ask.wishId').innerJoin('item', 'item.id', 'wish.itemId')
    .select(['ask.id', 'ask.lang as textLang', 'item.originalLang', 'wish.itemId', 'wish.organisationId', 'ask.personId', 'ask.revisionId', 'ask.hash', 'ask.askedAt', 'ask.askedBy', 'ask.deadline', 'ask.seenAt', 'ask.revokedAt'])
    .select(({ exists, selectFrom }) => [
      exists(selectFrom('signerLeavingOut as out').select('out.id').whereRef('out.wishId', '=', 'ask.wishId').where('out.takenBackAt', 'is', null)).as('isLeftOut'),
      exists(selectFrom('withdrawal').select('withdrawal.id').whereRef('withdrawal.itemId', '=', 'item.id').where(({ eb, ref }) => eb('withdrawal.lang', 'in', [ref('item.originalLang'), ref('ask.lang')]))).as('isWithdrawn'),
      exists(selectFrom('languageClaim as claim').select('claim.id').whereRef('claim.wishId', '=', 'ask.wishId').whereRef('claim.lang', '=', 'ask.lang').where('claim.givenBackAt', 'is', null)).as('isClaimed'),
    ])
    .where('ask.tokenHash', '=', tokenHash).executeTakeFirst()
  if (!row) return undefined
  const { isClaimed, ...ask } = row
  return { ...ask, isLeftOut: Boolean(ask.isLeftOut), isWithdrawn: Boolean(ask.isWithdrawn), isGivenBack: ask.textLang !== ask.originalLang && !isClaimed }
}

/** What one delegate said for an organisation about the text that a link asks about, and about its source, the newest first. Another who is asked has not read them. */
export async function listAnswersBy(db: ReadDb, { itemId, organisationId, personId, textLang, originalLang }: Pick<FoundAsk, 'itemId' | 'organisationId' | 'personId' | 'textLang' | 'originalLang'>): Promise<(AnswerFact & { revisionId: string; lang: Lang })[]> {
  return db.selectFrom('agreementAnswer').innerJoin('agreementAsk as ask', 'ask.id', 'askId').innerJoin('signerWish as wish', 'wish.id', 'ask.wishId')
    .select(['answer', 'agreementAnswer.hash', 'at', 'agreementAnswer.revisionId', 'ask.lang']).where('itemId', '=', itemId).where('organisationId', '=', organisationId).where('agreementAnswer.personId', '=', personId).where('ask.lang', 'in', [textLang, originalLang])
    .orderBy('at', 'desc').orderBy('agreementAnswer.id', 'desc').execute()
}
