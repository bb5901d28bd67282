import { isEmailAddress } from '#kernel/site/email-address.ts'
import { isUiLang, type Lang, UI_LANGS } from '#kernel/language/language.ts'
import { type MenuPlaces, readMenu } from '#kernel/site/menu.ts'
import type { Site } from '#kernel/site/site.ts'
import { webAddress } from '#kernel/site/web-address.ts'

/** A setting of the site as an operator types it, checked. An empty menu, colour or address is none. */
export type SettingChange =
  | { key: 'name' | 'shortName'; lang: Lang; value: string }
  | { key: 'languages'; value: Lang[] }
  | { key: 'menu'; value: string[] }
  | { key: 'defaultLanguage'; value: Lang }
  | { key: 'zone' | 'colour' | 'email' | 'source'; value: string }

export type ReadSetting = { isGood: true; change: SettingChange } | { isGood: false; reason: string }

export const SETTING_HELP = [
  'name.LANG TEXT            the full name in a language, for example name.es',
  'short_name.LANG TEXT      the short name in a language, at the head of every page',
  'languages TAGS            languages switched on, in order, with commas: es,en,ht',
  'default_language TAG      the one for readers who ask for none of them',
  'zone ZONE                 in it days begin and end: America/Bogota',
  'menu PAGES                links at the head of every page, in order: media,about; an empty text draws it as it comes',
  'colour #RRGGBB            one colour for what cannot wear the look; an empty text removes it',
  'contact.email ADDRESS     public, also in security.txt; an empty text removes it',
  'source ADDRESS            where the source code of this program is, linked from every page; an empty text removes it',
]

const LONGEST = { name: 200, short_name: 40 }
const bad = (reason: string): ReadSetting => ({ isGood: false, reason })
const good = (change: SettingChange): ReadSetting => ({ isGood: true, change })
const unspoken = (lang: string) => bad(`This version does not speak “${lang}”. It speaks ${UI_LANGS.join(', ')}.`)

export interface KnownToSettings {
  /** A zone's name as the IANA list spells it. */
  findZone(zone: string): string | undefined
  places: MenuPlaces
}

/** Reads `site set KEY VALUE`. */
export function readSetting(key: string, value: string, { findZone, places }: KnownToSettings): ReadSetting {
  const text = value.normalize('NFC').trim()
  // Direction marks too: one in a name turns around whatever stands behind it.
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text)) return bad(`The value of ${key} holds a line break or an invisible mark. Write it in one plain line.`)
  const [, which, lang] = /^(name|short_name)(?:\.(.*))?$/.exec(key) ?? []
  if (which) return readName(which as 'name' | 'short_name', lang, text)
  switch (key) {
    case 'languages': return readLanguages(text)
    case 'default_language': return isUiLang(text.toLowerCase()) ? good({ key: 'defaultLanguage', value: text.toLowerCase() }) : unspoken(text)
    case 'zone': {
      const zone = findZone(text)
      return zone ? good({ key, value: zone }) : bad(`“${text}” is not a time zone. Write a name of the IANA list, for example America/Bogota.`)
    }
    case 'menu': {
      const menu = readMenu(text, places)
      return menu.isGood ? good({ key, value: menu.keys }) : bad(menu.reason)
    }
    case 'source': {
      const address = text === '' ? '' : isWhole(text) ? webAddress(text)?.href : undefined
      return address === undefined ? bad(`“${text}” is not a web address. Write it whole, with https:// or http:// and without a password: https://example.org/altavoz.`) : good({ key, value: address })
    }
    case 'colour': return text === '' || /^#[0-9a-f]{6}$/i.test(text) ? good({ key, value: text.toLowerCase() }) : bad(`“${text}” is not a colour. Write it like #c8141e, in quotation marks.`)
    case 'contact.email': return text === '' || isEmailAddress(text) ? good({ key: 'email', value: text }) : bad(`“${text}” is not an e-mail address. Write it like contact@example.org.`)
    default: return bad(`There is no setting “${key}”. The settings are: ${SETTING_HELP.map((line) => line.split(' ')[0]).join(', ')}.`)
  }
}

function readName(which: 'name' | 'short_name', lang: string | undefined, text: string): ReadSetting {
  if (!lang) return bad(`A name is set language by language. Write ${which}.es for the Spanish one.`)
  if (!isUiLang(lang)) return unspoken(lang)
  const length = [...text].length
  if (length < 1 || length > LONGEST[which]) return bad(`${which}.${lang} has 1 to ${LONGEST[which]} characters; this has ${length}.`)
  return good({ key: which === 'name' ? 'name' : 'shortName', lang, value: text })
}

function readLanguages(text: string): ReadSetting {
  const tags = [...new Set(text.toLowerCase().split(/[\s,]+/).filter((tag) => tag !== ''))]
  if (tags.length === 0) return bad(`No language is named. Write at least one of ${UI_LANGS.join(', ')}.`)
  const wrong = tags.find((tag) => !isUiLang(tag))
  return wrong === undefined ? good({ key: 'languages', value: tags }) : unspoken(wrong)
}

/** Written whole, and nothing that a browser would mend by guessing. */
const isWhole = (text: string) => text.length <= 200 && /^https?:\/\/[^\s/]/i.test(text) && !/[\s\\]/.test(text)

/** Why a good value contradicts the site as it is, or null. */
export function obstacleToSetting(site: Site, change: SettingChange): string | null {
  if (change.key === 'languages' && !change.value.includes(site.defaultLanguage)) {
    return `${site.defaultLanguage} is the default language and must stay. Set another first: site set default_language ${change.value[0]}`
  }
  if (change.key === 'defaultLanguage' && !site.languages.includes(change.value)) {
    return `${change.value} is not switched on. Add it first: site set languages ${[...site.languages, change.value].join(',')}`
  }
  return null
}

/** Whether the site says this already. */
export function isAlreadySet(site: Site, change: SettingChange): boolean {
  switch (change.key) {
    case 'name':
    case 'shortName': return site.names[change.lang]?.[change.key] === change.value
    case 'languages':
    case 'menu': return site[change.key].join() === change.value.join()
    case 'email': return (site.contact.email ?? '') === change.value
    case 'colour':
    case 'source': return (site[change.key] ?? '') === change.value
    default: return site[change.key] === change.value
  }
}
