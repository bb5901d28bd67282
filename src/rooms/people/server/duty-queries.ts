import { sql } from 'kysely'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
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
