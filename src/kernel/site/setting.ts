import type { Lang } from '#kernel/language/language.ts'

/** A setting of the site as an operator types it, checked. */
export type SettingChange =
  | { key: 'name' | 'shortName'; lang: Lang; value: string }
  | { key: 'languages'; value: Lang[] }
  | { key: 'defaultLanguage'; value: Lang }
  | { key: 'zone' | 'colour' | 'email'; value: string }

export type ReadSetting = { isGood: true; change: SettingChange } | { isGood: false; reason: string }

export const SETTING_HELP = [
  'name.LANG TEXT            the full name in a language, for example name.es',
  'short_name.LANG TEXT      the short name in a language',
  'languages TAGS            languages switched on, in order, with commas: es,en,ht',
  'default_language TAG      the one for readers who ask for none of them',
  'zone ZONE                 in it days begin and end: America/Bogota',
  'colour #RRGGBB            one colour for what cannot wear the look',
  'contact.email ADDRESS     shown in security.txt; an empty text removes it',
]

const isTag = (text: string) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(text)
const LONGEST_NAME = 200
const bad = (reason: string): ReadSetting => ({ isGood: false, reason })

/** Reads `site set KEY VALUE`. `isZone` says whether this machine knows a time zone. */
export function readSetting(key: string, value: string, isZone: (zone: string) => boolean): ReadSetting {
  const text = value.trim()
  const [, which, lang] = /^(name|short_name)\.(.+)$/.exec(key) ?? []
  if (which && lang) {
    if (!isTag(lang)) return bad(`“${lang}” is not a language tag. Write it like name.es or name.es-ar.`)
    if (text === '' || text.length > LONGEST_NAME) return bad(`A name has 1 to ${LONGEST_NAME} characters.`)
    return { isGood: true, change: { key: which === 'name' ? 'name' : 'shortName', lang, value: text } }
  }
  switch (key) {
    case 'languages': {
      const tags = [...new Set(text.split(/[\s,]+/).filter((tag) => tag !== ''))]
      const wrong = tags.find((tag) => !isTag(tag))
      if (tags.length === 0 || wrong !== undefined) return bad(`“${wrong ?? text}” is not a list of language tags. Write them in lower case with commas: es,en,ht.`)
      return { isGood: true, change: { key, value: tags } }
    }
    case 'default_language':
      return isTag(text) ? { isGood: true, change: { key: 'defaultLanguage', value: text } } : bad(`“${text}” is not a language tag. Write it like es.`)
    case 'zone':
      return isZone(text) ? { isGood: true, change: { key, value: text } } : bad(`“${text}” is not a time zone. Write a name of the IANA list, for example America/Bogota.`)
    case 'colour':
      return /^#[0-9a-fA-F]{6}$/.test(text) ? { isGood: true, change: { key, value: text.toLowerCase() } } : bad(`“${text}” is not a colour. Write it like #c8141e.`)
    case 'contact.email':
      return text === '' || /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(text) ? { isGood: true, change: { key: 'email', value: text } } : bad(`“${text}” is not an e-mail address.`)
    default:
      return bad(`There is no setting “${key}”. The settings are: ${SETTING_HELP.map((line) => line.split(' ')[0]).join(', ')}.`)
  }
}

/** Why these languages may not be the ones switched on, or null. */
export function languagesWithout(languages: Lang[], defaultLanguage: Lang): string | null {
  return languages.includes(defaultLanguage) ? null : `${defaultLanguage} is the default language. Set another first: site set default_language ${languages[0]}`
}
