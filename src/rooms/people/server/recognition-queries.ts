import { type Expression, sql, type SqlBool } from 'kysely'
import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { Deciders } from '#rooms/people/organisation.ts'
import { type ProposalKind, type ProposalOutcome, votersOf } from '#rooms/people/recognition.ts'
import { listRecognisedIds } from '#rooms/people/server/organisation-queries.ts'

/** A duty as delegate that holds now, of somebody who can sign in. */
const livingDelegate = (now: Temporal.Instant): Expression<SqlBool> => sql<SqlBool>`exists (select from person_duty d join person p on p.id = d.person_id
  where d.organisation_id = organisation_recognition.organisation_id and d.duty = 'delegate' and d.since <= ${now} and (d.until is null or d.until > ${now}) and p.ended_at is null)`

/** Who decides recognitions now: the members, as soon as one that is recognised has a delegate who can sign in. */
export async function findDeciders(db: ReadDb, now: Temporal.Instant): Promise<Deciders> {
  const one = await db.selectFrom('organisationRecognition').select('id').where('endedOn', 'is', null).where(livingDelegate(now)).limit(1).executeTakeFirst()
  return one ? 'members' : 'stewards'
}

/** The organisations for which somebody is a delegate, asked of the rows themselves: a session may know an older answer. */
export async function listDelegated(db: ReadDb, personId: string, now: Temporal.Instant): Promise<string[]> {
  const rows = await db.selectFrom('personDuty').innerJoin('person', 'person.id', 'personId').select('organisationId')
    .where('personId', '=', personId).where('duty', '=', 'delegate').where('endedAt', 'is', null).where('since', '<=', now)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])).execute()
  return rows.flatMap(({ organisationId }) => organisationId ?? [])
}

export interface Proposal {
  id: string
  organisationId: string
  kind: ProposalKind
  why: string
  proposedAt: Temporal.Instant
  proposedFor: string
  closesAt: Temporal.Instant
  /** What it came to; also one whose time is over without anybody having touched it since. */
  outcome: ProposalOutcome | null
  voices: { organisationId: string; agrees: boolean }[]
}

const proposals = (db: ReadDb, now: Temporal.Instant) => db.selectFrom('recognitionProposal')
  .select(['id', 'organisationId', 'kind', 'why', 'proposedAt', 'proposedFor', 'closesAt'])
  .select(sql<ProposalOutcome | null>`case when outcome is null and closes_at <= ${now} then 'lapsed' else outcome end`.as('outcome'))
  .select(sql<Proposal['voices']>`(select coalesce(json_agg(json_build_object('organisationId', v.organisation_id, 'agrees', v.agrees) order by v.organisation_id), '[]'::json)
    from recognition_voice v where v.proposal_id = recognition_proposal.id)`.as('voices'))

/** Everything that was ever proposed about an organisation, the newest first. */
export function listProposalsAbout(db: ReadDb, organisationId: string, now: Temporal.Instant): Promise<Proposal[]> {
  return proposals(db, now).where('organisationId', '=', organisationId).orderBy('proposedAt', 'desc').orderBy('id', 'desc').execute()
}

/** What is open now, the oldest first. */
export function listOpenProposals(db: ReadDb, now: Temporal.Instant): Promise<Proposal[]> {
  return proposals(db, now).where('closedAt', 'is', null).where('closesAt', '>', now).orderBy('proposedAt').orderBy('id').execute()
}

export interface ProposalToVote extends Proposal {
  /** Members for which she can speak here and which are silent still. */
  silent: string[]
}

/** Proposals in which a member that somebody is a delegate of has a voice and has not used it: what waits for her. */
export async function listProposalsToVote(db: ReadDb, viewer: Person, now: Temporal.Instant): Promise<ProposalToVote[]> {
  const hers = await listDelegated(db, viewer.id, now)
  if (hers.length === 0) return []
  const recognised = await listRecognisedIds(db)
  const open = (await listOpenProposals(db, now)).map((one) => ({
    ...one, silent: votersOf(one, recognised).filter((id) => hers.includes(id) && !one.voices.some(({ organisationId }) => organisationId === id)),
  }))
  return open.filter(({ silent }) => silent.length > 0)
}

export interface RecordedRecognition {
  recognisedOn: Temporal.PlainDate
  basis: string
  decidedBy: Deciders
  proposalId: string | null
  endedOn: Temporal.PlainDate | null
  endedWhy: string | null
  endDecidedBy: Deciders | null
}

/** Every recognition that an organisation has or had, the newest first. */
export function listRecognitions(db: ReadDb, organisationId: string): Promise<RecordedRecognition[]> {
  return db.selectFrom('organisationRecognition').select(['recognisedOn', 'basis', 'decidedBy', 'proposalId', 'endedOn', 'endedWhy', 'endDecidedBy'])
    .where('organisationId', '=', organisationId).orderBy('recordedAt', 'desc').orderBy('id', 'desc').execute()
}
