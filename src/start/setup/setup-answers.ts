/**
 * What `bin/altavoz setup` may be told, and the rules for each answer. An answer is what a person typed: it is read here, whether it
 * came from a terminal or by a flag, into changes of the site and lines of the settings file.
 */
import * as v from 'valibot'
import { type Lang, ownName } from '#kernel/language/language.ts'
import { type ReadSetting, type SettingChange, readSetting } from '#kernel/site/setting.ts'
import type { Site } from '#kernel/site/site.ts'
import { findZone } from '#kernel/when/zone.ts'
import { origins, smtpUrl } from '#start/settings.ts'

/** What is set now, and what an answer is compared with. */
export interface Standing {
  site: Site
  /** As the settings file has them. */
  origin: string | undefined
  mail: string | undefined
}

export type Read<T> = { isGood: true; value: T } | { isGood: false; reason: string }

const good = <T>(value: T): Read<T> => ({ isGood: true, value })
const bad = (reason: string): Read<never> => ({ isGood: false, reason })
const isNone = (typed: string) => typed.toLowerCase() === 'none'

/** The short name stands at the head of every page; a longer one has to be shortened by a person. */
export const LONGEST_SHORT_NAME = 40

function change(key: string, typed: string): Read<SettingChange> {
  const read: ReadSetting = readSetting(key, typed, { findZone, places: { all: [], first: [] } })
  return read.isGood ? good(read.change) : bad(read.reason)
}

export function readLanguages(typed: string): Read<Lang[]> {
  const read = change('languages', typed)
  return read.isGood ? good(read.value.value as Lang[]) : read
}

export const readName = (lang: Lang, typed: string) => change(`name.${lang}`, typed)
export const readShortName = (lang: Lang, typed: string) => change(`short_name.${lang}`, typed)
export const readContact = (typed: string) => change('contact.email', isNone(typed) ? '' : typed)

/** Several with commas between; the first is the one that links carry. */
export function readOrigin(typed: string): Read<string> {
  const read = v.safeParse(origins, typed)
  return read.success ? good(read.output.join(',')) : bad(`“${typed}”${read.issues[0].message}.`)
}

/** The address of the mail server with its user, and never its password: that one is asked for, or read from a file. */
export function readMail(typed: string): Read<string | undefined> {
  if (isNone(typed)) return good(undefined)
  const read = v.safeParse(smtpUrl, typed, { abortPipeEarly: true })
  // What was typed is not repeated: it may hold a password after all.
  if (!read.success) return bad('This is not the address of a mail server. Write smtp://HOST:587, or smtps://HOST:465, or none; a percent sign in a user as %25.')
  const { password, pathname, search, hash } = new URL(typed)
  if (password) return bad('Leave the password out of the address: it is asked for by itself, and then never shown.')
  return pathname.length > 1 || search || hash ? bad('Write scheme, user, host and port alone, such as smtps://USER@HOST:465.') : good(new URL(typed).href.replace(/\/$/, ''))
}

/** Puts user and password into the address, in the only spelling that an address allows. */
export function withLogin(mail: string, user: string, password: string): string {
  const url = new URL(mail)
  // `url.username = …` would leave a percent sign as it is, and a password may hold one.
  const login = user ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : ''
  return `${url.protocol}//${login}${url.host}`
}

/** What a screen may show of it. */
export function shownMail(mail: string | undefined): string {
  if (!mail) return 'none'
  const { protocol, username, password, host } = new URL(mail)
  return `${protocol}//${username ? `${username}@` : ''}${host}${password ? ' with its password' : ''}`
}

/** Readers of a language without names of its own see the default language's. */
export function defaultLanguageOf({ site }: Standing, languages: readonly Lang[]): Lang {
  return languages.includes(site.defaultLanguage) ? site.defaultLanguage : languages[0]!
}

/** The changes that lead from the site's languages to these, in an order in which each is allowed. */
export function languageChanges({ site }: Standing, languages: Lang[]): SettingChange[] {
  if (languages.includes(site.defaultLanguage)) return [{ key: 'languages', value: languages }]
  return [
    { key: 'languages', value: [...languages, site.defaultLanguage] },
    { key: 'defaultLanguage', value: languages[0]! },
    { key: 'languages', value: languages },
  ]
}

export const languageOffered = (lang: Lang) => `${lang} (${ownName(lang)})`
