import { intlLocale, nameWeSay, UI_LANGS, type UiLang } from './locale.ts'

export { UI_LANGS, type UiLang } from './locale.ts'
export { negotiate } from './negotiate.ts'

/** A language: a BCP 47 tag in lower case. */
export type Lang = string

/** Whether a text is written as such a tag; of a language that nobody speaks it may be one too. */
export const isLangTag = (text: string): boolean => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(text)

export const isUiLang = (lang: unknown): lang is UiLang => (UI_LANGS as readonly unknown[]).includes(lang)

/** Languages of the region whose readers mostly read one of ours as well; everyone else gets English. */
const READ_BESIDE = new Map<string, UiLang>([
  ...['gn', 'qu', 'ay', 'nah', 'myn', 'arn'].map((lang) => [lang, 'es'] as const),
  ...['gcf', 'gcr'].map((lang) => [lang, 'fr'] as const),
])

/** The interface language to show around a text in `lang`. */
export function uiLangOf(lang: Lang): UiLang {
  const primary = lang.toLowerCase().split('-')[0] ?? ''
  return isUiLang(primary) ? primary : (READ_BESIDE.get(primary) ?? 'en')
}

const FALLBACKS: Record<UiLang, readonly UiLang[]> = {
  en: ['es', 'fr', 'pt', 'ht'],
  es: ['en', 'pt', 'fr', 'ht'],
  pt: ['es', 'en', 'fr', 'ht'],
  fr: ['en', 'es', 'ht', 'pt'],
  ht: ['fr', 'es', 'en', 'pt'],
}

/** The languages to offer, nearest first, when a text is lacking in `lang`. To be offered, never swapped in silently. */
export function fallbacksOf(lang: Lang): Lang[] {
  const ui = uiLangOf(lang)
  return [...(ui === lang ? [] : [ui]), ...FALLBACKS[ui]]
}

/** Each language in its own name, as the language switcher shows it. */
const OWN_NAMES: Record<UiLang, string> = {
  en: 'English',
  es: 'Español',
  pt: 'Português',
  fr: 'Français',
  ht: 'Kreyòl ayisyen',
}

export function ownName(lang: Lang): string {
  if (isUiLang(lang)) return OWN_NAMES[lang]
  const name = intlLocale(lang) ? languageName(lang, lang) : languageName(lang, 'en')
  return name.charAt(0).toLocaleUpperCase(intlLocale(lang) ?? 'en-001') + name.slice(1)
}

/** The name of a language in another, as it stands inside a sentence; in ht, a name it lacks is given in French. */
export function languageName(lang: Lang, inLang: Lang): string {
  const lacked = nameWeSay('languages', lang, inLang)
  if (lacked) return lacked
  const locale = intlLocale(inLang) ?? intlLocale(fallbacksOf(inLang)[0] ?? 'en') ?? 'en-001'
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(lang) ?? lang
  } catch {
    return lang // not a well-formed tag
  }
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr', 'Yezi'])

export function direction(lang: Lang): 'ltr' | 'rtl' {
  if (isUiLang(lang)) return 'ltr'
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(lang).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}
