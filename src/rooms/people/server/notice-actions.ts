import '#rooms/people/server/notice-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { KEPT_DAYS, mailDueAt, type NoticeKind } from '#rooms/people/notice.ts'

export interface Told {
  kind: NoticeKind
  /** The row that the kind is about. */
  subject?: string
  to: readonly string[]
}

/**
 * Tells people at the desk, within the act that they are told of: both stand, or neither. Whoever asked for mail gets
 * one later, together with what comes until then. It writes no audit entry: the act has its own.
 */
export async function notify(tx: Tx, { kind, subject, to }: Told, now: Temporal.Instant): Promise<void> {
  const people = [...new Set(to)].sort()
  if (people.length === 0) return
  await tx.insertInto('deskNotice').values(people.map((personId) => ({ id: newId(), personId, kind, subject: subject ?? null, at: now, readAt: null }))).execute()
  await tx.deleteFrom('deskNotice').where('personId', 'in', people).where('readAt', '<', now.subtract({ hours: 24 * KEPT_DAYS })).execute()
  // In one order everywhere: two acts that tell the same people do not wait for each other in a circle.
  const mails = await tx.selectFrom('personMail').select(['personId', 'mailedAt', 'dueAt']).where('personId', 'in', people)
    .where('wantsNotices', '=', true).orderBy('personId').forUpdate().execute()
  for (const { personId, mailedAt, dueAt } of mails) {
    const due = mailDueAt(now, mailedAt)
    if (dueAt && Temporal.Instant.compare(dueAt, due) <= 0) continue
    await tx.updateTable('personMail').set({ dueAt: due }).where('personId', '=', personId).execute()
  }
}

/**
 * The same of several rows, to those whom nothing was told of that row in the last 24 hours: what goes on all day is told once. The caller
 * holds the rows, or two acts at once would each find nothing told yet.
 */
export async function notifyOnceADay(tx: Tx, kind: NoticeKind, about: readonly Required<Omit<Told, 'kind'>>[], now: Temporal.Instant): Promise<void> {
  const people = [...new Set(about.flatMap(({ to }) => to))]
  if (people.length === 0) return
  // All of them in that one order before the first is told.
  await tx.selectFrom('personMail').select('personId').where('personId', 'in', people).orderBy('personId').forUpdate().execute()
  const told = await tx.selectFrom('deskNotice').select(['personId', 'subject']).where('personId', 'in', people).where('kind', '=', kind)
    .where('at', '>', now.subtract({ hours: 24 })).execute()
  for (const { subject, to } of about) await notify(tx, { kind, subject, to: to.filter((id) => !told.some((one) => one.personId === id && one.subject === subject)) }, now)
}

/** Tells her when somebody signed in with her name on a kind of device that she never used here. Her first session is her coming in. */
export async function tellOfNewDevice(tx: Tx, personId: string, session: { id: string; device: string | null }, now: Temporal.Instant): Promise<void> {
  const others = tx.selectFrom('session').select('id').where('personId', '=', personId).where('id', '<>', session.id).limit(1)
  if (!(await others.executeTakeFirst())) return
  const known = await others.where((eb) => session.device === null ? eb('device', 'is', null) : eb('device', '=', session.device)).executeTakeFirst()
  if (!known) await notify(tx, { kind: 'signed-in', subject: session.id, to: [personId] }, now)
}

// What she reads is her own affair: these three leave no audit entry.

/** One notice of hers as read or, to undo that, as new. One that is another person's answers as one that never was. */
export async function markNotice(tx: Tx, who: Person, noticeId: string, isRead: boolean, now: Temporal.Instant): Promise<'not-found' | null> {
  if (!isId(noticeId)) return 'not-found'
  const marked = await tx.updateTable('deskNotice').set({ readAt: isRead ? now : null }).where('id', '=', noticeId).where('personId', '=', who.id).returning('id').executeTakeFirst()
  return marked ? null : 'not-found'
}

/** @param seen the newest that her page showed: what came since is still new */
export async function markAllRead(tx: Tx, who: Person, seen: Temporal.Instant, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('deskNotice').set({ readAt: now }).where('personId', '=', who.id).where('readAt', 'is', null).where('at', '<=', seen).execute()
}

/** Undoes what `markAllRead` did at that moment. */
export async function undoMarkAll(tx: Tx, who: Person, markedAt: Temporal.Instant): Promise<void> {
  await tx.updateTable('deskNotice').set({ readAt: null }).where('personId', '=', who.id).where('readAt', '=', markedAt).execute()
}

/** With her access goes all that was kept to tell her something. */
export async function forgetNoticesOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('deskNotice').where('personId', '=', personId).execute()
  await tx.deleteFrom('personMail').where('personId', '=', personId).execute()
  await tx.deleteFrom('mailConfirmation').where('personId', '=', personId).execute()
}
