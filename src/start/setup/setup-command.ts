import { readFile } from 'node:fs/promises'
import { isInEnvironment, settingNames } from '#env.ts'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { type Lang, isUiLang, UI_LANGS } from '#kernel/language/language.ts'
import { setSite } from '#kernel/site/server/site-actions.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { prepareSettingsFile, readSettingsFile, settingsFileOf } from '#start/settings-file.ts'
import { type Standing, shownMail } from '#start/setup/setup-answers.ts'
import { type Given, type Wanted, interview } from '#start/setup/setup-dialogue.ts'
import { atTerminal, byFlagsAlone } from '#start/setup/setup-interviewers.ts'
import { openTerminal } from '#start/setup/setup-terminal.ts'

export const setupCommand: Command = {
  usage: 'setup',
  description: 'ask for names, languages, address, mail and contact of the site, and set them',
  options: [
    { flag: '--languages <tags>', description: 'languages of the site, in order: es,en,ht' },
    { flag: '--name <lang=text>', description: 'the full name in a language; may be given several times', repeats: true },
    { flag: '--short-name <lang=text>', description: 'the short name in a language; may be given several times', repeats: true },
    { flag: '--origin <address>', description: 'the address that readers type: https://your.name' },
    { flag: '--mail <address>', description: 'the mail server: smtps://USER@HOST:465, smtp://USER@HOST:587, or none' },
    { flag: '--mail-password-file <file>', description: 'a file whose first line is the password of the mail server' },
    { flag: '--contact <address>', description: 'public e-mail address, or none' },
    { flag: '--yes', description: 'ask nothing: what no flag names stays as it is' },
  ],
  examples: [
    'setup', 'setup --languages es,en --name es="Alianza …" --name en="Alliance …" --origin https://your.name --mail none --yes', '',
    'Names, languages and contact are data of the site. Address and mail server are written to settings.env in DATA_DIR, which only',
    'its owner may read. Run again, it changes only what is answered otherwise; Ctrl-C at any question changes nothing.',
  ],
  async run(house, _words, options) {
    const standing = await findStanding(house)
    const given = await givenBy(options)
    const wanted = options.yes ? await interview(standing, given, byFlagsAlone) : await askAtTerminal(house, standing, given)
    await carryOut(house, wanted)
  },
}

async function findStanding({ db, dataDir }: CommandHouse): Promise<Standing> {
  const site = await findSite(db.read)
  if (!site) throw new Error('a command opens no house without a site')
  const file = readSettingsFile(dataDir, settingNames())
  return { site, origin: file.ORIGIN, mail: file.SMTP_URL }
}

async function givenBy(options: Record<string, unknown>): Promise<Given> {
  const text = (name: string) => options[name] as string | undefined
  return {
    languages: text('languages'), origin: text('origin'), mail: text('mail'), contact: text('contact'),
    names: byLanguage('--name', options.name), shortNames: byLanguage('--short-name', options.shortName),
    mailPassword: await passwordIn(text('mailPasswordFile')),
  }
}

function byLanguage(flag: string, values: unknown): Record<Lang, string> {
  return Object.fromEntries(((values ?? []) as string[]).map((written) => {
    const [, lang = '', text = ''] = /^([^=]*)=(.*)$/s.exec(written) ?? []
    if (!isUiLang(lang)) throw new Refusal(`${flag} needs a language and a text, such as ${flag} es="…"; languages are ${UI_LANGS.join(', ')}. Nothing was changed.`)
    return [lang, text]
  }))
}

/** A file and not a flag: every user of a machine sees the flags of every program. */
async function passwordIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refusal(`The file “${path}” cannot be read. Nothing was changed.`)
  })
  return text.split(/\r?\n/)[0]
}

async function askAtTerminal(house: CommandHouse, standing: Standing, given: Given): Promise<Wanted> {
  const terminal = openTerminal()
  if (!terminal) throw new Refusal('There is no terminal to ask at. Answer by flags and add --yes (bin/altavoz setup --help); nothing was changed.')
  try {
    house.say('Enter keeps what stands in brackets. Ctrl-C at any question changes nothing.')
    house.say('Mail tells colleagues who ask for it that something waits at the desk, and nothing more.')
    return await interview(standing, given, atTerminal(terminal, (line) => house.say(line)))
  } finally {
    terminal.close()
  }
}

/** The file is written whole beside the old one, the site changes in one transaction, and then the file takes its place. */
async function carryOut(house: CommandHouse, { site, file }: Wanted): Promise<void> {
  const prepared = prepareSettingsFile(house.dataDir, file)
  const done: string[] = []
  try {
    await act(house, async (tx) => {
      for (const change of site) {
        const outcome = await setSite(tx, change, OPERATOR, house.clock())
        if (!outcome.isSet) throw new Refusal(`${outcome.obstacle} Nothing was changed.`)
        if (outcome.isNew) done.push('lang' in change ? `${change.key === 'name' ? 'name' : 'short_name'}.${change.lang}` : NAMES[change.key] ?? change.key)
      }
    })
    prepared?.commit()
  } catch (error) {
    prepared?.discard()
    throw error
  }
  tell(house, [...new Set(done)], prepared ? file : undefined)
}

const NAMES: Record<string, string> = { defaultLanguage: 'default_language', email: 'contact.email' }

function tell({ say, dataDir }: CommandHouse, keys: string[], file: Wanted['file'] | undefined): void {
  for (const key of keys) say(`ok: ${key} is set`)
  if (file) {
    say(`ok: ${settingsFileOf(dataDir)} is written${'SMTP_URL' in file ? `, mail: ${shownMail(file.SMTP_URL)}` : ''}`)
    say('  note: it counts from the next start: restart Altavoz if it runs')
    for (const name of Object.keys(file).filter(isInEnvironment)) say(`  note: ${name} stands in the environment too, which counts more than the file`)
    if (file.ORIGIN?.split(',').some((origin) => /^http:/.test(origin) && !/^http:\/\/(localhost|127\.|\[::1\])|\.onion(:|$)/.test(origin))) say('  note: without https everybody on the way can read and change pages')
  }
  if (keys.length === 0 && !file) return say('all of that was so already; nothing was changed')
  say('Next: bin/altavoz doctor looks whether all is well.')
}
