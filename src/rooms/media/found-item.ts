import { type Lang, fallbacksOf } from '#kernel/language/language.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { ItemPage, Kind, ShownSeries, TextInLanguage, Tombstone } from '#rooms/media/item.ts'
import { type Topic, topicNamed } from '#rooms/media/topic.ts'

const WORDS_A_MINUTE = 200

/** What the database answers about an address; moments inside its json are still texts. */
export interface FoundItem {
  id: string
  kind: Kind
  originalLang: Lang
  isStarter: boolean
  slugLang: Lang
  ownSlug: string | null
  languages: TextInLanguage[]
  text: FoundText | null
  tombstone: FoundTombstone | null
  corrections: { at: string; note: string }[]
}

export interface FoundText {
  publicFrom: string
  updatedAt: string
  title: string
  teaser: string
  bodyHtml: string
  notesHtml: string
  contents: { id: string; text: string }[]
  wordCount: number
  frozen: Frozen
  slug: string
  inTranslation: Lang[]
  topics: Pick<Topic, 'key' | 'names'>[]
  /** By id: what stands of the texts that this one leads to. */
  beside: Record<string, { languages: TextInLanguage[]; changesAt: string | null }>
}

export type FoundTombstone =
  & Pick<Tombstone, 'reason' | 'note' | 'title' | 'replacedBy'>
  & { at: string; publishedAt: string | null }

export function itemOf(found: FoundItem, text: FoundText, lang: Lang): ItemPage {
  const { id, kind, originalLang, isStarter, languages } = found
  const { slug, title, teaser, bodyHtml, notesHtml, contents, inTranslation, frozen } = text
  const { when, dateOf, regions, signers, issuedBy, sources, doubt, licence, whenNotStatedBySource } = frozen
  return {
    id, kind, originalLang, isStarter, languages, lang,
    slug, title, teaser, bodyHtml, notesHtml, contents, inTranslation,
    when, dateOf, regions, signers, issuedBy, sources, doubt, licence, whenNotStatedBySource,
    topics: text.topics.map((topic) => topicNamed(topic, lang)),
    corrections: found.corrections.map(({ at, note }) => ({ at: Temporal.Instant.from(at), note })),
    publicFrom: Temporal.Instant.from(text.publicFrom),
    updatedAt: Temporal.Instant.from(text.updatedAt),
    minutes: Math.max(1, Math.round(text.wordCount / WORDS_A_MINUTE)),
    picture: frozen.picture ?? null, files: frozen.files ?? [], byline: frozen.byline ?? null, translator: frozen.translator ?? null, byMachine: frozen.byMachine ?? false,
    related: (frozen.related ?? []).flatMap((other) => besideIn(text, other, lang)),
    series: seriesOf(id, text, lang),
  }
}

function besideIn(text: FoundText, id: string, lang: Lang): TextInLanguage[] {
  const languages = text.beside[id]?.languages ?? []
  const nearest = [lang, ...fallbacksOf(lang)].flatMap((wanted) => languages.filter((one) => one.lang === wanted))
  return [...nearest, ...languages].slice(0, 1)
}

/** Null while no other part of it is public. */
function seriesOf(id: string, text: FoundText, lang: Lang): ShownSeries | null {
  const { series } = text.frozen
  if (!series) return null
  const parts = series.items.flatMap((other) =>
    other === id ? [{ lang, slug: text.slug, title: text.title, isThis: true }] : besideIn(text, other, lang).map((one) => ({ ...one, isThis: false })))
  return parts.length > 1 ? { name: series.name, parts } : null
}

export function tombstoneOf(stone: FoundTombstone, kind: Kind): Tombstone {
  const at = Temporal.Instant.from(stone.at)
  const { reason, note, title, publishedAt, replacedBy } = stone
  // No detail: a title alone may name somebody.
  if (reason === 'removed_for_safety') return { at, reason, kind, note: null, title: null, publishedAt: null, replacedBy: null }
  return { at, reason, kind, note, title, publishedAt: publishedAt ? Temporal.Instant.from(publishedAt) : null, replacedBy }
}
