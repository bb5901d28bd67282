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
import { type NewSession, startSession } from '#rooms/people/server/session-actions.ts'

export interface Newcomer extends NewSession {
  name: string
  signInName: string
  lang: string
  passwordHash: string
  /** What the app shows for the link's key. */
  code: string
  recoveryHashes: readonly Buffer[]
}

export type ObstacleToComingIn = 'dead-link' | 'wrong-code' | 'name-taken'
export type ComingIn = { cameIn: true; personId: string; token: string } | { cameIn: false; obstacle: ObstacleToComingIn }

/** Lets one person in by a link: she, her duty, her secrets and her first session at once, and the link is used up. */
export async function comeIn(tx: Tx, tokenHash: Buffer, who: Newcomer, now: Temporal.Instant): Promise<ComingIn> {
  const link = await lockEntryLink(tx, tokenHash)
  if (!link || obstacleToEntry(link, now)) return { cameIn: false, obstacle: 'dead-link' }
  const step = stepOfCode(link.totpSecret!, who.code, now, undefined)
  if (step === undefined) return { cameIn: false, obstacle: 'wrong-code' }
  const added = await tx.insertInto('person').values({
    id: newId(), name: who.name.trim(), signInName: who.signInName.trim(), signInKey: signInKey(who.signInName), lang: who.lang, createdAt: now, endedAt: null,
  }).onConflict((oc) => oc.column('signInKey').doNothing()).returning('id').executeTakeFirst()
  if (!added) return { cameIn: false, obstacle: 'name-taken' }
  const personId = added.id
  await keepSecrets(tx, personId, link, who, step, now)
  await tellOfComing(tx, personId, link.createdBy, now)
  await giveDuty(tx, personId, link, now)
  await tx.updateTable('entryLink').set({ usedAt: now, usedBy: personId, totpSecret: null }).where('id', '=', link.id).execute()
  const { token } = await startSession(tx, personId, who, now)
  await record(tx, { actor: personId, act: 'come-in', subject: `person:${personId}`, detail: { entryLinkId: link.id } }, now)
  return { cameIn: true, personId, token }
}

async function keepSecrets(tx: Tx, personId: string, link: EntryLink, who: Newcomer, step: number, now: Temporal.Instant) {
  await tx.insertInto('personSecret').values({
    personId, passwordHash: who.passwordHash, totpSecret: link.totpSecret, totpLastStep: step, changedAt: now,
  }).execute()
  await tx.insertInto('recoveryCode').values(who.recoveryHashes.map((hash) => ({ personId, hash, madeAt: now, usedAt: null }))).execute()
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
