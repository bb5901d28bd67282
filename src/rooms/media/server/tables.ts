import type { Generated } from 'kysely'
import '#rooms/media/server/library-tables.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { Kind, WithdrawalReason } from '#rooms/media/item.ts'
import type { StarterChoice } from '#rooms/media/starter-choice.ts'

export interface ItemTable {
  id: string
  kind: Kind
  originalLang: string
  createdAt: Temporal.Instant
  isStarter: boolean
  source: string | null
  sourceKey: string | null
  /** The person who answers for it; null while nobody does. */
  keptBy: string | null
  /** The organisation that writes it; null for the alliance itself, and for what came by a command or an import. */
  writtenIn: string | null
}

export interface ItemSlugTable {
  lang: string
  slug: string
  itemId: string
  isCurrent: boolean
  since: Temporal.Instant
}

export interface RevisionTable {
  id: string
  itemId: string
  lang: string
  number: number
  createdAt: Temporal.Instant
  createdBy: string
  title: string
  teaser: string
  bodyMarkdown: string
  bodyHtml: string
  notesHtml: string
  /** jsonb array of {id, text}: written through JSON.stringify. */
  contents: unknown
  wordCount: number
  renderer: string
  frozen: Frozen
  hash: string
}

/** The newest text of a language, while readers are not left with it: `noteDraft` keeps it so. */
export interface DraftTable {
  itemId: string
  lang: string
  revisionId: string
}

/** What somebody typed in a text since she last saved it: hers alone. */
export interface TypingTable {
  itemId: string
  lang: string
  personId: string
  /** The revision that she began from; null for a language that had none. */
  baseId: string | null
  title: string
  teaser: string
  bodyMarkdown: string
  keptAt: Temporal.Instant
}

/** Who has a text open. */
export interface AtTextTable {
  itemId: string
  lang: string
  personId: string
  seenAt: Temporal.Instant
}

/** The files that a revision shows, worked out from what it froze: asked at each reading of a file. */
export interface RevisionBlobTable {
  revisionId: string
  hash: string
}

export interface PublicationTable {
  id: string
  itemId: string
  lang: string
  revisionId: string
  publicFrom: Temporal.Instant
  publicUntil: Temporal.Instant | null
  publishedBy: string
  createdAt: Temporal.Instant
  kind: Kind
  sortDay: Temporal.PlainDate
  fromDay: Temporal.PlainDate | null
  toDay: Temporal.PlainDate | null
  /** Places that it names, with everything that contains them. */
  places: string[]
  placesNamed: string[]
  /** Keys as the revision has them, of topics that were merged since too. */
  topics: string[]
  /** tsvectors, written with the row: all its words, and those of title and teaser. */
  words: Generated<string>
  head: Generated<string>
  /** Languages that had a text which was not public yet: told when this went out, since saving changes no public byte. */
  inTranslation: string[]
}

export interface ItemCorrectionTable {
  id: string
  itemId: string
  lang: string
  at: Temporal.Instant
  note: string
}

export interface WithdrawalTable {
  id: string
  itemId: string
  lang: string
  at: Temporal.Instant
  withdrawnBy: string
  reason: WithdrawalReason
  note: string | null
  replacedBy: string | null
}

/** Leads to a text in a language, or to a page of this site: one of the two is null. */
export interface RedirectTable {
  /** As rooms/media/old-address.ts writes it. */
  address: string
  itemId: string | null
  lang: string | null
  ownPath: string | null
  createdAt: Temporal.Instant
}

export interface TopicTable {
  id: string
  key: string
  createdAt: Temporal.Instant
  /** The topic that took its place. */
  mergedInto: string | null
  mergedAt: Temporal.Instant | null
}

export interface TopicTextTable {
  topicId: string
  lang: string
  name: string
}

export interface SearchWordTable {
  lang: string
  word: string
  /** Small letters without accents. */
  bare: string
  trigrams: string[]
}

/** What a text of another program became here. */
export interface ImportedTextTable {
  source: string
  key: string
  itemId: string
  lang: string
  /** SHA-256 of all that was read there last. */
  seen: string
  revisionId: string | null
  importedAt: Temporal.Instant
}

/** What stewards decided about a text that came with the program; without a row they have not. */
export interface StarterDecisionTable {
  itemId: string
  decision: StarterChoice
  decidedAt: Temporal.Instant
  decidedBy: string
}

/** By which a newsroom reads what waits for its hour. */
export interface PressLinkTable {
  id: string
  itemId: string
  lang: string
  newsroom: string
  tokenHash: Buffer
  createdBy: string
  createdAt: Temporal.Instant
  revokedAt: Temporal.Instant | null
  lastReadOn: Temporal.PlainDate | null
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    item: ItemTable
    itemSlug: ItemSlugTable
    revision: RevisionTable
    draft: DraftTable
    typing: TypingTable
    atText: AtTextTable
    revisionBlob: RevisionBlobTable
    publication: PublicationTable
    itemCorrection: ItemCorrectionTable
    withdrawal: WithdrawalTable
    redirect: RedirectTable
    topic: TopicTable
    topicText: TopicTextTable
    searchWord: SearchWordTable
    importedText: ImportedTextTable
    starterDecision: StarterDecisionTable
    pressLink: PressLinkTable
  }
}
