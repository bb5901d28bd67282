import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import { collator } from '#kernel/language/numbers.ts'
import { isPlace } from '#kernel/place/place.ts'
import { webAddress } from '#kernel/site/web-address.ts'

/** Fields of work, those that the launch statement names first. */
export const FIELDS = [
  'human_rights', 'sexual_reproductive_health', 'hiv', 'harm_reduction', 'lgbtiq', 'digital_rights', 'anti_trafficking',
  'migration', 'racial_justice', 'sex_work', 'labour_rights', 'trans_rights',
] as const
export type Field = (typeof FIELDS)[number]

export interface OrganisationText {
  name: string
  shortName: string | null
  /** What it does, in its own words. */
  about: string
}

/** Who decides a recognition: the members that are recognised already, or, while none of them can, the stewards. */
export type Deciders = 'stewards' | 'members'

/** Since when it is recognised as sex-worker-led, on what basis, and by whom. */
export interface Recognition {
  recognisedOn: Temporal.PlainDate
  /** In words that readers see: its statutes, an interview, the decision's name. */
  basis: string
  decidedBy: Deciders
}

export interface Organisation {
  id: string
  slug: string
  /** Every language in which it has a name; one at least. */
  texts: Record<Lang, OrganisationText>
  places: string[]
  fields: Field[]
  links: string[]
  logoPictureId: string | null
  /** When it said yes to being shown; null while it has not, or no longer does. */
  agreedToBeShownAt: Temporal.Instant | null
  /** Null when nobody recognised it, or the recognition was ended. */
  recognition: Recognition | null
}

/** What is written down of an organisation by whoever adds or edits it. */
export type OrganisationWords = Pick<Organisation, 'texts' | 'places' | 'fields' | 'links'>

export const LONGEST_ABOUT = 400
const LONGEST_SLUG = 80

export type ObstacleToOrganisation =
  | 'no-name' | 'malformed-language' | 'about-too-long' | 'unknown-place' | 'unknown-field' | 'malformed-link'

/** Why an organisation cannot be kept as written, or null when it can. */
export function obstacleToOrganisation(words: OrganisationWords): ObstacleToOrganisation | null {
  const texts = Object.values(words.texts)
  if (texts.length === 0 || texts.some((text) => text.name.trim() === '')) return 'no-name'
  if (!Object.keys(words.texts).every((lang) => /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/.test(lang))) return 'malformed-language'
  if (texts.some((text) => [...text.about].length > LONGEST_ABOUT)) return 'about-too-long'
  if (!words.places.every(isPlace)) return 'unknown-place'
  if (!words.fields.every((field) => FIELDS.includes(field))) return 'unknown-field'
  return words.links.every(isWebAddress) ? null : 'malformed-link'
}

/** `javascript:` in a member's profile would run in a reader's browser. */
const isWebAddress = (link: string) => webAddress(link) !== undefined

/** `Organización A` → `organizacion-a`; '' where no letter of the name can stand in an address. */
export function slugOfName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[’'ʼ]/g, '')
  return plain.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST_SLUG).replace(/^-+|-+$/g, '')
}

export const isSlug = (text: string) => text.length <= LONGEST_SLUG && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

/** The name to show in a language, or in the nearest that it has, with the language that it is in. */
export function nameIn(texts: Organisation['texts'], lang: Lang, fallbacks: Lang[] = fallbacksOf(lang)): { text: string; lang: Lang } {
  const found = [lang, ...fallbacks, ...Object.keys(texts).sort()].find((candidate) => texts[candidate])
  const text = found && texts[found]
  if (!text) throw new Error('an organisation needs a name in one language at least')
  return { text: text.name, lang: found }
}

/** As a reader of `lang` looks for them: by the names that they are shown, in that language's own order. */
export function sortedByName<T extends Pick<Organisation, 'texts'>>(organisations: T[], lang: Lang): T[] {
  const order = collator(lang)
  const named = organisations.map((organisation) => ({ organisation, name: nameIn(organisation.texts, lang).text }))
  return named.sort((a, b) => order.compare(a.name, b.name)).map(({ organisation }) => organisation)
}
