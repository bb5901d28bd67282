import { readFile } from 'node:fs/promises'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { pressCommands } from '#kernel/commands/press-commands.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { writeFixedPage } from '#kernel/site/server/page-actions.ts'
import { readPageText } from '#kernel/site/server/page-text.ts'
import { closeSite, openSite, setSite } from '#kernel/site/server/site-actions.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { type MenuPlaces, shownMenu } from '#kernel/site/menu.ts'
import { SETTING_HELP, readSetting } from '#kernel/site/setting.ts'
import { PAGE_TEXTS, type PageTextKey } from '#kernel/site/site.ts'
import { findZone } from '#kernel/when/zone.ts'

const show = (places: MenuPlaces): Command => ({
  usage: 'site show',
  description: 'print the settings of the site',
  async run(house) {
    const site = await findSite(house.db.read)
    if (!site) throw new Refusal('There is no site yet. Start it once: ./bin/start')
    for (const lang of [...new Set([...site.languages, ...Object.keys(site.names)])]) {
      const own = site.names[lang]
      house.say(`name.${lang}\t${own?.name ?? ''}`)
      house.say(`short_name.${lang}\t${own?.shortName ?? ''}`)
    }
    house.say(`languages\t${site.languages.join(',')}`)
    house.say(`default_language\t${site.defaultLanguage}`)
    house.say(`zone\t${site.zone}`)
    house.say(`menu\t${shownMenu(site, places).join(',')}${site.menu.length === 0 ? ' (as it comes)' : ''}`)
    house.say(`colour\t${site.colour ?? ''}`)
    house.say(`contact.email\t${site.contact.email ?? ''}`)
    house.say(`source\t${site.source ?? ''}`)
    house.say(`open\t${site.openedAt ? `since ${site.openedAt.toString()}` : 'no: closed until altavoz open'}`)
  },
})

const set = (places: MenuPlaces): Command => ({
  usage: 'site set <key> <value>',
  description: 'change one setting of the site',
  examples: ['site set name.es "Alianza …"', 'site set languages es,en,ht', 'site set zone America/Bogota', '', 'The settings:', ...SETTING_HELP, '', `The menu can lead to ${places.all.join(', ')}.`],
  async run(house, [key = '', value = '']) {
    const read = readSetting(key, value, { findZone, places })
    if (!read.isGood) throw new Refusal(`${read.reason} Nothing was changed.`)
    const outcome = await act(house, (tx) => setSite(tx, read.change, OPERATOR, house.clock()))
    if (!outcome.isSet) throw new Refusal(`${outcome.obstacle} Nothing was changed.`)
    house.say(outcome.isNew ? `ok: ${key} is set` : `${key} was so already; nothing was changed`)
  },
})

const page: Command = {
  usage: 'site page <page> <lang> <file>',
  description: `write a fixed page, or what the press may copy: ${PAGE_TEXTS.join(', ')}`,
  examples: ['site page about es about-es.md', '', 'The file begins with --- and title: … and ---, then comes the text as Markdown.'],
  async run(house, [key = '', lang = '', file = '']) {
    if (!isFixedPage(key)) throw new Refusal(`There is no fixed page “${key}”. There are: ${PAGE_TEXTS.join(', ')}. Nothing was changed.`)
    const site = await findSite(house.db.read)
    if (!site?.languages.includes(lang)) throw new Refusal(`The language “${lang}” is not switched on. There are: ${site?.languages.join(', ')}. Nothing was changed.`)
    const bytes = await readFile(file, 'utf8').catch(() => {
      throw new Refusal(`The file “${file}” cannot be read. Nothing was changed.`)
    })
    const text = readPageText(bytes)
    if (!text) throw new Refusal(`“${file}” needs a title and a text: --- and title: … and --- in lines of their own, then the text. Nothing was changed.`)
    await act(house, (tx) => writeFixedPage(tx, { key, lang }, { ...text, isStarter: false }, OPERATOR, house.clock()))
    house.say(`ok: /${lang}/${key} is written`)
  },
}

const open: Command = {
  usage: 'open',
  description: 'open the house to the public: no banner, and search engines may come',
  async run(house) {
    const opened = await act(house, (tx) => openSite(tx, OPERATOR, house.clock()))
    house.say(opened ? 'ok: the house is open' : 'it was open already; nothing was changed')
  },
}

const close: Command = {
  usage: 'close',
  description: 'close it again: a banner on every page, and search engines are asked to stay away',
  async run(house) {
    const closed = await act(house, (tx) => closeSite(tx, OPERATOR, house.clock()))
    house.say(closed ? 'ok: the house is closed' : 'it was closed already; nothing was changed')
  },
}

/** `places`: what the menu can lead to. */
export const siteCommands = (places: MenuPlaces): Command[] => [show(places), set(places), page, ...pressCommands, open, close]

const isFixedPage = (key: string): key is PageTextKey => (PAGE_TEXTS as readonly string[]).includes(key)
