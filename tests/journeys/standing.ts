// Somebody with a session in a running house, for journeys that begin behind sign-in.
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { DutyName } from '#rooms/people/person.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'

export interface Standing { id: string; token: string; sessionId: string }

interface Given { duty?: DutyName; organisationId?: string; lang?: string; sharedDevice?: boolean }

/** With one duty, or none; without password and codes: she came in before. */
export async function newStanding(tx: Tx, name: string, { duty, organisationId, lang = 'es', sharedDevice = false }: Given = {}): Promise<Standing> {
  const now = Temporal.Now.instant()
  const id = newId()
  await tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang, createdAt: now, endedAt: null }).execute()
  if (duty) await tx.insertInto('personDuty').values({ id: newId(), personId: id, duty, organisationId: organisationId ?? null, lang: null, since: now, until: null, givenBy: 'operator' }).execute()
  const session = await startSession(tx, id, { sharedDevice, device: null }, now)
  return { id, token: session.token, sessionId: session.id }
}
