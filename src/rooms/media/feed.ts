import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { noticeHtml, textHtml } from '#rooms/media/feed/content.ts'
import { entryId } from '#rooms/media/feed-id.ts'
import { type Correction, type ItemSummary, type Signer, type Source, type WithdrawalReason, speakersOf } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { blobPath, mayPassOn, type ShownFile } from '#rooms/media/shown.ts'

/** A text as a feed is given it: whole. */
export interface FeedEntry extends ItemSummary {
  bodyHtml: string
  notesHtml: string
  signers: Signer[]
  issuedBy: string | null
  sources: Source[]
  doubt: string | null
  licence: string
  byMachine: boolean
  files: ShownFile[]
  corrections: Correction[]
  /** When the revision that is shown went out, or its latest correction was noted. */
  updatedAt: Temporal.Instant
}

/** What stays of a text that was taken down. Never its words, nor an address that is made of them. */
export interface FeedStone {
  id: string
  lang: Lang
  at: Temporal.Instant
  reason: WithdrawalReason
  note: string | null
  replacedBy: { id: string; slug: string; title: string } | null
}

/** Newest first. */
export interface FeedPage {
  told: (FeedEntry | FeedStone)[]
  hasNext: boolean
  changesAt: Temporal.Instant | undefined
}

/** A feed as every format writes it: addresses are whole, texts are in its language, ids outlive addresses and domain. */
export interface FeedDocument {
  id: string
  title: string
  /** Who speaks: the site. */
  author: string
  lang: Lang
  updated: Temporal.Instant
  /** The list that it follows, as a page. */
  home: string
  /** This page of it, and its neighbours (RFC 5005, section 3). */
  self: string
  first: string
  previous: string | undefined
  next: string | undefined
  news: (FeedText | FeedNotice)[]
}

export interface FeedText {
  id: string
  url: string
  title: string
  summary: string
  html: string
  published: Temporal.Instant
  updated: Temporal.Instant
  authors: string[]
  tags: string[]
  rights: string
  /** What goes with it, to be fetched apart; `length` in bytes. */
  enclosures: { url: string; type: string; length: number; title: string }[]
}

/** A text was here under this id, and is withdrawn. */
export interface FeedNotice {
  id: string
  withdrawn: Temporal.Instant
  reason: WithdrawalReason
  title: string
  /** One or two sentences, plain. */
  text: string
  html: string
}

interface Setting { origin: string; lang: Lang; zone: string }

export const newsOf = (one: FeedEntry | FeedStone, setting: Setting): FeedText | FeedNotice =>
  'reason' in one ? noticeOf(one, setting) : feedTextOf(one, setting)

function feedTextOf(entry: FeedEntry, { origin, lang, zone }: Setting): FeedText {
  const url = origin + itemPath(lang, entry.slug)
  return {
    id: entryId(entry.id, lang), url, title: entry.title, summary: entry.teaser,
    html: textHtml(entry, { url, lang, zone }), published: entry.publicFrom, updated: entry.updatedAt,
    authors: speakersOf(entry),
    tags: [entry.kind, ...entry.regions.map(({ place }) => `place:${place}`)], rights: entry.licence,
    enclosures: entry.files.filter(mayPassOn).map((file) => ({ url: origin + blobPath(file.hash, file.name), type: file.mediaType, length: file.byteSize, title: file.title })),
  }
}

function noticeOf({ id, at, reason, note, replacedBy }: FeedStone, { origin, lang, zone }: Setting): FeedNotice {
  const spoken = { locale: lang as 'en' }
  const date = formatInstantDay(at, lang, zone)
  const text = reason === 'removed_for_safety'
    ? `${m.item_removed_for_safety({}, spoken)} ${date}`
    : m.item_withdrawn({ date, note: note ?? '' }, spoken)
  const instead = replacedBy && { title: replacedBy.title, url: origin + itemPath(lang, replacedBy.slug) }
  return {
    id: entryId(id, lang), withdrawn: at, reason, title: m.item_withdrawn_title({}, spoken), text,
    html: noticeHtml(text, instead, lang),
  }
}
