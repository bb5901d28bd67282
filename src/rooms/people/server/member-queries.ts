import { sql } from 'kysely'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Invited } from '#rooms/people/invitation.ts'
import type { DutyName } from '#rooms/people/person.ts'

export interface Member {
  id: string
  name: string
  signInName: string
  since: Temporal.Instant
  duties: { duty: DutyName; organisationId: string | null; lang: string | null }[]
}

/** What a `person` may do at this moment, as json. */
export const dutiesNow = <T>(now: Temporal.Instant) => sql<T>`(select coalesce(json_agg(json_build_object('duty', d.duty, 'organisationId', d.organisation_id, 'lang', d.lang) order by d.id), '[]'::json)
  from person_duty d where d.person_id = person.id and d.since <= ${now} and (d.until is null or d.until > ${now}))`

/** Who may sign in, for stewards: the one who came first, first. */
export async function listMembers(db: ReadDb, now: Temporal.Instant): Promise<Member[]> {
  return db.selectFrom('person').select(['id', 'name', 'signInName', 'createdAt as since'])
    .select(dutiesNow<Member['duties']>(now).as('duties'))
    .where('endedAt', 'is', null).orderBy('createdAt').orderBy('id').execute()
}

/** What people are called, by id, also those who left. What is no person's id is not among them. */
export async function listNames(db: ReadDb, ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter(isId)
  if (asked.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', asked).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Links by which somebody can still come in, for stewards; none of them can be shown again. */
export function listOpenLinks(db: ReadDb, now: Temporal.Instant): Promise<(Invited & { id: string; expiresAt: Temporal.Instant })[]> {
  return db.selectFrom('entryLink').select(['id', 'duty', 'organisationId', 'lang', 'expiresAt'])
    .where('usedAt', 'is', null).where('revokedAt', 'is', null).where('expiresAt', '>', now).orderBy('createdAt').orderBy('id').execute()
}

/** Who is a steward now, asked of the rows themselves and held until the act is done: a session may know an older answer. */
export async function lockStewards(tx: ReadDb, now: Temporal.Instant): Promise<string[]> {
  // In one order everywhere: of two stewards who let each other go, one waits for the other.
  const rows = await tx.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('personId')
    .where('duty', '=', 'steward').where('endedAt', 'is', null).where('since', '<=', now)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).orderBy('personDuty.id').forUpdate().execute()
  return rows.map((row) => row.personId)
}
