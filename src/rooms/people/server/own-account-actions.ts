import '#rooms/people/server/recovery-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { newTotpSecret, stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { findNewKey } from '#rooms/people/server/own-account-queries.ts'
import { isProven } from '#rooms/people/server/proof-actions.ts'
import type { Proof } from '#rooms/people/server/proving.ts'
import { lockSecretsOf } from '#rooms/people/server/sign-in-queries.ts'
import { endSessionsBut, replaceRecoveryCodes } from '#rooms/people/server/ways-in-actions.ts'

/** As she wants to be called, and the language in which the desk speaks to her. What she signs in with stays. */
export async function changeName(tx: Tx, who: Person, { name, lang }: { name: string; lang: string }, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('person').set({ name: name.trim(), lang }).where('id', '=', who.id).execute()
  await record(tx, { actor: who.id, act: 'change-name', subject: `person:${who.id}`, detail: { lang } }, now)
}

/** Another password. Her other sessions end: whoever knew the old one may be in one of them. */
export async function changePassword(tx: Tx, who: Person, proof: Proof, passwordHash: string, now: Temporal.Instant): Promise<'not-proven' | 'no-password' | null> {
  if (!(await isProven(tx, who, proof, now))) return 'not-proven'
  const changed = await tx.updateTable('personSecret').set({ passwordHash, changedAt: now }).where('personId', '=', who.id).where('passwordHash', 'is not', null).returning('personId').executeTakeFirst()
  if (!changed) return 'no-password'
  await endSessionsBut(tx, who.id, who.sessionId, now)
  await record(tx, { actor: who.id, act: 'change-password', subject: `person:${who.id}` }, now)
  await notify(tx, { kind: 'password-changed', to: [who.id] }, now)
  return null
}

/** New recovery codes; the old ones, used or not, open nothing any more. */
export async function changeRecoveryCodes(tx: Tx, who: Person, proof: Proof, hashes: readonly Buffer[], now: Temporal.Instant): Promise<'not-proven' | null> {
  if (!(await isProven(tx, who, proof, now))) return 'not-proven'
  await replaceRecoveryCodes(tx, who.id, hashes, now)
  await record(tx, { actor: who.id, act: 'make-recovery-codes', subject: `person:${who.id}`, detail: { codes: hashes.length } }, now)
  await notify(tx, { kind: 'codes-changed', to: [who.id] }, now)
  return null
}

/** Makes the key for a new app, to be shown to this session alone. The old one stays until the new one has shown a code. */
export async function beginKeyChange(tx: Tx, who: Person, proof: Proof, now: Temporal.Instant): Promise<'not-proven' | null> {
  if (!(await isProven(tx, who, proof, now))) return 'not-proven'
  const made = { totpSecret: newTotpSecret(), madeAt: now }
  await tx.insertInto('keyChange').values({ sessionId: who.sessionId, ...made }).onConflict((oc) => oc.column('sessionId').doUpdateSet(made)).execute()
  await record(tx, { actor: who.id, act: 'begin-key-change', subject: `person:${who.id}` }, now)
  return null
}

/**
 * The new key is hers from the first code that it shows; her other sessions end.
 * @param passwordHash of her first password, for who had none; passed over for everybody else
 */
export async function finishKeyChange(tx: Tx, who: Person, code: string, passwordHash: string | null, now: Temporal.Instant): Promise<'no-key' | 'wrong-code' | 'no-password' | null> {
  const secrets = await lockSecretsOf(tx, who.id)
  const totpSecret = await findNewKey(tx, who.sessionId, now)
  if (totpSecret === undefined) return 'no-key'
  const totpLastStep = stepOfCode(totpSecret, code, now, undefined)
  if (totpLastStep === undefined) return 'wrong-code'
  const kept = secrets?.passwordHash ?? passwordHash
  if (kept === null) return 'no-password'
  const changed = { passwordHash: kept, totpSecret, totpLastStep, changedAt: now }
  await tx.insertInto('personSecret').values({ personId: who.id, ...changed }).onConflict((oc) => oc.column('personId').doUpdateSet(changed)).execute()
  await tx.deleteFrom('keyChange').where('sessionId', '=', who.sessionId).execute()
  await endSessionsBut(tx, who.id, who.sessionId, now)
  await record(tx, { actor: who.id, act: 'change-key', subject: `person:${who.id}` }, now)
  await notify(tx, { kind: 'app-changed', to: [who.id] }, now)
  return null
}
