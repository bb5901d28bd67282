import { sql } from 'kysely'
import '#rooms/people/server/notice-tables.ts'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { CONFIRM_HOURS } from '#rooms/people/mail.ts'
import { KINDS_OF_KEYS } from '#rooms/people/notice.ts'

export interface OwnMail {
  confirmed: { address: string; wantsNotices: boolean } | null
  /** The address whose link was not opened yet. */
  waiting: string | null
}

export async function findOwnMail(db: ReadDb, personId: string, now: Temporal.Instant): Promise<OwnMail> {
  const confirmed = await db.selectFrom('personMail').select(['address', 'wantsNotices']).where('personId', '=', personId).executeTakeFirst()
  const waiting = await db.selectFrom('mailConfirmation').select('address').where('personId', '=', personId).where('askedAt', '>', now.subtract({ hours: CONFIRM_HOURS })).executeTakeFirst()
  return { confirmed: confirmed ?? null, waiting: waiting?.address ?? null }
}

/** The address that this link would confirm for her; looking uses nothing up. */
export async function findConfirmation(db: ReadDb, personId: string, tokenHash: Buffer, now: Temporal.Instant): Promise<string | undefined> {
  const row = await db.selectFrom('mailConfirmation').select('address').where('personId', '=', personId).where('tokenHash', '=', tokenHash)
    .where('askedAt', '>', now.subtract({ hours: CONFIRM_HOURS })).executeTakeFirst()
  return row?.address ?? undefined
}

/**
 * Where a mail goes that is due, and whether there is something to tell: what is new at the desk, or what may be somebody
 * else at her account since the last mail, also when that somebody marked it as read. A minute before that mail counts
 * too: an act may have been writing while it went out.
 */
export async function findDueMail(db: ReadDb, personId: string): Promise<{ address: string; lang: string; dueAt: Temporal.Instant; isToTell: boolean } | undefined> {
  const row = await db.selectFrom('personMail').innerJoin('person', 'person.id', 'personId').select(['address', 'lang', 'dueAt'])
    .select(({ exists, selectFrom }) => exists(selectFrom('deskNotice').select('deskNotice.id').whereRef('deskNotice.personId', '=', 'personMail.personId')
      .where('at', '>', sql<Temporal.Instant>`greatest(confirmed_at, mailed_at - interval '1 minute')`)
      .where((eb) => eb.or([eb('readAt', 'is', null), eb('kind', 'in', KINDS_OF_KEYS)]))).as('isToTell'))
    .where('personId', '=', personId).where('endedAt', 'is', null).where('wantsNotices', '=', true).executeTakeFirst()
  return row?.dueAt ? { ...row, dueAt: row.dueAt, isToTell: Boolean(row.isToTell) } : undefined
}
