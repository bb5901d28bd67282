import '#rooms/people/server/passkey-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isCounterBack, type PasskeyPlace } from '#rooms/people/passkey.ts'
import { challengeIn, credentialIn, readOpened } from '#rooms/people/server/passkey-answer.ts'
import { takeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { lockPasskey } from '#rooms/people/server/passkey-queries.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'

/**
 * Lets her in by a passkey that signed our challenge; undefined when not, whatever it was that did not fit. Nobody types
 * a name: the device knows which passkeys it has for this host. Never on a shared device, so the session is a whole one.
 */
export async function signInByPasskey(tx: Tx, answer: string, place: PasskeyPlace, device: string | null, now: Temporal.Instant): Promise<{ token: string } | undefined> {
  const challenge = challengeIn(answer)
  const credentialId = credentialIn(answer)
  if (challenge === undefined || !(await takeChallenge(tx, challenge, { purpose: 'sign-in' }, now)) || !credentialId) return undefined
  const passkey = await lockPasskey(tx, credentialId, place.rpId)
  const counter = passkey && (await readOpened(answer, challenge, place, passkey))
  if (counter === undefined) return undefined
  const { id, personId } = passkey!
  if (isCounterBack(passkey!.signCount, counter)) {
    // Noted only now, when the signature was right: nobody without the key can fill the log.
    await record(tx, { actor: personId, act: 'refuse-passkey', subject: `passkey:${id}`, detail: { why: 'counter-went-back' } }, now)
    return undefined
  }
  await tx.updateTable('passkey').set({ signCount: BigInt(counter), lastUsedAt: now }).where('id', '=', id).execute()
  const session = await startSession(tx, personId, { sharedDevice: false, device }, now)
  await record(tx, { actor: personId, act: 'sign-in', subject: `session:${session.id}`, detail: { by: 'passkey' } }, now)
  return { token: session.token }
}
