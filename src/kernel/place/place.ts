import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import { intlLocale, nameWeSay } from '#kernel/language/locale.ts'
import { allPlaces, ancestorsOf, englishNameOf, isInTree, partsOf } from './tree.ts'

/**
 * A place is an ISO 3166-1 code (MX), an ISO 3166-2 code (MX-CHH) or a UN M49 region in three digits (419), in one tree
 * under the world (001). A territory is a place of its own: French Guiana (GF) lies in South America, not in France.
 */
export type Place = string

export const isPlace = (code: unknown): code is Place => typeof code === 'string' && isInTree(code)

/** Every place there is. */
export const placeCodes = (): Place[] => allPlaces()

/** All places that contain this one, nearest first; the world last. */
export const parentsOf = (code: Place): Place[] => [...ancestorsOf(code)]

/** The places directly inside. */
export const childrenOf = (code: Place): Place[] => [...partsOf(code)]

/** Whether `inner` is `outer` or lies inside it. */
export const contains = (outer: Place, inner: Place): boolean => outer === inner || ancestorsOf(inner).includes(outer)

/**
 * The name of a place, and the language it is in: not the one asked for where that has no name (a country that Haitian
 * Creole lacks comes in French, a subdivision in CLDR's English), so that a page can mark it with its `lang`.
 */
export function placeName(code: Place, lang: Lang): { text: string; lang: Lang } {
  for (const tried of [lang, ...fallbacksOf(lang)]) {
    const text = nameIn(code, tried)
    if (text) return { text, lang: tried }
  }
  return { text: code, lang }
}

function nameIn(code: Place, lang: Lang): string | undefined {
  const ours = nameWeSay('regions', code, lang) ?? nameWeSay('subdivisions', code, lang)
  if (ours || !isInTree(code)) return ours
  if (code.includes('-')) return lang === 'en' ? englishNameOf(code) : undefined
  const locale = intlLocale(lang)
  return locale ? nameFromIntl(code, locale) : undefined
}

/** Names already asked for; `Intl` takes 6 µs each time. */
const known = new Map<string, { names: Intl.DisplayNames; of: Map<string, string | undefined> }>()

function nameFromIntl(code: Place, locale: string): string | undefined {
  let asked = known.get(locale)
  if (!asked) {
    asked = { names: new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }), of: new Map() }
    known.set(locale, asked)
  }
  if (!asked.of.has(code)) asked.of.set(code, asked.names.of(code))
  return asked.of.get(code)
}
