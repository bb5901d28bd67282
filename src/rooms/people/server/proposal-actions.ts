import '#rooms/people/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { type ObstacleToProposing, obstacleToProposing, PROPOSAL_DAYS, type ProposalKind, type ProposalOutcome, tally, votersOf } from '#rooms/people/recognition.ts'
import { findOrganisation, listRecognisedIds } from '#rooms/people/server/organisation-queries.ts'
import { lockRecognitions, writeRecognition, writeRecognitionEnd } from '#rooms/people/server/recognition-actions.ts'
import { listDelegated, listOpenProposals } from '#rooms/people/server/recognition-queries.ts'

export interface NewProposal {
  organisationId: string
  kind: ProposalKind
  why: string
  /** The member for which she speaks. */
  speaksFor: string
}

/** When an act happens: the moment, and the day that it is in the site's zone. */
export interface ActingTime {
  now: Temporal.Instant
  today: Temporal.PlainDate
}

/**
 * A delegate of a recognised member asks the others. Her member agrees by asking. Where she has no voice in it, the
 * answer is that of an organisation that is not there.
 */
export async function proposeRecognition(
  tx: Tx, who: Person, proposal: NewProposal, time: ActingTime,
): Promise<ObstacleToProposing | 'not-found' | 'already-proposed' | null> {
  const { now } = time
  const { organisationId, kind, speaksFor } = proposal
  await lockRecognitions(tx)
  if (!(await findOrganisation(tx, organisationId)) || !(await hasVoice(tx, who, speaksFor, proposal, now))) return 'not-found'
  const obstacle = obstacleToProposing(proposal, (await listRecognisedIds(tx)).includes(organisationId))
  if (obstacle) return obstacle
  await close(tx, 'lapsed', now).where('organisationId', '=', organisationId).where('closesAt', '<=', now).execute()
  const id = newId()
  const made = await tx.insertInto('recognitionProposal').values({
    id, organisationId, kind, why: proposal.why.trim(), proposedAt: now, proposedBy: who.id, proposedFor: speaksFor,
    closesAt: now.add({ hours: 24 * PROPOSAL_DAYS }), closedAt: null, outcome: null,
  }).onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()
  if (!made) return 'already-proposed'
  await record(tx, { actor: who.id, act: 'propose-recognition', subject: `organisation:${organisationId}`, detail: { proposalId: id, kind, speaksFor } }, now)
  await writeVoice(tx, id, speaksFor, true, who, now)
  await settle(tx, who, time)
  return null
}

/** One voice a member, which can be changed until the proposal is decided. */
export async function castVoice(
  tx: Tx, who: Person, voice: { proposalId: string; speaksFor: string; agrees: boolean }, time: ActingTime,
): Promise<'not-found' | 'closed' | null> {
  const { now } = time
  await lockRecognitions(tx)
  const proposal = await findProposal(tx, voice.proposalId)
  if (!proposal || !(await hasVoice(tx, who, voice.speaksFor, proposal, now))) return 'not-found'
  if (proposal.closedAt || Temporal.Instant.compare(proposal.closesAt, now) <= 0) return 'closed'
  await writeVoice(tx, proposal.id, voice.speaksFor, voice.agrees, who, now)
  await settle(tx, who, time)
  return null
}

/** The member that proposed it takes it back, while it is open: nothing was decided. */
export async function takeBackProposal(tx: Tx, who: Person, proposalId: string, now: Temporal.Instant): Promise<'not-found' | 'closed' | null> {
  await lockRecognitions(tx)
  const proposal = await findProposal(tx, proposalId)
  if (!proposal || !(await hasVoice(tx, who, proposal.proposedFor, proposal, now))) return 'not-found'
  if (proposal.closedAt || Temporal.Instant.compare(proposal.closesAt, now) <= 0) return 'closed'
  await close(tx, 'taken-back', now).where('id', '=', proposal.id).execute()
  await record(tx, { actor: who.id, act: 'take-back-proposal', subject: `organisation:${proposal.organisationId}`, detail: { proposalId } }, now)
  return null
}

async function findProposal(tx: Tx, id: string) {
  return isId(id) ? tx.selectFrom('recognitionProposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
}

/** Whether she may speak for this member here: its delegate now, and it has a voice in the question. */
async function hasVoice(tx: Tx, who: Person, speaksFor: string, proposal: { kind: ProposalKind; organisationId: string }, now: Temporal.Instant): Promise<boolean> {
  if (!votersOf(proposal, await listRecognisedIds(tx)).includes(speaksFor)) return false
  return (await listDelegated(tx, who.id, now)).includes(speaksFor)
}

async function writeVoice(tx: Tx, proposalId: string, organisationId: string, agrees: boolean, who: Person, now: Temporal.Instant) {
  const cast = { agrees, castBy: who.id, castAt: now }
  await tx.insertInto('recognitionVoice').values({ proposalId, organisationId, ...cast })
    .onConflict((oc) => oc.columns(['proposalId', 'organisationId']).doUpdateSet(cast)).execute()
  await record(tx, { actor: who.id, act: 'cast-voice', subject: `recognition-proposal:${proposalId}`, detail: { organisationId, agrees } }, now)
}

const close = (tx: Tx, outcome: ProposalOutcome, now: Temporal.Instant) =>
  tx.updateTable('recognitionProposal').set({ closedAt: now, outcome }).where('closedAt', 'is', null)

/** Decides what is decided. A decision changes who is recognised, and by that what the other questions still need. */
async function settle(tx: Tx, who: Person, { now, today }: ActingTime): Promise<void> {
  for (let isChanged = true; isChanged;) {
    isChanged = false
    const recognised = await listRecognisedIds(tx)
    for (const proposal of await listOpenProposals(tx, now)) {
      const voters = votersOf(proposal, recognised)
      const outcome = tally(voters.map((id) => proposal.voices.find(({ organisationId }) => organisationId === id)?.agrees))
      if (!outcome) continue
      await close(tx, outcome, now).where('id', '=', proposal.id).execute()
      await record(tx, { actor: who.id, act: 'decide-proposal', subject: `organisation:${proposal.organisationId}`, detail: { proposalId: proposal.id, outcome, members: voters.length } }, now)
      if (outcome === 'rejected') continue
      const { organisationId, kind, why } = proposal
      const decided = { decidedBy: 'members' as const, proposalId: proposal.id }
      const obstacle = kind === 'recognise'
        ? await writeRecognition(tx, organisationId, { recognisedOn: today, basis: why, ...decided }, who.id, now)
        : await writeRecognitionEnd(tx, organisationId, { on: today, why, ...decided }, who.id, now)
      if (obstacle) throw new Error(`what the members decided could not be written down: ${obstacle}`)
      isChanged = true
      break
    }
  }
}
