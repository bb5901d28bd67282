import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/pin-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'

export interface Delegate {
  id: string
  name: string
  lang: string
  organisationId: string
  hasPin: boolean
}

/** Who speaks for these organisations now. */
export async function listDelegates(db: ReadDb, organisationIds: readonly string[], now: Temporal.Instant): Promise<Delegate[]> {
  const asked = organisationIds.filter(isId)
  if (asked.length === 0) return []
  const rows = await db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').leftJoin('personPin', 'personPin.personId', 'person.id')
    .select(['person.id', 'person.name', 'person.lang', 'organisationId', 'chosenAt']).distinct()
    .where('duty', '=', 'delegate').where('organisationId', 'in', asked).where('endedAt', 'is', null).where('since', '<=', now)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).orderBy('person.name').orderBy('person.id').execute()
  return rows.map(({ chosenAt, organisationId, ...one }) => ({ ...one, organisationId: organisationId!, hasPin: chosenAt !== null }))
}

/** Who is asked by a link: what she is called, and in which language her page speaks. */
export async function findAsked(db: ReadDb, personId: string): Promise<{ name: string; lang: string } | undefined> {
  return db.selectFrom('person').select(['name', 'lang']).where('id', '=', personId).where('endedAt', 'is', null).executeTakeFirst()
}
