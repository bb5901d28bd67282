import type { Generated } from 'kysely'
import type { Kind } from '#rooms/media/item.ts'

export interface TrashedItemTable {
  itemId: string
  trashedBy: string
  trashedAt: Temporal.Instant
}

/** What is to be written. `itemId` once somebody began it. */
export interface PlanTable {
  id: string
  title: string
  kind: Kind
  /** In the site's zone; without an hour it is due by the end of the day. */
  dueDay: Temporal.PlainDate | null
  /** `09:00` */
  dueHour: string | null
  langs: string[]
  /** Who is to write it; null while nobody is. */
  keptBy: string | null
  /** The organisation that writes it; null for the alliance itself. */
  writtenIn: string | null
  campaign: string | null
  itemId: string | null
  /** Grows with each change: what somebody else changed meanwhile is never written over. */
  version: Generated<number>
  createdBy: string
  createdAt: Temporal.Instant
  removedAt: Temporal.Instant | null
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    trashedItem: TrashedItemTable
    plan: PlanTable
  }
}
