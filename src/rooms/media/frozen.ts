import type { Lang } from '#kernel/language/language.ts'
import type { DateOf } from '#kernel/when/when.ts'
import type { Series, ShownFile, ShownPicture } from '#rooms/media/shown.ts'
import type { RegionMention, Signer, Source } from '#rooms/media/item.ts'

/** All that a revision shows beside its words. It is frozen with them: what people agreed to does not change later. */
export interface Frozen {
  when: string
  dateOf: DateOf | null
  regions: RegionMention[]
  topics: string[]
  signers: Signer[]
  issuedBy: string | null
  sources: Source[]
  doubt: string | null
  pictureId: string | null
  whenNotStatedBySource: boolean
  licence: string
  // What came later stands here only where a text has it: the hash of what was agreed to before stays as it was.
  picture?: ShownPicture
  files?: ShownFile[]
  /** Ids of items. */
  related?: string[]
  series?: Series
  /** Who wrote it, as they wish to be named. */
  byline?: string
  /** Who translated it, as they chose: a name or a pseudonym; left out, nobody is named. */
  translator?: string
  /** A machine translated it first. It stays so whatever a person does with it: readers are told as long as it stands here. */
  byMachine?: true
}

export interface Words {
  title: string
  teaser: string
  bodyMarkdown: string
}

export const NOTHING_FROZEN: Frozen = {
  when: '', dateOf: null, regions: [], topics: [], signers: [], issuedBy: null, sources: [], doubt: null,
  pictureId: null, whenNotStatedBySource: false, licence: 'CC BY 4.0',
}

/**
 * One text for the same content, whatever the order of its keys: what the hash of a revision is taken over. The kind
 * and the language belong to it, for agreement is to exactly this.
 */
export function canonicalText(kind: string, lang: Lang, words: Words, frozen: Frozen): string {
  const { title, teaser, bodyMarkdown } = words
  return JSON.stringify(sorted({ kind, lang, title, teaser, bodyMarkdown, ...frozen }))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const said = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(said.map(([key, v]) => [key, sorted(v)]))
}
