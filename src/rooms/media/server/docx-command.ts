import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { nameWithin } from '#kernel/export/export-path.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { isPaper } from '#rooms/media/print/paper-data.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'

export const docxCommand: Command = {
  usage: 'docx <address> [file]',
  description: 'write a public text as a Word file on the letterhead of the site',
  options: [{ flag: '--paper <size>', description: 'a4 or letter; a4 when left out' }],
  examples: ['docx /es/media/nuestra-nota', 'docx /en/media/our-statement statement.docx --paper letter'],
  async run(house, [address = '', file], options) {
    const paper = String(options.paper ?? 'a4')
    if (!isPaper(paper)) throw new Refusal(`“${paper}” is not a paper size. Write a4 or letter after --paper; nothing was written.`)
    const { lang, path } = await textAt(house, address)
    const slug = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
    const site = await findSite(house.db.read)
    const answer = (await findPublishedItem(house.db.read, lang, slug, house.clock()))?.answer
    if (answer?.found === 'moved') throw new Refusal(`${path} leads on to ${itemPath(lang, answer.slug)}. Write that address; nothing was written.`)
    if (answer?.found !== 'item' || !site) throw new Refusal(`Readers do not see ${path}, so it goes on no letterhead. Publish it first; nothing was written.`)
    // Loaded now: no other word of the operator needs it.
    const { wordLetter } = await import('#rooms/media/print/word-letter.ts')
    const bytes = await wordLetter(answer.item, paper, site, (house.settings.origins[0] ?? '') + itemPath(lang, answer.item.slug))
    const to = resolve(file ?? `${nameWithin(slug)}.docx`)
    const opened = await open(to, 'wx').catch((error: NodeJS.ErrnoException) => {
      throw new Refusal(error.code === 'EEXIST' ? `There is a file ${to} already. Name another one; nothing was written.` : `${to} cannot be written (${error.code}). Name a folder that is there and that you may write to.`)
    })
    await opened.writeFile(bytes).finally(() => opened.close())
    house.say(`ok: “${answer.item.title}” in ${to}`)
  },
}
