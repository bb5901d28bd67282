import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/recovery-tables.ts'
import { type ExpressionBuilder, sql } from 'kysely'
import type { ReadDb, Tables } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { type CircleMember, isConfirmed, mayConfirm, wayBack } from '#rooms/people/recovery.ts'

/** A request that is neither used nor over. */
export interface OpenRequest {
  id: string
  personId: string
  spokenCode: string
  totpSecret: string | null
  askedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  codeGivenAt: Temporal.Instant | null
  confirmedAt: Temporal.Instant | null
}

const COLUMNS = ['id', 'personId', 'spokenCode', 'totpSecret', 'askedAt', 'expiresAt', 'codeGivenAt', 'confirmedAt'] as const

/** What the page with this token is about: one statement, the same for a page that is nobody's. */
export function findRequest(db: ReadDb, tokenHash: Buffer): Promise<(OpenRequest & { usedAt: Temporal.Instant | null }) | undefined> {
  return db.selectFrom('recoveryRequest').select([...COLUMNS, 'usedAt']).where('tokenHash', '=', tokenHash).executeTakeFirst()
}

export function lockRequest(tx: ReadDb, tokenHash: Buffer, now: Temporal.Instant): Promise<OpenRequest | undefined> {
  return openRequests(tx, now).where('tokenHash', '=', tokenHash).forUpdate().executeTakeFirst()
}

/** The oldest first, held until the act is done. */
export function lockRequestsOf(tx: ReadDb, personId: string, now: Temporal.Instant): Promise<OpenRequest[]> {
  return openRequests(tx, now).where('personId', '=', personId).orderBy('id').forUpdate().execute()
}

const openRequests = (db: ReadDb, now: Temporal.Instant) =>
  db.selectFrom('recoveryRequest').select(COLUMNS).where('usedAt', 'is', null).where('expiresAt', '>', now)

/** Holds the row of whoever has this sign-in name, so that two who ask at once are counted one after the other. */
export function lockPersonNamed(tx: ReadDb, signInKey: string): Promise<{ id: string } | undefined> {
  return tx.selectFrom('person').select('id').where('signInKey', '=', signInKey).where('endedAt', 'is', null).forNoKeyUpdate().executeTakeFirst()
}

/** Everybody in the circles of these people, and all stewards: who may sign in and has a duty there at this moment. */
export function listCircles(db: ReadDb, personIds: readonly string[], now: Temporal.Instant): Promise<CircleMember[]> {
  const stands = (eb: ExpressionBuilder<Tables, 'personDuty'>) =>
    eb.and([eb('since', '<=', now), eb.or([eb('until', 'is', null), eb('until', '>', now)])])
  return db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personDuty.personId')
    .select(['personDuty.personId', 'personDuty.organisationId as circle'])
    .select(sql<Temporal.Instant>`min(person_duty.since)`.as('since'))
    .where('person.endedAt', 'is', null).where(stands)
    .where((eb) => eb.or([
      eb('duty', '=', 'steward'),
      eb('personDuty.organisationId', 'in', eb.selectFrom('personDuty').select('organisationId').where('personId', 'in', [...personIds]).where('organisationId', 'is not', null).where(stands)),
    ])).groupBy(['personDuty.personId', 'personDuty.organisationId']).execute()
}

/** Who confirmed which of these requests. */
export async function listConfirmations(db: ReadDb, requestIds: readonly string[]): Promise<{ recoveryRequestId: string; personId: string }[]> {
  if (requestIds.length === 0) return []
  return db.selectFrom('recoveryConfirmation').select(['recoveryRequestId', 'personId']).where('recoveryRequestId', 'in', [...requestIds]).execute()
}

/** Whether enough who may confirm at this moment have confirmed: who lost the duty meanwhile counts no more. */
export async function isConfirmedNow(db: ReadDb, request: OpenRequest, now: Temporal.Instant): Promise<boolean> {
  const way = wayBack(request, await listCircles(db, [request.personId], now))
  const confirmedBy = (await listConfirmations(db, [request.id])).map(({ personId }) => personId)
  return isConfirmed(way, confirmedBy, request.codeGivenAt !== null)
}

/** As she is called and signs in: to be shown to colleagues, and to her once enough have confirmed. */
export function findNames(db: ReadDb, personId: string): Promise<{ name: string; signInName: string } | undefined> {
  return db.selectFrom('person').select(['name', 'signInName']).where('id', '=', personId).where('endedAt', 'is', null).executeTakeFirst()
}

/** When a colleague's latest wrong codes for this person were typed, the newest first. */
export async function listWrongCodes(db: ReadDb, personId: string, typedBy: string, count: number): Promise<Temporal.Instant[]> {
  const rows = await db.selectFrom('recoveryWrongCode').select('typedAt').where('personId', '=', personId).where('typedBy', '=', typedBy)
    .orderBy('typedAt', 'desc').limit(count).execute()
  return rows.map(({ typedAt }) => typedAt)
}

export interface RecoveryToConfirm {
  personId: string
  name: string
  signInName: string
  askedAt: Temporal.Instant
  /** The viewer has confirmed one of her requests already. */
  isConfirmed: boolean
}

/**
 * Who asks to come back in and may be helped by the viewer: one line a person, however many asked in her name, so that
 * nobody who knows a sign-in name can flood a desk.
 */
export async function listRecoveriesToConfirm(db: ReadDb, viewer: Person, now: Temporal.Instant): Promise<RecoveryToConfirm[]> {
  const requests = await db.selectFrom('recoveryRequest').innerJoin('person', 'person.id', 'recoveryRequest.personId')
    .select(['recoveryRequest.id', 'personId', 'askedAt', 'name', 'signInName'])
    .where('usedAt', 'is', null).where('expiresAt', '>', now).where('endedAt', 'is', null).where('personId', '<>', viewer.id).orderBy('recoveryRequest.id').execute()
  if (requests.length === 0) return []
  const members = await listCircles(db, [...new Set(requests.map(({ personId }) => personId))], now)
  const confirmed = new Set((await listConfirmations(db, requests.map(({ id }) => id))).filter((one) => one.personId === viewer.id).map((one) => one.recoveryRequestId))
  const found = new Map<string, RecoveryToConfirm>()
  for (const { id, ...request } of requests) {
    if (!mayConfirm(wayBack(request, members), viewer.id)) continue
    const known = found.get(request.personId) ?? { ...request, isConfirmed: false }
    found.set(request.personId, { ...known, isConfirmed: known.isConfirmed || confirmed.has(id) })
  }
  return [...found.values()]
}
