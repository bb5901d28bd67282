/** Stands in no export, page, log or audit entry. */
export interface PersonPinTable {
  personId: string
  /** Argon2id. */
  hash: string
  chosenAt: Temporal.Instant
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    personPin: PersonPinTable
  }
}
