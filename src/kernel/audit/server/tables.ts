import type { GeneratedAlways } from 'kysely'

/** Who did what to what. The act inserts it in its own transaction; nothing ever changes or deletes it. */
export interface AuditEntryTable {
  id: GeneratedAlways<bigint>
  at: Temporal.Instant
  /** `operator`, `system`, or a person's id: never a name, which could not be erased from a chain. */
  actor: string
  act: string
  /** What it was done to, as `kind:id`. */
  subject: string
  detail: Record<string, unknown>
}

/** The place of an entry in the chain, given by the sealer after the act's commit. */
export interface AuditSealTable {
  entryId: bigint
  position: bigint
  hash: string
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    auditEntry: AuditEntryTable
    auditSeal: AuditSealTable
  }
}
