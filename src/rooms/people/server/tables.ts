import type { Deciders } from '#rooms/people/organisation.ts'
import type { ProposalKind, ProposalOutcome } from '#rooms/people/recognition.ts'

export interface OrganisationTable {
  id: string
  slug: string
  createdAt: Temporal.Instant
  logoPictureId: string | null
  agreedToBeShownAt: Temporal.Instant | null
  agreementRecordedBy: string | null
}

export interface OrganisationTextTable {
  organisationId: string
  lang: string
  name: string
  shortName: string | null
  about: string
}

export interface OrganisationPlaceTable {
  organisationId: string
  place: string
}

export interface OrganisationFieldTable {
  organisationId: string
  field: string
}

export interface OrganisationLinkTable {
  organisationId: string
  url: string
  position: number
}

export interface OrganisationRecognitionTable {
  id: string
  organisationId: string
  recognisedOn: Temporal.PlainDate
  basis: string
  recordedAt: Temporal.Instant
  recordedBy: string
  endedOn: Temporal.PlainDate | null
  endedWhy: string | null
  endedBy: string | null
  decidedBy: Deciders
  /** The proposal that decided it; where an export came from elsewhere, it stands only there. */
  proposalId: string | null
  endDecidedBy: Deciders | null
  endProposalId: string | null
}

export interface RecognitionProposalTable {
  id: string
  /** The organisation that it is about. */
  organisationId: string
  kind: ProposalKind
  why: string
  proposedAt: Temporal.Instant
  proposedBy: string
  /** The member for which its delegate proposed it. */
  proposedFor: string
  closesAt: Temporal.Instant
  closedAt: Temporal.Instant | null
  outcome: ProposalOutcome | null
}

export interface RecognitionVoiceTable {
  proposalId: string
  organisationId: string
  agrees: boolean
  castBy: string
  castAt: Temporal.Instant
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    organisation: OrganisationTable
    organisationText: OrganisationTextTable
    organisationPlace: OrganisationPlaceTable
    organisationField: OrganisationFieldTable
    organisationLink: OrganisationLinkTable
    organisationRecognition: OrganisationRecognitionTable
    recognitionProposal: RecognitionProposalTable
    recognitionVoice: RecognitionVoiceTable
  }
}
