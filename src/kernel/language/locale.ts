import en from '../../../messages/en/places.json' with { type: 'json' }
import es from '../../../messages/es/places.json' with { type: 'json' }
import fr from '../../../messages/fr/places.json' with { type: 'json' }
import ht from '../../../messages/ht/places.json' with { type: 'json' }
import pt from '../../../messages/pt/places.json' with { type: 'json' }

/** The languages that the interface speaks. Texts may be in any language. */
export const UI_LANGS = ['en', 'es', 'pt', 'fr', 'ht'] as const
export type UiLang = (typeof UI_LANGS)[number]

/** Plain `en` prints May 7, 2022; plain `pt` may one day be Portugal's. */
const ASK_FOR: Record<string, string> = { en: 'en-001', es: 'es-419', pt: 'pt-BR', fr: 'fr' }
const asked = new Map<string, string | undefined>()

/**
 * The locale to ask `Intl` for, or undefined when it has no data for the language. `Intl` does not fail on a language
 * that it does not know (ht among them): it answers in the host's language, Japanese under `LANG=ja_JP`.
 */
export function intlLocale(lang: string): string | undefined {
  const own = ASK_FOR[lang]
  if (own || lang === 'ht') return own
  if (!asked.has(lang)) asked.set(lang, supported(lang))
  return asked.get(lang)
}

function supported(lang: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([lang])[0]
  } catch {
    return undefined // not a well-formed tag
  }
}

interface NamesLacked {
  regions: Record<string, string>
  subdivisions: Record<string, string>
  languages: Record<string, string>
}
const LACKED: Record<string, NamesLacked> = { en, es, pt, fr, ht }

/** Names that CLDR lacks or that we say otherwise, from messages/<lang>/places.json. */
export const namesLackedBy = (lang: string): NamesLacked | undefined => LACKED[lang]
