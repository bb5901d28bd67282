import { sql } from 'kysely'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'
import type { Invited } from '#rooms/people/invitation.ts'

export interface GivenDuty extends Invited {
  id: string
  since: Temporal.Instant
  until: Temporal.Instant | null
  /** Who gave it, as she wants to be called; null where that was no person. */
  givenByName: string | null
}

export interface KnownPerson {
  id: string
  name: string
  signInName: string
  since: Temporal.Instant
  /** When she left; null while she can sign in. */
  endedAt: Temporal.Instant | null
  /** What she may do and what she could do, the newest first. */
  duties: GivenDuty[]
}

/** One person with every duty that she was given, for stewards. */
export async function findPerson(db: ReadDb, id: string): Promise<KnownPerson | undefined> {
  if (!isId(id)) return undefined
  const person = await db.selectFrom('person').select(['id', 'name', 'signInName', 'createdAt as since', 'endedAt']).where('id', '=', id).executeTakeFirst()
  if (!person) return undefined
  const duties = await db.selectFrom('personDuty')
    .leftJoin('person as giver', (join) => join.on(sql<boolean>`giver.id::text = person_duty.given_by`))
    .select(['personDuty.id', 'duty', 'organisationId', 'personDuty.lang', 'since', 'until', 'giver.name as givenByName'])
    .where('personId', '=', id).orderBy('since', 'desc').orderBy('personDuty.id', 'desc').execute()
  return { ...person, duties }
}

/**
 * What people may do, by person, asked of the rows and held until the act is done: all in one order, so that two acts do not wait
 * for each other in a circle. An end that is written down counts at once, whatever hour the act began at.
 */
export async function lockDutiesOf(tx: ReadDb, personIds: readonly string[], now: Temporal.Instant): Promise<Map<string, Duty[]>> {
  const of = new Map<string, Duty[]>(personIds.map((id) => [id, []]))
  const asked = [...of.keys()].filter(isId)
  if (asked.length === 0) return of
  const rows = await tx.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select(['personId', 'duty', 'organisationId', 'personDuty.lang'])
    .where('personId', 'in', asked).where('endedAt', 'is', null).where('since', '<=', now).where('until', 'is', null).orderBy('personDuty.id').forShare('personDuty').execute()
  for (const { personId, ...duty } of rows) of.get(personId)!.push(duty)
  return of
}

/** What somebody may do now, asked of the rows and held until the act is done: a session may know an older answer. */
export function lockDuties(tx: ReadDb, personId: string, now: Temporal.Instant): Promise<Duty[]> {
  return tx.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select(['duty', 'organisationId', 'personDuty.lang'])
    .where('personId', '=', personId).where('endedAt', 'is', null).where('since', '<=', now)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).orderBy('personDuty.id').forShare('personDuty').execute()
}

/** The same as `lockDuties`, only looked at. */
export function listDutiesOf(db: ReadDb, personId: string, now: Temporal.Instant): Promise<Duty[]> {
  return db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select(['duty', 'organisationId', 'personDuty.lang'])
    .where('personId', '=', personId).where('endedAt', 'is', null).where('since', '<=', now)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).execute()
}
