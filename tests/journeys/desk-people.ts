// People of the desk for a journey, made beside the running house: who they are is given, not come in for.
import { newId } from '#kernel/id/id.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { DutyName } from '#rooms/people/person.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'

export const PASSWORD = 'four words in a row'
/** Each lets in once. */
export const RECOVERY = ['aaaa-3333-tttt-7777', 'aaaa-3333-tttt-9999', 'aaaa-3333-tttt-4444', 'aaaa-3333-tttt-6666']

export interface DeskPerson {
  id: string
  /** As a browser sends it to the machine's own name. */
  cookie: string
  sessionId: string
}

/** Made once a file: each costs what a guess costs. */
let passwordHash: Promise<string> | undefined

/** Somebody with one duty, a password, recovery codes and a session. */
export async function addDeskPerson(
  tx: Tx, signInName: string, duty: DutyName, { organisationId = null, lang = null }: { organisationId?: string | null; lang?: string | null } = {},
): Promise<DeskPerson> {
  const now = Temporal.Now.instant()
  const id = newId()
  await tx.insertInto('person').values({ id, name: signInName, signInName, signInKey: signInName, lang: 'en', createdAt: now, endedAt: null }).execute()
  await tx.insertInto('personDuty').values({ id: newId(), personId: id, duty, organisationId, lang, since: now, until: null, givenBy: 'operator' }).execute()
  await tx.insertInto('personSecret').values({ personId: id, passwordHash: await (passwordHash ??= hashPassword(PASSWORD)), totpSecret: newTotpSecret(), totpLastStep: null, changedAt: now }).execute()
  await tx.insertInto('recoveryCode').values(RECOVERY.map((code) => ({ personId: id, hash: hashRecoveryCode(code), madeAt: now, usedAt: null }))).execute()
  const session = await startSession(tx, id, { sharedDevice: false, device: null }, now)
  return { id, cookie: `altavoz=${session.token}`, sessionId: session.id }
}
