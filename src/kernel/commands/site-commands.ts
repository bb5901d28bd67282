import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { isZone } from '#kernel/when/zone.ts'
import { SETTING_HELP, readSetting } from '#kernel/site/setting.ts'
import { closeSite, openSite, setSite } from '#kernel/site/server/site-actions.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'

const show: Command = {
  usage: 'site show',
  description: 'print the settings of the site',
  async run(house) {
    const site = await findSite(house.db.read)
    if (!site) throw new Refusal('There is no site yet. Start it once: ./bin/start')
    for (const [lang, { name, shortName }] of Object.entries(site.names)) {
      house.say(`name.${lang}\t${name}`)
      house.say(`short_name.${lang}\t${shortName}`)
    }
    house.say(`languages\t${site.languages.join(',')}`)
    house.say(`default_language\t${site.defaultLanguage}`)
    house.say(`zone\t${site.zone}`)
    house.say(`colour\t${site.colour}`)
    house.say(`contact.email\t${site.contact.email ?? ''}`)
    house.say(`open\t${site.openedAt ? `since ${site.openedAt.toString()}` : 'no: closed until altavoz open'}`)
  },
}

const set: Command = {
  usage: 'site set <key> <value>',
  description: 'change one setting of the site',
  examples: ['site set name.es "Alianza …"', 'site set languages es,en,ht', 'site set zone America/Bogota', ...SETTING_HELP],
  async run(house, [key = '', value = '']) {
    const read = readSetting(key, value, isZone)
    if (!read.isGood) throw new Refusal(`${read.reason} Nothing was changed.`)
    const obstacle = await act(house, (tx) => setSite(tx, read.change, OPERATOR, house.clock()))
    if (obstacle) throw new Refusal(`${obstacle} Nothing was changed.`)
    house.say(`ok: ${key} is set`)
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

export const siteCommands: Command[] = [show, set, open, close]
