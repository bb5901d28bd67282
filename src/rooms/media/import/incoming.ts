import type { Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'

/** One text as a reader of imported files found it: one language of one item, before anything is written. */
export interface IncomingText {
  /** What it comes from: `wordpress:<address of the site>`, `feed:<address or name>`, `ghost:<…>`, `markdown`, `docx`. With `key` it names the text for ever. */
  source: string
  /** Its id or canonical address there; else `hashKey` of title and date. */
  key: string
  /** Texts of one source with the same group are the languages of one item; left out, it stands alone. */
  group?: string
  /** Where it stands in its file, for the report: `post 17, line 1203`. */
  place: string
  kind: Kind
  /** undefined where the source does not say; the importer then tells by the words or by `--lang`. */
  lang: Lang | undefined
  title: string
  teaser: string
  bodyMarkdown: string
  /** Stored form of kernel/when; '' is not stated. */
  when: string
  /** Names of those who wrote it, as printed. */
  byline: string | null
  /** Names of the source's categories and tags, as written there. */
  labels: string[]
  /** The address that it wishes for, '' when the source has none. */
  slug: string
  /** `draft` also for what was private, protected or waiting for review there; `scheduled` has `publicFrom`. */
  state: 'published' | 'draft' | 'scheduled'
  publicFrom?: Temporal.Instant
  /** Whole addresses or paths under which it stood: permalink, `/?p=123`, aliases. */
  oldAddresses: string[]
  /** Files that the text shows or links, by the address that the Markdown names them with. */
  files: IncomingFile[]
  /** Address of the picture that stands for the text where it is listed (WordPress: featured, Ghost: feature image); one of `files`. */
  picture?: string
  /** What could not be carried over, one sentence each. */
  leftOut: string[]
}

export interface IncomingFile {
  /** As the Markdown names it. */
  address: string
  name: string
  alt: string
  /** The bytes where the archive holds them (`.docx`); else they are looked for in the uploads folder. */
  bytes?: Uint8Array
}

/** A part of a file that is no text to import: named in the report, and the rest goes on. */
export interface Unreadable {
  place: string
  reason: string
}

export type Incoming = { text: IncomingText } | { unreadable: Unreadable }

/** One text that was found, and not read yet: reading may take for ever, and is done where it can be ended. */
export interface Found {
  place: string
  read(): Incoming | Promise<Incoming>
}

/** What every reader yields, in the order of the file. Neither it nor `read` throws for what the file holds. */
export type Reader = (bytes: AsyncIterable<Uint8Array>, name: string) => AsyncIterable<Found>

export const foundUnreadable = (place: string, reason: string): Found => ({ place, read: () => ({ unreadable: { place, reason } }) })
