import en from '../../../messages/en/places.json' with { type: 'json' }
import es from '../../../messages/es/places.json' with { type: 'json' }
import fr from '../../../messages/fr/places.json' with { type: 'json' }
import ht from '../../../messages/ht/places.json' with { type: 'json' }
import pt from '../../../messages/pt/places.json' with { type: 'json' }

/** The languages that the interface speaks. Texts may be in any language. */
export const UI_LANGS = ['en', 'es', 'pt', 'fr', 'ht'] as const
export type UiLang = (typeof UI_LANGS)[number]

/** Plain `en` prints May 7, 2022; plain `pt` may one day be Portugal's. */
const locales = new Map<string, string | undefined>([
  ['en', 'en-001'],
  ['es', 'es-419'],
  ['pt', 'pt-BR'],
  ['fr', 'fr'],
  ['ht', undefined],
])

/**
 * The locale to ask `Intl` for, or undefined when it has no data for the language. `Intl` does not fail on a language
 * that it does not know (ht among them): it answers in the host's language, Japanese under `LANG=ja_JP`.
 */
export function intlLocale(lang: string): string | undefined {
  if (!locales.has(lang)) locales.set(lang, supported(lang))
  return locales.get(lang)
}

function supported(lang: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([lang])[0]
  } catch {
    return undefined // not a well-formed tag
  }
}

export interface OurNames {
  regions: Record<string, string>
  subdivisions: Record<string, string>
  languages: Record<string, string>
}
const OURS = new Map<string, OurNames>(Object.entries({ en, es, pt, fr, ht }))

/** Names that CLDR lacks or that we say otherwise, from messages/<lang>/places.json. */
export const ourNames = (lang: string): OurNames | undefined => OURS.get(lang)

/** Our own name for a code; never what every object inherits (“constructor” is a well-formed language tag). */
export function nameWeSay(kind: keyof OurNames, code: string, lang: string): string | undefined {
  const names = OURS.get(lang)?.[kind]
  return names && Object.hasOwn(names, code) ? names[code] : undefined
}
