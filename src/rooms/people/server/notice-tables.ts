import type { NoticeKind } from '#rooms/people/notice.ts'

export interface DeskNoticeTable {
  id: string
  personId: string
  kind: NoticeKind
  subject: string | null
  at: Temporal.Instant
  readAt: Temporal.Instant | null
}

/** Stands in no export, log or audit entry. */
export interface PersonMailTable {
  personId: string
  address: string
  confirmedAt: Temporal.Instant
  wantsNotices: boolean
  mailedAt: Temporal.Instant | null
  /** When the next mail goes out; null when nothing is to be told. */
  dueAt: Temporal.Instant | null
}

export interface MailConfirmationTable {
  personId: string
  address: string | null
  tokenHash: Buffer | null
  askedAt: Temporal.Instant
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    deskNotice: DeskNoticeTable
    personMail: PersonMailTable
    mailConfirmation: MailConfirmationTable
  }
}
