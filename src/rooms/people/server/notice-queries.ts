import '#rooms/people/server/notice-tables.ts'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { MOST_SHOWN, type NoticeKind } from '#rooms/people/notice.ts'
import type { DutyName } from '#rooms/people/person.ts'

export interface Notice {
  id: string
  kind: NoticeKind
  at: Temporal.Instant
  readAt: Temporal.Instant | null
  subject: string | null
  /** Of what it is about, as far as that is there. */
  person: string | null
  device: string | null
  duty: DutyName | null
  organisationId: string | null
}

/** Her own, what is new first and in each the newest first; as many as a page shows. */
export async function listNotices(db: ReadDb, personId: string, limit = MOST_SHOWN): Promise<Notice[]> {
  return db.selectFrom('deskNotice').leftJoin('person', 'person.id', 'subject').leftJoin('session', 'session.id', 'subject')
    .leftJoin('personDuty', 'personDuty.id', 'subject').leftJoin('organisation', 'organisation.id', 'subject')
    .select(['deskNotice.id', 'kind', 'at', 'readAt', 'subject', 'person.name as person', 'session.device', 'personDuty.duty'])
    .select(({ fn }) => fn.coalesce('personDuty.organisationId', 'organisation.id').as('organisationId'))
    .where('deskNotice.personId', '=', personId)
    .orderBy((eb) => eb('readAt', 'is not', null)).orderBy('at', 'desc').orderBy('deskNotice.id', 'desc').limit(limit).execute()
}

export async function countNewNotices(db: ReadDb, personId: string): Promise<number> {
  const { count } = await db.selectFrom('deskNotice').select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('personId', '=', personId).where('readAt', 'is', null).executeTakeFirstOrThrow()
  return Number(count)
}

/** Who has a duty now: of stewards, or in an organisation. */
export async function listOnDuty(db: ReadDb, of: { duty: DutyName } | { organisationId: string }, now: Temporal.Instant): Promise<string[]> {
  const rows = await db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('personId').distinct()
    .where('endedAt', 'is', null).where('since', '<=', now).where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .where((eb) => 'duty' in of ? eb('duty', '=', of.duty) : eb('organisationId', '=', of.organisationId)).execute()
  return rows.map(({ personId }) => personId)
}

/** Who edits in an organisation now, for one of these languages or for all. */
export async function listEditors(db: ReadDb, organisationId: string, langs: readonly string[], now: Temporal.Instant): Promise<string[]> {
  const rows = await db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('personId').distinct()
    .where('endedAt', 'is', null).where('since', '<=', now).where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .where('duty', '=', 'editor').where('organisationId', '=', organisationId).where((eb) => eb.or([eb('personDuty.lang', 'is', null), eb('personDuty.lang', 'in', [...langs])])).execute()
  return rows.map(({ personId }) => personId)
}

/** Those of these people who may still come in. */
export async function listStanding(db: ReadDb, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('person').select('id').where('id', 'in', [...ids]).where('endedAt', 'is', null).execute()
  return rows.map(({ id }) => id)
}
