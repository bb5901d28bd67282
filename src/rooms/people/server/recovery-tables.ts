/** Of a person who lost her way in. The token's hash alone is kept; the spoken code proves nothing without a colleague's session. */
export interface RecoveryRequestTable {
  id: string
  tokenHash: Buffer
  personId: string
  spokenCode: string
  /** The key for her new app, until it is hers. */
  totpSecret: string | null
  askedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  /** She has typed one of her recovery codes on her page. */
  codeGivenAt: Temporal.Instant | null
  /** Enough have confirmed; asked again of the rows before anything opens. */
  confirmedAt: Temporal.Instant | null
  usedAt: Temporal.Instant | null
}

export interface RecoveryConfirmationTable {
  recoveryRequestId: string
  personId: string
  confirmedAt: Temporal.Instant
}

export interface RecoveryWrongCodeTable {
  id: string
  /** Who asks to come back in. */
  personId: string
  typedBy: string
  typedAt: Temporal.Instant
}

export interface KeyChangeTable {
  sessionId: string
  totpSecret: string
  madeAt: Temporal.Instant
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    recoveryRequest: RecoveryRequestTable
    recoveryConfirmation: RecoveryConfirmationTable
    recoveryWrongCode: RecoveryWrongCodeTable
    keyChange: KeyChangeTable
  }
}
