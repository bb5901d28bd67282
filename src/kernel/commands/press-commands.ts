import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { isLangTag, type Lang } from '#kernel/language/language.ts'
import { LONGEST_WHO, MOST_CONTACTS, type PressContact, reachesSame, readChannel, readHours, readWho, writeHours } from '#kernel/site/press-contact.ts'
import { addPressContact, changePressContact, lockPressContacts, namePressContact, removePressContact } from '#kernel/site/server/press-actions.ts'
import { contactMark } from '#kernel/site/server/press-mark.ts'
import { listPressContacts } from '#kernel/site/server/press-queries.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { findZone } from '#kernel/when/zone.ts'

const refusal = (why: string) => new Refusal(`${why} Nothing was changed.`)

function channelOf(word: string): string {
  const channel = readChannel(word)
  if (!channel) throw refusal(`“${word}” is neither a telephone number with its country (+51 1 555 0100), nor an e-mail address, nor a page (https://…).`)
  return channel
}

function whoOf(text: string): string {
  const who = readWho(text)
  if (who === undefined) throw refusal(`Say in one plain line of up to ${LONGEST_WHO} characters who it is: a name or a role.`)
  return who
}

/** A language of the site, or the first that it speaks. */
async function languageOf(house: CommandHouse, option: unknown): Promise<Lang> {
  const site = await findSite(house.db.read)
  if (!site) throw new Refusal('There is no site yet. Start it once: ./bin/start')
  const lang = option === undefined ? site.defaultLanguage : String(option).toLowerCase()
  if (!site.languages.includes(lang)) throw refusal(`The language “${lang}” is not switched on. There are: ${site.languages.join(', ')}.`)
  return lang
}

function languagesOf(option: unknown): Lang[] {
  const tags = String(option ?? '').toLowerCase().split(/[\s,]+/).filter((tag) => tag !== '')
  const wrong = tags.find((tag) => !isLangTag(tag))
  if (wrong !== undefined) throw refusal(`“${wrong}” is not a language. Write tags with commas: es,pt,en.`)
  return [...new Set(tags)]
}

/** Who types the same channel again says anew what there is to say of it; what it is called in other languages stays. */
async function addOrSayAnew(tx: Tx, contact: PressContact, now: Temporal.Instant) {
  const contacts = await lockPressContacts(tx)
  const standing = contacts.find(({ channel }) => channel === contact.channel) ?? contacts.find(({ channel }) => reachesSame(channel, contact.channel))
  if (!standing) return addPressContact(tx, contact, OPERATOR, now)
  const at = { channel: standing.channel, drawn: contactMark(standing) }
  return changePressContact(tx, at, { ...contact, who: { ...standing.who, ...contact.who } }, OPERATOR, now)
}

const add: Command = {
  usage: 'site press add <channel>',
  description: 'name whom journalists reach by a telephone number, an e-mail address or a page; the same again changes it',
  options: [
    { flag: '--who <text>', description: 'a name or a role, public', required: true },
    { flag: '--lang <tag>', description: 'the language of that; the site’s first one when left out' },
    { flag: '--languages <tags>', description: 'which languages they speak: es,pt,en' },
    { flag: '--hours <text>', description: 'when they answer, with the zone: "mon-fri 09:00-19:00 America/Lima"' },
  ],
  examples: ['site press add "+51 1 555 0100" --who "Guardia de prensa" --languages es,pt --hours "mon-fri 09:00-19:00 America/Lima"', 'site press add press@example.org --who "Press duty" --lang en'],
  async run(house, [word = ''], options) {
    const channel = channelOf(word)
    const lang = await languageOf(house, options.lang)
    const hours = options.hours === undefined ? null : readHours(String(options.hours), findZone)
    if (hours === undefined) throw refusal(`“${String(options.hours)}” are no hours. Write days, hours and zone: "mon-fri 09:00-19:00 America/Lima".`)
    const contact = { channel, who: { [lang]: whoOf(String(options.who)) }, languages: languagesOf(options.languages), hours }
    const obstacle = await act(house, (tx) => addOrSayAnew(tx, contact, house.clock()))
    if (obstacle === 'too-many') throw refusal(`There are ${MOST_CONTACTS} contacts already. Remove one first.`)
    if (obstacle) throw refusal(`Another contact reaches the same as ${channel}. See bin/altavoz site press list.`)
    house.say(`ok: ${channel} stands on /${lang}/press`)
  },
}

const who: Command = {
  usage: 'site press who <channel> <lang> <text>',
  description: 'say in one more language who it is',
  examples: ['site press who press@example.org es "Guardia de prensa"'],
  async run(house, [word = '', tag = '', text = '']) {
    const channel = channelOf(word)
    const lang = await languageOf(house, tag)
    const named = whoOf(text)
    const obstacle = await act(house, (tx) => namePressContact(tx, channel, lang, named, OPERATOR, house.clock()))
    if (obstacle) throw refusal(`${channel} is no press contact. See bin/altavoz site press list.`)
    house.say(`ok: ${channel} is “${named}” in ${lang}`)
  },
}

const remove: Command = {
  usage: 'site press remove <channel>',
  description: 'take a contact off the press page',
  async run(house, [word = '']) {
    const channel = channelOf(word)
    const outcome = await act(house, (tx) => removePressContact(tx, { channel }, OPERATOR, house.clock()))
    if ('obstacle' in outcome) throw refusal(`${channel} is no press contact. See bin/altavoz site press list.`)
    house.say(`ok: ${channel} is shown no longer`)
  },
}

const list: Command = {
  usage: 'site press list',
  description: 'whom the press page names',
  async run(house) {
    const contacts = await listPressContacts(house.db.read)
    for (const { channel, who: names, languages, hours } of contacts) {
      house.say([channel, ...Object.entries(names).map(([lang, name]) => `${name} [${lang}]`), languages.join(','), hours ? writeHours(hours) : ''].join('\t'))
    }
    if (contacts.length === 0) house.say('nobody is named yet: bin/altavoz site press add CHANNEL --who "…"')
  },
}

/** Whom journalists reach: words of `bin/altavoz`. */
export const pressCommands: Command[] = [add, who, remove, list]
