import type { Lang } from '#kernel/language/language.ts'
import type { DateOf } from '#kernel/when/when.ts'
import type { LookFrom } from '#rooms/media/filed-words.ts'
import type { ShownFile, ShownPicture } from '#rooms/media/shown.ts'

export const KINDS = ['statement', 'press_release', 'news', 'report', 'event', 'video', 'call', 'alert', 'letter'] as const
export type Kind = (typeof KINDS)[number]

export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text)

/** A place that an item is about: its code, and the words of the source where it printed others than the code's name. */
export interface RegionMention {
  place: string
  printed?: { text: string; lang: Lang }
}

/** A topic by its key, with its name in the language of the page or in the nearest that it has. */
export interface TopicMention {
  key: string
  name: string
  lang: Lang
}

/** Who signs, with the name as it stood when it signed: an organisation that renames itself changes no old text. */
export interface Signer {
  organisationId: string | null
  name: string
  /** The language of the name, where it is not that of the text. */
  lang?: Lang
}

export interface Source {
  title: string
  publisher: string | null
  year: number | null
  url: string | null
  lang: Lang | null
}

export interface TextInLanguage {
  lang: Lang
  slug: string
  title: string
}

export interface ItemSummary {
  id: string
  kind: Kind
  lang: Lang
  slug: string
  title: string
  teaser: string
  /** Stored form of kernel/when; '' is not stated. */
  when: string
  dateOf: DateOf | null
  regions: RegionMention[]
  isStarter: boolean
  /** Every language in which it is public now, its own included. */
  languages: TextInLanguage[]
  /** When it first went out in this language; a later revision does not change it. */
  publicFrom: Temporal.Instant
}

export interface Correction {
  at: Temporal.Instant
  note: string
}

/** Whose words a text is: of all who signed it, else of who issued it. */
export const speakersOf = ({ signers, issuedBy }: Pick<ItemPage, 'signers' | 'issuedBy'>): string[] =>
  signers.length > 0 ? signers.map(({ name }) => name) : issuedBy ? [issuedBy] : []

export interface ItemPage extends ItemSummary {
  originalLang: Lang
  bodyHtml: string
  /** Footnotes with their way back, as one list; '' when there are none. */
  notesHtml: string
  contents: { id: string; text: string }[]
  topics: TopicMention[]
  signers: Signer[]
  issuedBy: string | null
  sources: Source[]
  /** What is not certain, in the text's own language. */
  doubt: string | null
  /** The page that it was imported from names no date. */
  whenNotStatedBySource: boolean
  corrections: Correction[]
  /** Languages in which a text was being written when this one went out, and that are still not public. */
  inTranslation: Lang[]
  /** When this revision went out. */
  updatedAt: Temporal.Instant
  /** Minutes to read, at least 1. */
  minutes: number
  licence: string
  picture: ShownPicture | null
  files: ShownFile[]
  /** Public now, each in the page's language or else in another that it is offered in. */
  related: TextInLanguage[]
  series: ShownSeries | null
  byline: string | null
  translator: string | null
  /** A machine translated it first; a person read it and approved. */
  byMachine: boolean
}

export interface ShownSeries {
  name: string
  /** Those that are public, in the order of the series. */
  parts: (TextInLanguage & { isThis: boolean })[]
}

export const WITHDRAWAL_REASONS = ['withdrawn', 'replaced', 'removed_for_safety'] as const
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number]

/** What stays at the address of a text that was taken down. Removed for safety: no title, no note, nothing but the day. */
export interface Tombstone {
  at: Temporal.Instant
  reason: WithdrawalReason
  note: string | null
  title: string | null
  kind: Kind
  publishedAt: Temporal.Instant | null
  replacedBy: { slug: string; title: string } | null
}

export type ItemAnswer =
  | { found: 'item'; item: ItemPage }
  | { found: 'moved'; slug: string }
  | { found: 'gone'; tombstone: Tombstone }
  | { found: 'elsewhere'; languages: TextInLanguage[] }

export const SORTS = ['newest', 'oldest', 'relevance'] as const
export type Sort = (typeof SORTS)[number]

/** What a reader's words ask for in texts of one language, as PostgreSQL's tsquery. Made by `askWords`. */
export interface WordsAsked {
  lang: Lang
  query: string
}

/** What a list is narrowed by. `from` and `to` are days of the site's zone; a date matches when it overlaps them. */
export interface ItemFilter {
  /** The language of the texts; where `langs` is there, the one in which an item is shown if it has it. */
  lang: Lang
  /** Texts of every one of these languages, each item once. */
  langs?: readonly Lang[]
  kind?: Kind
  region?: string
  /** A topic's key; one that was merged finds what took its place. */
  topic?: string
  from?: Temporal.PlainDate
  to?: Temporal.PlainDate
  /** Only texts whose date is not stated; then there is no `from` and no `to`. */
  isUndated?: boolean
  /** Only texts that have these words; a language that is not named here finds none. */
  words?: readonly WordsAsked[]
  /** Newest first when left out. `relevance` needs `words`. */
  sort?: Sort
  /**
   * In one language: where to cut what is looked through. Where enough is found on the near side of a cut, what lies beyond is
   * not read; what is found is the same with and without it.
   */
  lookFrom?: LookFrom
}

export const PAGE_SIZE = 20

/** Counting has an end: a count without a limit grows with the archive. A list that is longer says so. */
export const MOST_COUNTED = 2000
