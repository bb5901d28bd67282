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
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    organisation: OrganisationTable
    organisationText: OrganisationTextTable
    organisationPlace: OrganisationPlaceTable
    organisationField: OrganisationFieldTable
    organisationLink: OrganisationLinkTable
    organisationRecognition: OrganisationRecognitionTable
  }
}
