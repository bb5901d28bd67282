import '#rooms/people/server/passkey-tables.ts'
import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import { type EntryLink, obstacleToEntry } from '#rooms/people/entry-link.ts'
import { signInKey } from '#rooms/people/person.ts'
import { lockEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { listOnDuty } from '#rooms/people/server/notice-queries.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { keepPasskey, type NewPasskey, takeMade } from '#rooms/people/server/passkey-actions.ts'
import type { MadePasskey } from '#rooms/people/server/passkey-answer.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { type NewSession, startSession } from '#rooms/people/server/session-actions.ts'

export interface Named extends NewSession {
  name: string
  signInName: string
  lang: string
  recoveryHashes: readonly Buffer[]
  /** Of the six digits by which a delegate answers; null where she chooses them later. */
  pinHash: string | null
}

export interface Newcomer extends Named {
  passwordHash: string
  /** What the app shows for the link's key. */
  code: string
}

export interface PasskeyNewcomer extends Named {
  passkey: NewPasskey
}

export type ObstacleToComingIn = 'dead-link' | 'wrong-code' | 'name-taken' | 'passkey-refused'
export type ComingIn = { cameIn: true; personId: string; token: string } | { cameIn: false; obstacle: ObstacleToComingIn }

/** Lets one person in by a link: she, her duty, her secrets and her first session at once, and the link is used up. */
export async function comeIn(tx: Tx, tokenHash: Buffer, who: Newcomer | PasskeyNewcomer, now: Temporal.Instant): Promise<ComingIn> {
  const link = await lockEntryLink(tx, tokenHash)
  if (!link || obstacleToEntry(link, now)) return { cameIn: false, obstacle: 'dead-link' }
  const shown = 'passkey' in who ? await showPasskey(tx, link, who.passkey, now) : showCode(link, who, now)
  if ('obstacle' in shown) return { cameIn: false, obstacle: shown.obstacle }
  const added = await tx.insertInto('person').values({
    id: newId(), name: who.name.trim(), signInName: who.signInName.trim(), signInKey: signInKey(who.signInName), lang: who.lang, createdAt: now, endedAt: null,
  }).onConflict((oc) => oc.column('signInKey').doNothing()).returning('id').executeTakeFirst()
  if (!added) return { cameIn: false, obstacle: 'name-taken' }
  const personId = added.id
  await tx.insertInto('personSecret').values({ personId, ...shown.secrets, changedAt: now }).execute()
  await tx.insertInto('recoveryCode').values(who.recoveryHashes.map((hash) => ({ personId, hash, madeAt: now, usedAt: null }))).execute()
  await tellOfComing(tx, personId, link.createdBy, now)
  await giveDuty(tx, personId, link, now)
  await tx.updateTable('entryLink').set({ usedAt: now, usedBy: personId, totpSecret: null }).where('id', '=', link.id).execute()
  const { token } = await startSession(tx, personId, who, now)
  await record(tx, { actor: personId, act: 'come-in', subject: `person:${personId}`, detail: { entryLinkId: link.id } }, now)
  if (who.pinHash !== null && link.duty === 'delegate') await chooseFirstPin(tx, personId, who.pinHash, now)
  // The link is locked, and a passkey that is here already came with a challenge of ours: somebody plays. Nothing of it stays.
  if (shown.made && 'passkey' in who && !(await keepPasskey(tx, personId, shown.made, who.passkey.place, who.passkey.label, now))) throw new Error('this passkey is here already')
  return { cameIn: true, personId, token }
}

/** Nobody is told: she herself is here, and had none before. */
async function chooseFirstPin(tx: Tx, personId: string, pinHash: string, now: Temporal.Instant) {
  await writePin(tx, personId, pinHash, now)
  await record(tx, { actor: personId, act: 'choose-pin', subject: `person:${personId}` }, now)
}

interface Shown {
  secrets: { passwordHash: string | null; totpSecret: string | null; totpLastStep: number | null }
  made?: MadePasskey
}

function showCode(link: EntryLink, who: Newcomer, now: Temporal.Instant): Shown | { obstacle: ObstacleToComingIn } {
  const step = stepOfCode(link.totpSecret!, who.code, now, undefined)
  if (step === undefined) return { obstacle: 'wrong-code' }
  return { secrets: { passwordHash: who.passwordHash, totpSecret: link.totpSecret, totpLastStep: step } }
}

/** She has neither password nor app: the link's key goes with the link. */
async function showPasskey(tx: Tx, link: EntryLink, { answer, place }: NewPasskey, now: Temporal.Instant): Promise<Shown | { obstacle: ObstacleToComingIn }> {
  const made = await takeMade(tx, answer, place, { purpose: 'come-in', entryLinkId: link.id }, now)
  return made ? { made, secrets: { passwordHash: null, totpSecret: null, totpLastStep: null } } : { obstacle: 'passkey-refused' }
}

/** Whoever invited her is told. A link of the server's own makes a steward whom no steward invited: all of them are told. */
async function tellOfComing(tx: Tx, personId: string, createdBy: string, now: Temporal.Instant) {
  if (isId(createdBy)) return notify(tx, { kind: 'came-in', subject: personId, to: [createdBy] }, now)
  await notify(tx, { kind: 'steward-came-in', subject: personId, to: await listOnDuty(tx, { duty: 'steward' }, now) }, now)
}

async function giveDuty(tx: Tx, personId: string, link: EntryLink & { createdBy: string }, now: Temporal.Instant) {
  const { duty, organisationId, lang, createdBy: givenBy } = link
  const id = newId()
  await tx.insertInto('personDuty').values({ id, personId, duty, organisationId, lang, since: now, until: null, givenBy }).execute()
  await record(tx, { actor: givenBy, act: 'give-duty', subject: `person:${personId}`, detail: { dutyId: id, duty, organisationId, lang } }, now)
}
