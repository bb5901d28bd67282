import type { Kind } from '#rooms/media/item.ts'
import type { Verdict } from '#rooms/media/second-reading.ts'

// None of these stands in an export: they are the work on a text at this house, and no part of the text.

/** Which revision of the source a translation follows. */
export interface TranslationOfTable {
  revisionId: string
  sourceRevisionId: string
  /** Who said that it does: a person's id, or what is no person. */
  followedBy: string
  followedAt: Temporal.Instant
  /** A machine translated it, and no person has found it right since. */
  byMachine: boolean
}

/** How an item stands with its translations, written down by the database itself at each save. */
export interface ItemTranslatingTable {
  itemId: string
  /** Every language that it has a text in. */
  langs: string[]
  /** Those in which the words that the translation follows are not those that stand. */
  behind: string[]
  /** Of its first language, as it stands. */
  words: number
}

export interface SecondReadingTable {
  id: string
  revisionId: string
  /** What the translation followed when it was read; null for a text in its first language. */
  sourceRevisionId: string | null
  readBy: string
  readAt: Temporal.Instant
  verdict: Verdict
  note: string
}

export interface DeskNoteTable {
  id: string
  itemId: string
  lang: string | null
  /** The paragraph that it is about, as it stood. */
  paragraph: string | null
  askedBy: string
  askedAt: Temporal.Instant
  text: string
  answeredBy: string | null
  answeredAt: Temporal.Instant | null
  answer: string | null
  closedBy: string | null
  closedAt: Temporal.Instant | null
}

export interface KindNeedTable {
  kind: Kind
  translationReader: boolean
  sourceReader: boolean
  agreement: boolean
  ledAgreement: boolean
  otherEditor: boolean
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    translationOf: TranslationOfTable
    itemTranslating: ItemTranslatingTable
    secondReading: SecondReadingTable
    deskNote: DeskNoteTable
    kindNeed: KindNeedTable
  }
}
