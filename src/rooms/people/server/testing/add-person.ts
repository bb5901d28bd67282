import '#rooms/people/server/person-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { Invited } from '#rooms/people/invitation.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'

let count = 0

/** Somebody with one duty who is signed in, without the long way through a link. */
export async function addPerson(tx: Tx, duty: Invited, now: Temporal.Instant): Promise<Person & { name: string; token: string }> {
  const id = newId()
  const name = `person-${++count}`
  await tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'en', createdAt: now, endedAt: null }).execute()
  await tx.insertInto('personDuty').values({ id: newId(), personId: id, ...duty, since: now, until: null, givenBy: 'operator' }).execute()
  const session = await startSession(tx, id, { sharedDevice: false, device: null }, now)
  return { is: 'person', id, sessionId: session.id, duties: [duty], name, token: session.token }
}
