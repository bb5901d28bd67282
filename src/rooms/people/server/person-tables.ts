import type { DutyName } from '#rooms/people/person.ts'

export interface PersonTable {
  id: string
  /** As she wants to be called. */
  name: string
  signInName: string
  /** The sign-in name without case and accents: what is compared (`signInKey`). */
  signInKey: string
  lang: string
  createdAt: Temporal.Instant
  endedAt: Temporal.Instant | null
}

export interface PersonDutyTable {
  id: string
  personId: string
  duty: DutyName
  organisationId: string | null
  lang: string | null
  since: Temporal.Instant
  until: Temporal.Instant | null
  givenBy: string
}

/** Stands in no export, page, log or audit entry. */
export interface PersonSecretTable {
  personId: string
  passwordHash: string | null
  totpSecret: string | null
  totpLastStep: number | null
  changedAt: Temporal.Instant
}

export interface RecoveryCodeTable {
  personId: string
  hash: Buffer
  madeAt: Temporal.Instant
  usedAt: Temporal.Instant | null
}

export interface SessionTable {
  id: string
  tokenHash: Buffer
  personId: string
  startedAt: Temporal.Instant
  lastSeenAt: Temporal.Instant
  sharedDevice: boolean
  /** `Firefox, Android`; null when the browser does not say. */
  device: string | null
  endedAt: Temporal.Instant | null
  /** When its tab said that it closes; null while it is open, and where no script says it. */
  tabClosedAt: Temporal.Instant | null
  /** When it said so last, by the tab's own clock. */
  tabToldAt: Temporal.Instant | null
}

export interface EntryLinkTable {
  id: string
  tokenHash: Buffer
  kind: 'steward' | 'invitation'
  duty: DutyName
  organisationId: string | null
  lang: string | null
  totpSecret: string | null
  createdAt: Temporal.Instant
  createdBy: string
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | null
  usedBy: string | null
  revokedAt: Temporal.Instant | null
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    person: PersonTable
    personDuty: PersonDutyTable
    personSecret: PersonSecretTable
    recoveryCode: RecoveryCodeTable
    session: SessionTable
    entryLink: EntryLinkTable
  }
}
