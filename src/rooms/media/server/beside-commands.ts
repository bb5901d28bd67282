import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { changeText, PUBLISH_OPTION, said } from '#rooms/media/server/shown-command.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'

export const relateCommand: Command = {
  usage: 'relate <address> <other>',
  description: 'lead from one text to another that belongs to it',
  options: [PUBLISH_OPTION, { flag: '--end', description: 'lead there no more' }],
  examples: ['relate /es/media/nuestra-nota /es/media/nuestro-informe --publish'],
  async run(house, [address = '', word = ''], options) {
    const [text, other] = [await textAt(house, address), await textAt(house, word)]
    if (text.itemId === other.itemId) throw new Refusal('A text cannot be related to itself. Nothing was changed.')
    const ends = options.end === true
    await changeText(house, text, {
      name: ends ? 'end-relation' : 'relate-text', done: `${ends ? 'leads no more' : 'leads'} to ${other.path}`,
      change: ({ related = [], ...frozen }) => {
        const left = related.filter((id) => id !== other.itemId)
        if (!ends) return { ...frozen, related: related.length === left.length ? [...left, other.itemId] : related }
        return left.length > 0 ? { ...frozen, related: left } : frozen
      },
    }, options.publish === true)
  },
}

export const seriesCommand: Command = {
  usage: 'series <name> <...addresses>',
  description: 'join texts of one language to a series, in this order',
  options: [PUBLISH_OPTION],
  examples: ['series "La ley en breve" /es/media/nueva-zelanda /es/media/uruguay --publish'],
  async run(house, [word = '', ...addresses], options) {
    const name = said(word, '<name>')
    const texts = []
    for (const address of addresses) texts.push(await textAt(house, address))
    const items = [...new Set(texts.map(({ itemId }) => itemId))]
    if (items.length < 2) throw new Refusal('A series has two texts at least. Nothing was changed.')
    if (new Set(texts.map(({ lang }) => lang)).size > 1) throw new Refusal('The addresses are of several languages. Join each language by itself, with the name of the series in it; nothing was changed.')
    for (const text of texts) {
      await changeText(house, text, {
        name: 'set-series', done: `is part of “${name}”`, change: (frozen) => ({ ...frozen, series: { name, items } }),
      }, options.publish === true)
    }
  },
}

export const leaveSeriesCommand: Command = {
  usage: 'series leave <address>',
  description: 'show the text as part of no series',
  options: [PUBLISH_OPTION],
  async run(house, [address = ''], options) {
    await changeText(house, await textAt(house, address), {
      name: 'leave-series', done: 'is part of no series', change: ({ series: _, ...frozen }) => frozen,
    }, options.publish === true)
  },
}

export const creditCommand: Command = {
  usage: 'credit <address>',
  description: 'name who wrote or translated the text, as they wish to be named; nobody when left out',
  options: [
    { flag: '--by <name>', description: 'who wrote it: name or pseudonym' },
    { flag: '--translator <name>', description: 'who translated it: name or pseudonym' },
    PUBLISH_OPTION,
  ],
  examples: ['credit /pt/media/nossa-nota --translator "Lua" --publish', 'credit /pt/media/nossa-nota --publish'],
  async run(house, [address = ''], options) {
    const byline = options.by === undefined ? undefined : said(options.by, '--by')
    const translator = options.translator === undefined ? undefined : said(options.translator, '--translator')
    await changeText(house, await textAt(house, address), {
      name: 'credit-people', done: byline || translator ? 'names them' : 'names nobody',
      change: ({ byline: _, translator: __, ...frozen }) => ({ ...frozen, ...(byline && { byline }), ...(translator && { translator }) }),
    }, options.publish === true)
  },
}
