import { isDeepStrictEqual } from 'node:util'
import '#rooms/media/server/agreement-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import { type Answering, type ObstacleToAnswering, obstacleToAnswering } from '#rooms/media/agreement.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { findAsk, findNewestWords, type FoundAsk } from '#rooms/media/server/agreement-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { callOffUnapproved } from '#rooms/media/server/unapproved-actions.ts'
import { callOffNaming } from '#rooms/media/server/withdrawal-actions.ts'

export type AnswerOutcome = { obstacle: ObstacleToAnswering } | { obstacle: null; ask: FoundAsk; isNew: boolean; /** Who is to be told that what they planned, or keep, was called off. */ calledOffOf: string[] }

/**
 * Records what a delegate answers through a link of hers. Each answer stays on record; the last one about the same words counts. Without a
 * yes, what waits for its hour with her organisation's name is called off; of a translation, that language.
 * Who she is was shown by her digits before: the caller has looked at them, and holds her duties until the act is done.
 * @param delegate with the duties as they stand
 */
export async function answerAsk(tx: Tx, tokenHash: Buffer, delegate: OnDuty, answering: Answering, now: Temporal.Instant): Promise<AnswerOutcome> {
  const found = await findAsk(tx, tokenHash)
  if (!found || found.personId !== delegate.id) return { obstacle: 'dead' }
  // Whoever writes, asks, leaves out or answers about one item takes turns; the link is read again behind that lock.
  await lockItem(tx, found.itemId)
  const ask = (await findAsk(tx, tokenHash))!
  const newest = await findNewestWords(tx, ask.itemId, ask.textLang)
  const obstacle = obstacleToAnswering(ask, delegate.duties, newest?.hash ?? '', answering)
  // Her own digits came with it, so she has it before her, even where the answer lacks something.
  if (obstacle !== 'dead') await noteAskSeen(tx, ask.id, now)
  if (obstacle) return { obstacle }
  const { answer, reason, changes } = answering
  const isSource = ask.textLang === ask.originalLang
  // A no to a translation holds back that language alone.
  if (answer !== 'agreed' && isSource) await callOffNaming(tx, ask.itemId, ask.organisationId, delegate.id, now)
  // A button that was tapped twice on a slow line says nothing twice. What counts is the last word of her organisation about this text or
  // its source: where a colleague answered since, or a no to the source ended her yes, she says it anew.
  const last = await tx.selectFrom('agreementAnswer').innerJoin('agreementAsk as asked', 'asked.id', 'agreementAnswer.askId').innerJoin('agreementAsk as hers', 'hers.wishId', 'asked.wishId')
    .where((eb) => eb.or([eb('asked.lang', '=', eb.ref('hers.lang')), eb('asked.lang', '=', ask.originalLang)]))
    .select(['agreementAnswer.askId', 'answer', 'agreementAnswer.reason', 'agreementAnswer.changes']).where('hers.id', '=', ask.id)
    .orderBy('agreementAnswer.at', 'desc').orderBy('agreementAnswer.id', 'desc').limit(1).executeTakeFirst()
  if (last?.askId === ask.id && last.answer === answer && (last.reason ?? '') === reason && isDeepStrictEqual(last.changes, changes)) return { obstacle: null, ask, isNew: false, calledOffOf: [] }
  await tx.insertInto('agreementAnswer').values({
    id: newId(), askId: ask.id, personId: delegate.id, revisionId: ask.revisionId, hash: ask.hash, answer, at: now,
    reason: reason === '' ? null : reason, changes: JSON.stringify(changes),
  }).execute()
  await record(tx, { actor: delegate.id, act: 'answer-ask', subject: `item:${ask.itemId}`, detail: { organisationId: ask.organisationId, askId: ask.id, answer, ...(!isSource && { lang: ask.textLang }) } }, now)
  return { obstacle: null, ask, isNew: true, calledOffOf: answer === 'agreed' ? [] : await callOffUnapproved(tx, ask.itemId, delegate.id, now) }
}

/** She has the text before her. Noted once, and only where it is sure that it is she: a messenger opens links before people do. */
export async function noteAskSeen(tx: Tx, askId: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('agreementAsk').set({ seenAt: now }).where('id', '=', askId).where('seenAt', 'is', null).execute()
}
