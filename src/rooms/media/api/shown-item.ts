import type { Lang } from '#kernel/language/language.ts'
import { placeName } from '#kernel/place/place.ts'
import { barePhrase } from '#kernel/when/phrase.ts'
import { type DateOf, NOT_STATED, parseWhen } from '#kernel/when/when.ts'
import { wholeHtml } from '#rooms/media/feed/content.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { Correction, ItemSummary, Kind, RegionMention, Tombstone } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'

/** Documented in openapi-schemas.ts; a name that went out once stays. Moments are ISO 8601 in UTC, addresses are whole. */

export interface ApiPage {
  items: (ItemSummary & { updatedAt: Temporal.Instant })[]
  total: number
  isTotalCapped: boolean
  pages: number
  changesAt: Temporal.Instant | undefined
}

export interface ApiText {
  lang: Lang
  slug: string
  title: string
  teaser: string
  bodyHtml: string
  notesHtml: string
  frozen: Frozen
  publicFrom: Temporal.Instant
  updatedAt: Temporal.Instant
  corrections: Correction[]
}

export interface ApiItem {
  id: string
  kind: Kind
  originalLang: Lang
  isStarter: boolean
  texts: ApiText[]
  stones: (Tombstone & { lang: Lang })[]
}

export const itemAddress = (origin: string, id: string) => `${origin}/api/v1/items/${id}`

export function shownSummary(item: ApiPage['items'][number], origin: string, languages: Lang[]) {
  const { id, kind, lang, title, teaser, when, dateOf, regions, isStarter } = item
  return {
    id, kind, lang, title, teaser, url: origin + itemPath(lang, item.slug), api_url: itemAddress(origin, id),
    when: shownWhen(when, dateOf, lang), regions: regions.map((one) => shownRegion(one, lang)), is_starter: isStarter,
    languages: item.languages.filter((one) => languages.includes(one.lang)).map((one) => ({ lang: one.lang, title: one.title, url: origin + itemPath(one.lang, one.slug) })),
    published_at: item.publicFrom.toString(), updated_at: item.updatedAt.toString(),
  }
}

export function shownItem({ id, kind, originalLang, isStarter, texts, stones }: ApiItem, origin: string) {
  return {
    id, kind, original_lang: originalLang, is_starter: isStarter, api_url: itemAddress(origin, id),
    texts: texts.map((text) => shownText(text, origin)), withdrawn: stones.map((stone) => shownStone(stone, origin)),
  }
}

function shownText({ lang, slug, title, teaser, bodyHtml, notesHtml, frozen, publicFrom, updatedAt, corrections }: ApiText, origin: string) {
  const url = origin + itemPath(lang, slug)
  return {
    lang, title, teaser, url, html: wholeHtml(bodyHtml, url), notes_html: wholeHtml(notesHtml, url),
    when: shownWhen(frozen.when, frozen.dateOf, lang), regions: frozen.regions.map((one) => shownRegion(one, lang)),
    signers: frozen.signers.map((one) => ({ name: one.name, lang: one.lang ?? lang })), issued_by: frozen.issuedBy,
    sources: frozen.sources.map(({ title, publisher, year, url, lang }) => ({ title, publisher, year, url, lang })),
    doubt: frozen.doubt, licence: frozen.licence, by_machine: frozen.byMachine ?? false, corrections: corrections.map(({ at, note }) => ({ at: at.toString(), note })),
    published_at: publicFrom.toString(), updated_at: updatedAt.toString(),
  }
}

/** What a notice says, and no more: removed for safety, only the day. */
export function shownStone({ lang, at, reason, note, title, publishedAt, replacedBy }: ApiItem['stones'][number], origin: string) {
  return {
    lang, withdrawn_at: at.toString(), reason, note, title, published_at: publishedAt?.toString() ?? null,
    replaced_by: replacedBy && { title: replacedBy.title, url: origin + itemPath(lang, replacedBy.slug) },
  }
}

/** `value` is null where no date is stated; `text` is how the page says it. */
function shownWhen(value: string, dateOf: DateOf | null, lang: Lang) {
  const when = parseWhen(value) ?? NOT_STATED
  return { value: value === '' ? null : value, precision: when.precision, date_of: dateOf, text: barePhrase(when, lang) }
}

const shownRegion = ({ place, printed }: RegionMention, lang: Lang) => ({ place, name: placeName(place, lang).text, printed: printed?.text ?? null })
