import { Refusal } from '#kernel/database/refusal.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { SettingChange } from '#kernel/site/setting.ts'
import { NEUTRAL_NAME } from '#kernel/site/site.ts'
import {
  LONGEST_SHORT_NAME, type Read, type Standing, defaultLanguageOf, languageChanges, languageOffered, readContact, readLanguages, readMail, readName,
  readOrigin, readShortName, shownMail, withLogin,
} from '#start/setup/setup-answers.ts'

export interface Wanted {
  site: SettingChange[]
  /** Lines of the settings file; undefined takes one away. */
  file: Record<string, string | undefined>
}

/** Everything that flags answered already, as it was typed. Names by their language. */
export interface Given {
  languages?: string
  names: Record<Lang, string>
  shortNames: Record<Lang, string>
  origin?: string
  mail?: string
  /** Read from a file. */
  mailPassword?: string
  contact?: string
}

/**
 * Where answers come from: a terminal, which shows what stands and asks until an answer is good, or flags alone, which change
 * nothing that they do not name.
 */
export interface Interviewer {
  /** @returns undefined: it stays as it is */
  learn<T>(question: Question<T>): Promise<T | undefined>
  secret(prompt: string): Promise<string | undefined>
}

export interface Question<T> {
  text: string
  /** What a flag says. */
  given: string | undefined
  /** What stands now; empty: nothing. Enter keeps it. */
  standing: string
  /** Taken when nothing stands and nothing is typed. */
  proposal?: string
  read(typed: string): Read<T>
}

/** Asks everything before anything is changed. */
export async function interview(standing: Standing, given: Given, interviewer: Interviewer): Promise<Wanted> {
  const languages = await interviewer.learn({
    text: 'Languages of the site, in order, of en, es, pt, fr and ht', given: given.languages, standing: standing.site.languages.join(','), read: readLanguages,
  })
  const names = await learnNames(standing, languages ?? standing.site.languages, given, interviewer)
  const origin = await interviewer.learn({
    text: 'Address that readers type, with https:// once the site has a name of its own', given: given.origin, standing: standing.origin ?? '',
    proposal: '', read: readOrigin,
  })
  const mail = await learnMail(standing, given, interviewer)
  const contact = await interviewer.learn({
    text: 'Public e-mail address for readers and the press, or none', given: given.contact, standing: standing.site.contact.email ?? 'none', read: readContact,
  })
  return {
    site: [...(languages ? languageChanges(standing, languages) : []), ...names, ...(contact ? [contact] : [])],
    file: { ...(origin !== undefined && { ORIGIN: origin }), ...mail },
  }
}

/** The default language's names first: the others may be left to them. */
async function learnNames(standing: Standing, languages: readonly Lang[], given: Given, interviewer: Interviewer): Promise<SettingChange[]> {
  const first = defaultLanguageOf(standing, languages)
  const changes: SettingChange[] = []
  for (const lang of [first, ...languages.filter((one) => one !== first)]) {
    const own = standing.site.names[lang]
    const offered = languageOffered(lang)
    const optional = lang === first ? {} : { proposal: '' }
    const name = await interviewer.learn({ text: `Full name in ${offered}`, given: given.names[lang], standing: own?.name ?? '', ...optional, read: (typed) => readName(lang, typed) })
    if (name) changes.push(name)
    const full = name ? String(name.value) : own?.name
    if (full === undefined) continue
    const proposal = [...full].length <= LONGEST_SHORT_NAME ? full : undefined
    const short = await interviewer.learn({
      text: `Short name in ${offered}, at the head of every page`, given: given.shortNames[lang],
      standing: own && own.shortName !== NEUTRAL_NAME.shortName ? own.shortName : '',
      ...(proposal !== undefined && { proposal }), read: (typed) => readShortName(lang, typed),
    })
    if (short) changes.push(short)
  }
  return changes
}

async function learnMail({ mail }: Standing, given: Given, interviewer: Interviewer): Promise<Record<string, string | undefined>> {
  const address = await interviewer.learn({
    text: 'Mail server: smtps://USER@HOST:465, smtp://USER@HOST:587, or none', given: given.mail, standing: shownMail(mail), read: (typed) => {
      const read = readMail(typed)
      return read.isGood ? { isGood: true, value: { url: read.value } } : read
    },
  })
  if (!address) return given.mailPassword !== undefined && mail ? { SMTP_URL: withPassword(mail, given.mailPassword) } : {}
  if (!address.url) return { SMTP_URL: undefined }
  if (!new URL(address.url).username) return { SMTP_URL: address.url }
  const known = mail && withPassword(mail, '') === withPassword(address.url, '') ? decodeURIComponent(new URL(mail).password) : ''
  let password = given.mailPassword
  // A user without a password would be turned away by every server, and only once a mail is to be sent.
  for (let isFirst = true; !password; isFirst = false) {
    const typed = await interviewer.secret(`Its password, not shown${known ? ' (Enter keeps it)' : isFirst ? '' : ' (it cannot be empty; Ctrl-C stops)'}: `)
    password = typed || known
    if (typed === undefined && !password) throw new Refusal('The user of the mail server needs a password: name a file that holds it with --mail-password-file. Nothing was changed.')
  }
  return { SMTP_URL: withPassword(address.url, password) }
}

const withPassword = (mail: string, password: string) => withLogin(mail, decodeURIComponent(new URL(mail).username), password)
