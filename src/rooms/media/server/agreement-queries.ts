import '#rooms/media/server/agreement-tables.ts'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type AgreementSum, type Answer, type AnswerFact, type AskedText, type AskFact, isWaitedFor, lastAnswer, type SignerFacts, stateOf, type WantedChange } from '#rooms/media/agreement.ts'
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

/** The newest text in the item's first language: what organisations are asked about. Undefined while there is none. */
export async function findNewestWords(db: ReadDb, itemId: string): Promise<NewestWords | undefined> {
  const row = await db.selectFrom('item').innerJoin('revision', (join) => join.onRef('revision.itemId', '=', 'item.id').onRef('revision.lang', '=', 'item.originalLang'))
    .select(['item.kind', 'item.isStarter', 'revision.id', 'number', 'revision.lang', 'title', 'teaser', 'bodyMarkdown', 'frozen'])
    .select(({ exists, selectFrom }) => exists(selectFrom('withdrawal').select('withdrawal.id').whereRef('withdrawal.itemId', '=', 'item.id').whereRef('withdrawal.lang', '=', 'item.originalLang')).as('isWithdrawn'))
    .where('item.id', '=', itemId).orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (!row) return undefined
  const { title, teaser, bodyMarkdown } = row
  return {
    revisionId: row.id, number: row.number, lang: row.lang, isStarter: row.isStarter, isWithdrawn: Boolean(row.isWithdrawn),
    hash: agreementHash(row.kind, row.lang, { title, teaser, bodyMarkdown }, row.frozen),
  }
}

export interface KnownAsk extends AskFact {
  id: string
  personId: string
  askedBy: string
  channel: string | null
}

export interface KnownAnswer extends AnswerFact {
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
  const asks = await db.selectFrom('agreementAsk').select(['id', 'wishId', 'personId', 'hash', 'askedAt', 'askedBy', 'channel', 'deadline', 'seenAt', 'revokedAt']).where('wishId', 'in', ids).orderBy('id').execute()
  const answers = await db.selectFrom('agreementAnswer').innerJoin('agreementAsk as ask', 'ask.id', 'askId')
    .select(['ask.wishId', 'answer', 'agreementAnswer.hash', 'at', 'reason', 'changes', 'agreementAnswer.personId']).where('ask.wishId', 'in', ids).orderBy('agreementAnswer.id').execute()
  return wishes.map(({ id, organisationId, wishedAt, wishedBy, leftOutAt, leftOutBy, why }) => ({
    wishId: id, organisationId, wishedAt, wishedBy, isLeftOut: leftOutAt !== null,
    leftOut: leftOutAt === null ? null : { at: leftOutAt, by: leftOutBy!, why: why! },
    asks: asks.filter((one) => one.wishId === id).map(({ wishId: _, ...ask }) => ask),
    answers: answers.filter((one) => one.wishId === id).map(({ wishId: _, changes, ...answer }) => ({ ...answer, changes: changes as WantedChange[] })),
  }))
}

/**
 * The organisations whose last word about exactly the words of this hash is yes, and that are not left out. Whether each still
 * agrees to be shown by name, the people room knows.
 * @param hash of `agreementHash`
 */
export async function listAgreedSigners(db: ReadDb, itemId: string, hash: string): Promise<string[]> {
  return (await listSigners(db, itemId)).filter(({ isLeftOut, answers }) => !isLeftOut && lastAnswer(answers, hash)?.answer === 'agreed').map(({ organisationId }) => organisationId)
}

/** How far the agreement to an item's newest words is: what publishing asks, with the item locked. */
export async function agreementState(db: ReadDb, itemId: string, now: Temporal.Instant): Promise<AgreementSum> {
  const [signers, newest] = [await listSigners(db, itemId), await findNewestWords(db, itemId)]
  const counted = signers.map((one) => ({ id: one.organisationId, state: stateOf(one, newest?.hash ?? '', now) })).filter(({ state }) => state !== 'left-out')
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
}

export async function findAsk(db: ReadDb, tokenHash: Buffer): Promise<FoundAsk | undefined> {
  const row = await db.selectFrom('agreementAsk as ask').innerJoin('signerWish as wish', 'wish.id', 'ask.wishId').innerJoin('item', 'item.id', 'wish.itemId')
    .select(['ask.id', 'wish.itemId', 'wish.organisationId', 'ask.personId', 'ask.revisionId', 'ask.hash', 'ask.askedAt', 'ask.askedBy', 'ask.deadline', 'ask.seenAt', 'ask.revokedAt'])
    .select(({ exists, selectFrom }) => [
      exists(selectFrom('signerLeavingOut as out').select('out.id').whereRef('out.wishId', '=', 'ask.wishId').where('out.takenBackAt', 'is', null)).as('isLeftOut'),
      exists(selectFrom('withdrawal').select('withdrawal.id').whereRef('withdrawal.itemId', '=', 'item.id').whereRef('withdrawal.lang', '=', 'item.originalLang')).as('isWithdrawn'),
    ])
    .where('ask.tokenHash', '=', tokenHash).executeTakeFirst()
  return row && { ...row, isLeftOut: Boolean(row.isLeftOut), isWithdrawn: Boolean(row.isWithdrawn) }
}

/** What one delegate said for an organisation about an item's texts, the newest first. Another who is asked has not read them. */
export async function listAnswersBy(db: ReadDb, { itemId, organisationId, personId }: Pick<FoundAsk, 'itemId' | 'organisationId' | 'personId'>): Promise<(AnswerFact & { revisionId: string })[]> {
  return db.selectFrom('agreementAnswer').innerJoin('agreementAsk as ask', 'ask.id', 'askId').innerJoin('signerWish as wish', 'wish.id', 'ask.wishId')
    .select(['answer', 'agreementAnswer.hash', 'at', 'agreementAnswer.revisionId']).where('itemId', '=', itemId).where('organisationId', '=', organisationId).where('agreementAnswer.personId', '=', personId)
    .orderBy('at', 'desc').orderBy('agreementAnswer.id', 'desc').execute()
}
