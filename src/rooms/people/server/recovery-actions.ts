import '#rooms/people/server/recovery-tables.ts'
import type { ExpressionBuilder } from 'kysely'
import { record, SYSTEM } from '#kernel/audit/server/audit.ts'
import type { Tables, Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { helpersOf, mayConfirm, MOST_OPEN_REQUESTS, MOST_WRONG_CODES, RECOVERY_DAYS, wayBack } from '#rooms/people/recovery.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { findRequest, isConfirmedNow, listCircles, listConfirmations, listWrongCodes, lockPersonNamed, lockRequest, lockRequestsOf, type OpenRequest } from '#rooms/people/server/recovery-queries.ts'
import { newRecoveryToken, spokenCodeOf } from '#rooms/people/server/recovery-token.ts'
import { listSessions } from '#rooms/people/server/session-queries.ts'
import { isUnusedRecoveryCode } from '#rooms/people/server/sign-in-queries.ts'

/** What is asked where there is nobody, so that time does not tell. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * The token of a page by which whoever has this name comes back in when colleagues confirm; for a name that nobody has, of
 * a page that looks the same. Asking ends no request that somebody confirmed, and else the oldest of a hundred: who asks in
 * her name again and again kills hers only while nobody has confirmed it.
 */
export async function askForRecovery(tx: Tx, signInKey: string, now: Temporal.Instant): Promise<string> {
  const expiresAt = now.add({ hours: 24 * RECOVERY_DAYS })
  const personId = (await lockPersonNamed(tx, signInKey))?.id ?? NOBODY
  const open = await lockRequestsOf(tx, personId, now)
  const confirmed = new Set((await listConfirmations(tx, open.map(({ id }) => id))).map((one) => one.recoveryRequestId))
  let token = newRecoveryToken(expiresAt)
  while (open.some(({ spokenCode }) => spokenCode === spokenCodeOf(token))) token = newRecoveryToken(expiresAt)
  if (personId === NOBODY) return token
  await removeWhatIsOver(tx, now)
  const oldest = open.filter(({ id }) => !confirmed.has(id)).slice(0, Math.max(0, open.length + 1 - MOST_OPEN_REQUESTS))
  await removeRequests(tx, oldest)
  const id = newId()
  await tx.insertInto('recoveryRequest').values({
    id, tokenHash: hashToken(token), personId, spokenCode: spokenCodeOf(token), totpSecret: newTotpSecret(), askedAt: now, expiresAt, codeGivenAt: null, confirmedAt: null, usedAt: null,
  }).execute()
  // Strangers can ask: one entry and one notice for all that is open, or they would fill the log, which nobody can shorten, and every desk.
  if (open.length > 0) return token
  await record(tx, { actor: SYSTEM, act: 'ask-recovery', subject: `person:${personId}`, detail: { recoveryRequestId: id } }, now)
  await tellOfAsking(tx, personId, now)
  return token
}

/** Those who can confirm and, where she is signed in, herself: it may be somebody else who asks, and she can have it refused. */
async function tellOfAsking(tx: Tx, personId: string, now: Temporal.Instant) {
  const way = wayBack({ personId, askedAt: now }, await listCircles(tx, [personId], now))
  await notify(tx, { kind: 'recovery-asked', subject: personId, to: helpersOf(way) }, now)
  if ((await listSessions(tx, personId, now)).length > 0) await notify(tx, { kind: 'recovery-asked-as-you', to: [personId] }, now)
}

/** Keys that were made for nothing do not stay. A used request does until its page would have ended, so that it says so. */
async function removeWhatIsOver(tx: Tx, now: Temporal.Instant) {
  const isOver = (eb: ExpressionBuilder<Tables, 'recoveryRequest'>) => eb.selectFrom('recoveryRequest').select('id').where('expiresAt', '<=', now).forUpdate().skipLocked()
  await tx.deleteFrom('recoveryRequest').where('id', 'in', isOver).execute()
  await tx.deleteFrom('recoveryWrongCode').where('typedAt', '<', now.subtract({ hours: 24 * RECOVERY_DAYS })).execute()
}

async function removeRequests(tx: Tx, requests: readonly { id: string }[]) {
  if (requests.length > 0) await tx.deleteFrom('recoveryRequest').where('id', 'in', requests.map(({ id }) => id)).execute()
}

/**
 * Takes one of her printed recovery codes, typed on her page: where her organisation has fewer than three people it lets
 * her in together with a steward's word.
 */
export async function giveRecoveryCode(tx: Tx, tokenHash: Buffer, code: string, now: Temporal.Instant): Promise<'wrong-code' | null> {
  const hash = hashRecoveryCode(code)
  const found = await findRequest(tx, tokenHash)
  // Looked at before anything is held: strangers can ask this as often as they like.
  if (!(await isUnusedRecoveryCode(tx, found?.personId ?? NOBODY, hash))) return 'wrong-code'
  await lockStewards(tx, now)
  const request = await lockRequest(tx, tokenHash, now)
  if (!request) return 'wrong-code'
  const taken = await tx.updateTable('recoveryCode').set({ usedAt: now }).where('personId', '=', request.personId).where('hash', '=', hash).where('usedAt', 'is', null).returning('hash').executeTakeFirst()
  if (!taken) return 'wrong-code'
  await tx.updateTable('recoveryRequest').set({ codeGivenAt: now }).where('id', '=', request.id).execute()
  await record(tx, { actor: SYSTEM, act: 'give-recovery-code', subject: `person:${request.personId}`, detail: { recoveryRequestId: request.id } }, now)
  await noteConfirmed(tx, { ...request, codeGivenAt: now }, now)
  return null
}

async function noteConfirmed(tx: Tx, request: OpenRequest, now: Temporal.Instant) {
  if (await isConfirmedNow(tx, request, now)) await tx.updateTable('recoveryRequest').set({ confirmedAt: now }).where('id', '=', request.id).execute()
}

export type ObstacleToConfirming = 'not-found' | 'wrong-code' | 'too-many-wrong-codes'

/**
 * A colleague confirms that it is she who asks, by the code that she told. After five wrong ones this colleague can confirm
 * only what is asked later; nobody else is hindered by them, so that a colleague's wrong codes end nobody's request.
 */
export async function confirmRecovery(tx: Tx, who: Person, personId: string, code: string, now: Temporal.Instant): Promise<ObstacleToConfirming | null> {
  const requests = await requestsToConfirm(tx, who, personId, now)
  if (requests.length === 0) return 'not-found'
  const worst = (await listWrongCodes(tx, personId, who.id, MOST_WRONG_CODES))[MOST_WRONG_CODES - 1]
  const open = requests.filter(({ askedAt }) => worst === undefined || Temporal.Instant.compare(askedAt, worst) > 0)
  if (open.length === 0) return 'too-many-wrong-codes'
  const digits = code.normalize('NFKC').replace(/[\s\p{Pd}]+/gu, '')
  const request = open.find(({ spokenCode }) => spokenCode === digits)
  if (!request) {
    await tx.insertInto('recoveryWrongCode').values({ id: newId(), personId, typedBy: who.id, typedAt: now }).execute()
    return 'wrong-code'
  }
  const added = await tx.insertInto('recoveryConfirmation').values({ recoveryRequestId: request.id, personId: who.id, confirmedAt: now })
    .onConflict((oc) => oc.doNothing()).returning('personId').executeTakeFirst()
  if (!added) return null
  await record(tx, { actor: who.id, act: 'confirm-recovery', subject: `person:${personId}`, detail: { recoveryRequestId: request.id } }, now)
  await noteConfirmed(tx, request, now)
  return null
}

/** A colleague says that she did not ask: all that is open ends, also what was confirmed. Who asked is not told. */
export async function refuseRecovery(tx: Tx, who: Person, personId: string, now: Temporal.Instant): Promise<'not-found' | null> {
  const requests = await requestsToConfirm(tx, who, personId, now)
  if (requests.length === 0) return 'not-found'
  await removeRequests(tx, requests)
  await record(tx, { actor: who.id, act: 'refuse-recovery', subject: `person:${personId}`, detail: { requests: requests.length } }, now)
  return null
}

/** Those of this person that this colleague may answer: asked of the rows, since a session may know older duties. */
async function requestsToConfirm(tx: Tx, who: Person, personId: string, now: Temporal.Instant): Promise<OpenRequest[]> {
  if (!isId(personId)) return []
  // Whoever ends a duty holds these too: nobody loses hers between the question and the act.
  await lockStewards(tx, now)
  const requests = await lockRequestsOf(tx, personId, now)
  const members = await listCircles(tx, [personId], now)
  return requests.filter((request) => mayConfirm(wayBack(request, members), who.id))
}
