import { isUiLang, type Lang, UI_LANGS } from '#kernel/language/language.ts'
import type { Site } from '#kernel/site/site.ts'

/** A setting that was read from what somebody typed. */
export type SiteSetting =
  | { key: 'name' | 'shortName'; lang: Lang; value: string }
  | { key: 'languages'; value: Lang[] }
  | { key: 'defaultLanguage' | 'zone'; value: string }
  | { key: 'colour' | 'email'; value: string | null }

export type ReadSetting = { setting: SiteSetting } | { obstacle: string }

/** The keys of `site set`, as they are shown. `LANG` is a language of this version. */
export const SITE_KEYS = [
  ['name.LANG', 'full name of the alliance in a language'],
  ['short_name.LANG', 'the name that stands at the head of every page'],
  ['languages', 'languages that are switched on, in the order in which they are offered'],
  ['default_language', 'the language of a reader of whom nothing is known'],
  ['zone', 'time zone in which days begin and end, such as America/Bogota'],
  ['colour', 'the colour of the alliance, such as #c8141e; empty for none'],
  ['contact.email', 'the address for corrections and questions, public; empty for none'],
] as const

const LONGEST = { name: 200, shortName: 40 }

/** Reads a setting. An obstacle is one sentence that names what is wrong and what to write. */
export function readSiteSetting(key: string, typed: string, site: Site): ReadSetting {
  const value = typed.normalize('NFC').trim()
  if (/\p{Cc}/u.test(value)) return no(`The value of ${key} holds a line break or a control character: write it in one line.`)
  const [name, lang, ...rest] = key.split('.')
  if ((name === 'name' || name === 'short_name') && lang !== undefined && rest.length === 0) {
    return readName(name === 'name' ? 'name' : 'shortName', key, lang, value)
  }
  switch (key) {
    case 'languages': return readLanguages(value, site)
    case 'default_language': return readDefaultLanguage(value, site)
    case 'zone': return readZone(value)
    case 'colour': return readColour(value)
    case 'contact.email': return readEmail(value)
    case 'name':
    case 'short_name': return no(`Names are set language by language: write ${key}.es for the Spanish one.`)
    default: return no(`There is no setting "${key}". There are: ${SITE_KEYS.map(([known]) => known).join(', ')}.`)
  }
}

function readName(key: 'name' | 'shortName', typedKey: string, lang: string, value: string): ReadSetting {
  if (!isUiLang(lang)) return no(unknownLanguage(lang))
  if (value === '') return no(`${typedKey} is empty: write the name between quotation marks.`)
  if ([...value].length > LONGEST[key]) return no(`${typedKey} has ${[...value].length} characters: write at most ${LONGEST[key]}.`)
  return { setting: { key, lang, value } }
}

function readLanguages(value: string, site: Site): ReadSetting {
  const languages = [...new Set(value.toLowerCase().split(/[\s,]+/).filter(Boolean))]
  const unknown = languages.find((lang) => !isUiLang(lang))
  if (unknown !== undefined) return no(unknownLanguage(unknown))
  if (languages.length === 0) return no(`No language is named: write at least one of ${UI_LANGS.join(', ')}.`)
  if (!languages.includes(site.defaultLanguage)) {
    return no(`The default language ${site.defaultLanguage} must stay switched on: name it too, or set default_language first.`)
  }
  return { setting: { key: 'languages', value: languages } }
}

function readDefaultLanguage(value: string, site: Site): ReadSetting {
  const lang = value.toLowerCase()
  if (!isUiLang(lang)) return no(unknownLanguage(value))
  if (site.languages.includes(lang)) return { setting: { key: 'defaultLanguage', value: lang } }
  return no(`The language ${lang} is not switched on: add it with "site set languages" first (now: ${site.languages.join(', ')}).`)
}

/** Offsets such as -05:00 are refused: where clocks change, days would begin an hour late for half the year. */
function readZone(value: string): ReadSetting {
  try {
    if (/^[a-z]/i.test(value)) return { setting: { key: 'zone', value: new Temporal.ZonedDateTime(0n, value).timeZoneId } }
  } catch {
    // Said below.
  }
  return no(`"${value}" is not the name of a time zone: write one such as America/Bogota or America/Port-au-Prince.`)
}

function readColour(value: string): ReadSetting {
  if (value === '') return { setting: { key: 'colour', value: null } }
  if (/^#[0-9a-f]{6}$/i.test(value)) return { setting: { key: 'colour', value: value.toLowerCase() } }
  return no(`"${value}" is not a colour: write # and six digits or letters a to f, such as "#c8141e".`)
}

function readEmail(value: string): ReadSetting {
  if (value === '') return { setting: { key: 'email', value: null } }
  if (value.length <= 254 && /^[^\s@<>"']+@[^\s@<>"'.]+(\.[^\s@<>"'.]+)+$/.test(value)) return { setting: { key: 'email', value } }
  return no(`"${value}" is not a mail address: write one such as contact@example.org.`)
}

const unknownLanguage = (lang: string) => `This version does not speak "${lang}": it speaks ${UI_LANGS.join(', ')}.`
const no = (obstacle: string) => ({ obstacle })
