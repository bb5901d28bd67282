import { act } from '#kernel/database/act.ts'
import type { Databases } from '#kernel/database/databases.ts'
import { newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { DutyName } from '#rooms/people/person.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'
import '#rooms/people/server/person-tables.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'

export interface Standing extends Person { signInName: string; token: string; key: string; recoveryCode: string }

/** Somebody who has been here since then, with one duty (a steward's is for no organisation), a session and all secrets. */
export async function standingPerson(db: Databases, signInName: string, duty: DutyName, organisationId: string | null, since: Temporal.Instant, passwordHash = '$argon2id$test'): Promise<Standing> {
  const id = newId()
  const key = newTotpSecret()
  const recoveryCode = `code-of-${signInName}`
  const session = await act({ db }, async (tx) => {
    await tx.insertInto('person').values({ id, name: `Name of ${signInName}`, signInName, signInKey: signInName, lang: 'en', createdAt: since, endedAt: null }).execute()
    await tx.insertInto('personDuty').values({ id: newId(), personId: id, duty, organisationId, lang: null, since, until: null, givenBy: 'operator' }).execute()
    await tx.insertInto('personSecret').values({ personId: id, passwordHash, totpSecret: key, totpLastStep: null, changedAt: since }).execute()
    await tx.insertInto('recoveryCode').values({ personId: id, hash: hashRecoveryCode(recoveryCode), madeAt: since, usedAt: null }).execute()
    return startSession(tx, id, { sharedDevice: false, device: null }, since)
  })
  return { is: 'person', id, sessionId: session.id, duties: [{ duty, organisationId, lang: null }], signInName, token: session.token, key, recoveryCode }
}
