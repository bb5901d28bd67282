/** What the recognised members are asked about one organisation. */
export type ProposalKind = 'recognise' | 'end'

/** How a proposal ended: by a majority, without one, by its time, or since who proposed it took it back. */
export type ProposalOutcome = 'carried' | 'rejected' | 'lapsed' | 'taken-back'

/** Days within which members can answer; whatever nobody answered by then is not agreed. */
export const PROPOSAL_DAYS = 30

/** Whether one member agrees; undefined while it is silent. */
export type Voice = boolean | undefined

/**
 * Carried once more than half of all members agree, rejected once that can no longer happen, null while it is open.
 * Silence is never agreement. @param voices one for each member that has one, the silent too
 */
export function tally(voices: readonly Voice[]): 'carried' | 'rejected' | null {
  const agreed = voices.filter((voice) => voice === true).length
  const refused = voices.filter((voice) => voice === false).length
  if (agreed * 2 > voices.length) return 'carried'
  return (voices.length - refused) * 2 > voices.length ? null : 'rejected'
}

/** The members that have a voice: all that are recognised, and in ending its recognition not the one concerned. */
export const votersOf = (proposal: { kind: ProposalKind; organisationId: string }, recognised: readonly string[]): string[] =>
  recognised.filter((id) => proposal.kind === 'recognise' || id !== proposal.organisationId)

export type ObstacleToProposing = 'no-reason' | 'already-recognised' | 'not-recognised'

/** Why the members cannot be asked this, or null when they can. @param isRecognised whether it stands recognised now */
export function obstacleToProposing(proposal: { kind: ProposalKind; why: string }, isRecognised: boolean): ObstacleToProposing | null {
  if (proposal.why.trim() === '') return 'no-reason'
  if (proposal.kind === 'recognise') return isRecognised ? 'already-recognised' : null
  return isRecognised ? null : 'not-recognised'
}
