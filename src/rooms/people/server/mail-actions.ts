import '#rooms/people/server/notice-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { mailDueAt } from '#rooms/people/notice.ts'
import { CONFIRM_HOURS, RETRY_HOURS, WAIT_TO_ASK_MINUTES } from '#rooms/people/mail.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'

export const CONFIRM_JOB = 'confirm-mail'
export const NOTICE_JOB = 'mail-notice'

type Sends = Pick<Jobs, 'send'>

/** Keeps an address until its link is opened. Whoever owns the address is asked, and not more often than every two minutes. */
export async function askToConfirm(tx: Tx, jobs: Sends, who: Person, address: string, now: Temporal.Instant): Promise<'too-soon' | null> {
  const row = { address, tokenHash: null, askedAt: now }
  const asked = await tx.insertInto('mailConfirmation').values({ personId: who.id, ...row })
    .onConflict((oc) => oc.column('personId').doUpdateSet(row).where('mailConfirmation.askedAt', '<=', now.subtract({ minutes: WAIT_TO_ASK_MINUTES })))
    .returning('personId').executeTakeFirst()
  if (!asked) return 'too-soon'
  await record(tx, { actor: who.id, act: 'ask-to-confirm-mail', subject: `person:${who.id}` }, now)
  await jobs.send(CONFIRM_JOB, { person: who.id }, { tx })
  return null
}

/** A new link for the address that waits; the one before it confirms nothing. Here stays its hash. */
export async function makeConfirmation(tx: Tx, personId: string): Promise<{ address: string; token: string; lang: string } | undefined> {
  const token = newToken()
  const row = await tx.updateTable('mailConfirmation').set({ tokenHash: hashToken(token) }).from('person')
    .whereRef('person.id', '=', 'personId').where('personId', '=', personId).where('address', 'is not', null).where('endedAt', 'is', null)
    .returning(['address', 'lang']).executeTakeFirst()
  return row && { address: row.address!, lang: row.lang, token }
}

/** Her address, when the link is hers, new enough and unused. From then on notices go there. */
export async function confirmMail(tx: Tx, who: Person, tokenHash: Buffer, now: Temporal.Instant): Promise<'not-found' | null> {
  const waiting = await tx.selectFrom('mailConfirmation').select('address').where('personId', '=', who.id).where('tokenHash', '=', tokenHash)
    .where('askedAt', '>', now.subtract({ hours: CONFIRM_HOURS })).forUpdate().executeTakeFirst()
  if (!waiting?.address) return 'not-found'
  await tx.updateTable('mailConfirmation').set({ address: null, tokenHash: null }).where('personId', '=', who.id).execute()
  // The one before hears of it at the desk: an address can be changed by whoever sits at an open session.
  await notify(tx, { kind: 'mail-changed', to: [who.id] }, now)
  const row = { address: waiting.address, confirmedAt: now, wantsNotices: true, dueAt: null }
  await tx.insertInto('personMail').values({ personId: who.id, mailedAt: null, ...row }).onConflict((oc) => oc.column('personId').doUpdateSet(row)).execute()
  await record(tx, { actor: who.id, act: 'confirm-mail', subject: `person:${who.id}` }, now)
  return null
}

export async function wantMail(tx: Tx, who: Person, wantsNotices: boolean, now: Temporal.Instant): Promise<'not-found' | null> {
  const row = await tx.updateTable('personMail').set({ wantsNotices, dueAt: null }).where('personId', '=', who.id).returning('personId').executeTakeFirst()
  if (!row) return 'not-found'
  await record(tx, { actor: who.id, act: wantsNotices ? 'want-mail' : 'want-no-mail', subject: `person:${who.id}` }, now)
  return null
}

/** The address is kept nowhere after this. When she last asked for a link stays, so that nobody floods a stranger with them. */
export async function removeMail(tx: Tx, who: Person, now: Temporal.Instant): Promise<void> {
  await tx.deleteFrom('personMail').where('personId', '=', who.id).execute()
  await tx.updateTable('mailConfirmation').set({ address: null, tokenHash: null }).where('personId', '=', who.id).execute()
  await record(tx, { actor: who.id, act: 'remove-mail', subject: `person:${who.id}` }, now)
}

/** Asks for the mails that are due, each once: until its job is done or has failed for good it is not due again. */
export async function claimDueMail(tx: Tx, jobs: Sends, now: Temporal.Instant): Promise<number> {
  const due = await tx.selectFrom('personMail').select('personId').where('dueAt', '<=', now).orderBy('personId').forUpdate().skipLocked().execute()
  for (const { personId } of due) {
    await tx.updateTable('personMail').set({ dueAt: now.add({ hours: RETRY_HOURS }) }).where('personId', '=', personId).execute()
    await jobs.send(NOTICE_JOB, { person: personId }, { tx })
  }
  return due.length
}

/** @param found as the job found it: what came since has moved `dueAt`, and is told by the next */
export async function noteMailed(tx: Tx, personId: string, found: { dueAt: Temporal.Instant; isSent: boolean }, lookedAt: Temporal.Instant): Promise<void> {
  const mail = await tx.selectFrom('personMail').select(['dueAt', 'mailedAt']).where('personId', '=', personId).forUpdate().executeTakeFirst()
  if (!mail?.dueAt) return
  const mailedAt = found.isSent ? lookedAt : mail.mailedAt
  const dueAt = mail.dueAt.equals(found.dueAt) ? null : mailDueAt(lookedAt, mailedAt)
  await tx.updateTable('personMail').set({ mailedAt, dueAt }).where('personId', '=', personId).execute()
}
