import '#rooms/media/server/translation-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type ObstacleToNote, obstacleToNote, paragraphKept } from '#rooms/media/desk-note.ts'

export interface NewNote {
  itemId: string
  /** The language that it is about; null for all. */
  lang: Lang | null
  /** The paragraph that it is about, whole. */
  paragraph: string | null
  text: string
}

/** Leaves a note for colleagues on an item, which the caller has locked. Null when it was done. What it says is told to no log. */
export async function leaveNote(tx: Tx, { itemId, lang, paragraph, text }: NewNote, actor: string, now: Temporal.Instant): Promise<ObstacleToNote | null> {
  const { count } = await tx.selectFrom('deskNote').select(({ fn }) => fn.countAll<bigint>().as('count')).where('itemId', '=', itemId).where('closedAt', 'is', null).executeTakeFirstOrThrow()
  const obstacle = obstacleToNote(text, Number(count))
  if (obstacle) return obstacle
  const none = { answeredBy: null, answeredAt: null, answer: null, closedBy: null, closedAt: null }
  await tx.insertInto('deskNote').values({ id: newId(), itemId, lang, paragraph: paragraph === null ? null : paragraphKept(paragraph), askedBy: actor, askedAt: now, text: text.trim(), ...none }).execute()
  await record(tx, { actor, act: 'leave-note', subject: `item:${itemId}`, detail: lang === null ? {} : { lang } }, now)
  return null
}

type NotAsDrawn = 'not-found' | 'changed-meanwhile'

/** Locked: who answers and who closes take turns. */
const lockNote = (tx: Tx, itemId: string, noteId: string) => isId(noteId)
  ? tx.selectFrom('deskNote').select(['id', 'lang', 'answeredAt', 'closedAt']).where('id', '=', noteId).where('itemId', '=', itemId).forUpdate().executeTakeFirst()
  : Promise.resolve(undefined)

/** Answers a note that nobody has answered. Null when it was done. */
export async function answerNote(tx: Tx, { itemId, noteId, answer }: { itemId: string; noteId: string; answer: string }, actor: string, now: Temporal.Instant): Promise<ObstacleToNote | NotAsDrawn | null> {
  const note = await lockNote(tx, itemId, noteId)
  if (!note) return 'not-found'
  const obstacle = obstacleToNote(answer, 0)
  if (obstacle) return obstacle
  if (note.answeredAt !== null || note.closedAt !== null) return 'changed-meanwhile'
  await tx.updateTable('deskNote').set({ answeredBy: actor, answeredAt: now, answer: answer.trim() }).where('id', '=', noteId).execute()
  await record(tx, { actor, act: 'answer-note', subject: `item:${itemId}`, detail: note.lang === null ? {} : { lang: note.lang } }, now)
  return null
}

/** Closes a note, or opens it again. Null when it was done. */
export async function closeNote(tx: Tx, { itemId, noteId, isClosed }: { itemId: string; noteId: string; isClosed: boolean }, actor: string, now: Temporal.Instant): Promise<NotAsDrawn | null> {
  const note = await lockNote(tx, itemId, noteId)
  if (!note) return 'not-found'
  if ((note.closedAt !== null) === isClosed) return 'changed-meanwhile'
  await tx.updateTable('deskNote').set(isClosed ? { closedBy: actor, closedAt: now } : { closedBy: null, closedAt: null }).where('id', '=', noteId).execute()
  await record(tx, { actor, act: isClosed ? 'close-note' : 'reopen-note', subject: `item:${itemId}`, detail: note.lang === null ? {} : { lang: note.lang } }, now)
  return null
}
