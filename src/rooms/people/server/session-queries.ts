import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Duty, Person } from '#kernel/viewer/viewer.ts'
import { isAlive, isSeenLongAgo } from '#rooms/people/session.ts'
import { dutiesNow } from '#rooms/people/server/member-queries.ts'

export interface SignedIn {
  viewer: Person
  lang: string
  sharedDevice: boolean
  /** It is time to write down that she was here. */
  isSeenLongAgo: boolean
}

/** Who comes with this token, and what she may do: one statement, by an index. Undefined when the session is over. */
export async function findSignedIn(db: ReadDb, tokenHash: Buffer, now: Temporal.Instant): Promise<SignedIn | undefined> {
  const row = await db.selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select(['session.id as sessionId', 'session.startedAt', 'session.lastSeenAt', 'session.sharedDevice', 'session.endedAt', 'session.tabClosedAt', 'person.id', 'person.lang'])
    .select(dutiesNow<Duty[]>(now).as('duties'))
    .where('session.tokenHash', '=', tokenHash).where('person.endedAt', 'is', null).executeTakeFirst()
  if (!row || !isAlive(row, now)) return undefined
  const { id, sessionId, duties, lang, sharedDevice } = row
  return { viewer: { is: 'person', id, sessionId, duties }, lang, sharedDevice, isSeenLongAgo: isSeenLongAgo(row, now) }
}

/** When this session began; undefined when it has been ended. */
export function findSessionStart(db: ReadDb, sessionId: string): Promise<{ startedAt: Temporal.Instant; sharedDevice: boolean } | undefined> {
  return db.selectFrom('session').select(['startedAt', 'sharedDevice']).where('id', '=', sessionId).where('endedAt', 'is', null).executeTakeFirst()
}

export interface ListedSession {
  id: string
  device: string | null
  startedAt: Temporal.Instant
  sharedDevice: boolean
}

/** Her sessions that are not over, the newest first. */
export async function listSessions(db: ReadDb, personId: string, now: Temporal.Instant): Promise<ListedSession[]> {
  const rows = await db.selectFrom('session').select(['id', 'device', 'startedAt', 'sharedDevice', 'lastSeenAt', 'endedAt', 'tabClosedAt'])
    .where('personId', '=', personId).where('endedAt', 'is', null).orderBy('startedAt', 'desc').orderBy('id').execute()
  return rows.filter((row) => isAlive(row, now)).map(({ id, device, startedAt, sharedDevice }) => ({ id, device, startedAt, sharedDevice }))
}
