import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { languageName } from '#kernel/language/language.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import {
  type Field, FIELDS, LONGEST_ABOUT, nameIn, type Organisation, slugOfName, sortedByName,
} from '#rooms/people/organisation.ts'
import {
  addOrganisation, endAgreementToBeShown, nameOrganisation, recordAgreementToBeShown,
} from '#rooms/people/server/organisation-actions.ts'
import { findOrganisationTyped, listOrganisations } from '#rooms/people/server/organisation-queries.ts'

/** The organisation that the operator means by an id or by the last part of its address. */
export async function organisationTyped(house: CommandHouse, word: string): Promise<Organisation> {
  const found = await findOrganisationTyped(house.db.read, word)
  if (found) return found
  throw new Refusal(`There is no organisation “${word}”. See bin/altavoz organisation list; nothing was changed.`)
}

const REFUSED = {
  'no-name': 'An organisation needs a name.',
  'malformed-language': 'A language is written as a tag in lower case, for example es or pt-br.',
  'about-too-long': `What it says of itself may have ${LONGEST_ABOUT} characters.`,
  'unknown-place': 'A place is a code: two letters of ISO 3166 (UY), a part of one (MX-CHH) or three digits of M49 (419).',
  'unknown-field': `A field of work is one of: ${FIELDS.join(', ')}.`,
  'malformed-link': 'A link begins with https:// or http:// and holds no user name.',
  'malformed-slug': 'Name the last part of its address with --slug: small letters a to z, digits and hyphens.',
  'slug-taken': 'Another organisation has this address. If it is not the same one, name another with --slug.',
  'not-found': 'There is no such organisation.',
}

const refusal = (obstacle: keyof typeof REFUSED) => new Refusal(`${REFUSED[obstacle]} Nothing was changed.`)

const text = (option: unknown) => (option === undefined ? '' : String(option).trim())
const listOf = (option: unknown) => text(option).split(',').map((word) => word.trim()).filter((word) => word !== '')

/** What the site speaks first, when no language was given. */
const languageOf = async (house: CommandHouse, option: unknown) =>
  text(option).toLowerCase() || ((await findSite(house.db.read))?.defaultLanguage ?? 'en')

const add: Command = {
  usage: 'organisation add <name>',
  description: 'write an organisation down; readers do not see it before it agreed',
  options: [
    { flag: '--lang <tag>', description: 'the language of its name; the site’s first language when left out' },
    { flag: '--short-name <text>', description: 'its short name or acronym' },
    { flag: '--about <text>', description: 'what it does, in its own words' },
    { flag: '--place <codes>', description: 'where it works, with commas: UY,419' },
    { flag: '--field <words>', description: `what it works on, with commas: ${FIELDS.join(', ')}` },
    { flag: '--link <addresses>', description: 'its pages, with commas' },
    { flag: '--slug <word>', description: 'the last part of its address; made of its name when left out' },
  ],
  examples: ['organisation add "Organización A" --lang es --place UY,419 --field sex_work,labour_rights'],
  async run(house, [name = ''], options) {
    const lang = await languageOf(house, options.lang)
    const words = {
      texts: { [lang]: { name: name.trim(), shortName: text(options.shortName) || null, about: text(options.about) } },
      places: listOf(options.place).map((code) => code.toUpperCase()), fields: listOf(options.field) as Field[],
      links: listOf(options.link),
    }
    const slug = text(options.slug) || slugOfName(name)
    const outcome = await act(house, (tx) => addOrganisation(tx, slug, words, OPERATOR, house.clock()))
    if (!outcome.added) throw refusal(outcome.obstacle)
    house.say(`ok ${outcome.id} ${slug}`)
    house.say(`  note: readers do not see it before it agreed: bin/altavoz organisation agreed ${slug}`)
  },
}

const name: Command = {
  usage: 'organisation name <organisation> <lang> <name>',
  description: 'give it a name in one more language, or another name; signed texts keep the old one',
  options: [{ flag: '--short-name <text>', description: 'its short name or acronym in this language' }],
  examples: ['organisation name organizacion-a ht "Òganizasyon A"'],
  async run(house, [word = '', lang = '', given = ''], options) {
    const { id, slug } = await organisationTyped(house, word)
    const names = { name: given, shortName: text(options.shortName) || null }
    const obstacle = await act(house, (tx) => nameOrganisation(tx, id, lang.toLowerCase(), names, OPERATOR, house.clock()))
    if (obstacle) throw refusal(obstacle)
    house.say(`ok: ${slug} is “${given.trim()}” in ${lang.toLowerCase()}`)
  },
}

const list: Command = {
  usage: 'organisation list',
  description: 'who is written down: id, address, name, and what is on record of each',
  options: [{ flag: '--lang <tag>', description: 'names in this language; where one is lacking, its nearest is marked' }],
  async run(house, _words, options) {
    const lang = await languageOf(house, options.lang)
    const all = sortedByName(await listOrganisations(house.db.read), lang)
    for (const one of all) house.say(`${one.id}  ${one.slug}  ${lineOf(one, lang)}`)
    if (all.length === 0) house.say('no organisation is written down yet: bin/altavoz organisation add NAME')
  },
}

function lineOf(one: Organisation, lang: string): string {
  const shown = nameIn(one.texts, lang)
  const facts = [
    ...one.places, ...one.fields, one.agreedToBeShownAt ? 'agreed to be shown' : 'not shown: it has not agreed',
    ...(one.recognition ? [`recognised as sex-worker-led on ${one.recognition.recognisedOn.toString()}`] : []),
  ]
  return `${shown.text}${shown.lang === lang ? '' : ` [${languageName(shown.lang, 'en')}]`}  (${facts.join(', ')})`
}

/** What else an organisation's no ends, which another room knows. `end` returns how many texts no longer go out at their hour. */
export interface EndNaming {
  /** Before the organisation's own row. */
  lock(tx: Tx, organisationId: string, now: Temporal.Instant): Promise<void>
  end(tx: Tx, organisationId: string, actor: string, now: Temporal.Instant): Promise<number>
}

export const agreedCommand = (naming: EndNaming): Command => ({
  usage: 'organisation agreed <organisation>',
  description: 'write down that it said yes to being shown by name and logo',
  options: [{ flag: '--no-longer', description: 'it said no: it is gone from public lists at once' }],
  async run(house, [word = ''], options) {
    const { id, slug } = await organisationTyped(house, word)
    const isOver = options.noLonger === true
    const now = house.clock()
    const calledOff = await act(house, async (tx) => {
      if (isOver) await naming.lock(tx, id, now)
      const obstacle = await (isOver ? endAgreementToBeShown : recordAgreementToBeShown)(tx, id, OPERATOR, now)
      if (obstacle) throw refusal(obstacle)
      return isOver ? naming.end(tx, id, OPERATOR, now) : 0
    })
    house.say(`ok: ${slug} ${isOver ? 'is shown no longer' : 'may be shown'}`)
    if (calledOff > 0) house.say(`  note: ${calledOff} text${calledOff === 1 ? '' : 's'} with its name waited for an hour, and ${calledOff === 1 ? 'is' : 'are'} called off`)
  },
})

/** What the operator can do with organisations at `bin/altavoz`. */
export const organisationCommands: Command[] = [add, name, list]
