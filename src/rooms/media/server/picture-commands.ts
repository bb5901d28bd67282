import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { MOST_BYTES, type PictureRefusal } from '#kernel/pictures/picture.ts'
import { keepPagePicture } from '#kernel/pictures/server/page-picture.ts'
import { changeText, PUBLISH_OPTION, readNamed, said } from '#rooms/media/server/shown-command.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'

const REFUSED: Record<PictureRefusal, string> = {
  'not-a-picture': 'it is not a picture', svg: 'an SVG can carry script; send a PNG of it',
  'other-format': 'no browser shows this kind of picture; send a JPEG, PNG or WebP', 'too-large': 'it is larger than 25 MB',
  'too-many-pixels': 'it has more than 60 million pixels', animated: 'it moves; send one picture of it', damaged: 'it is damaged',
}

export const pictureCommand: Command = {
  usage: 'picture <address> <file>',
  description: 'show this picture with the text; a clean copy is kept, without place, time or name of the camera',
  options: [
    { flag: '--alt <text>', description: 'what it shows, for who does not see it, in the language of the text', required: true },
    { flag: '--credit <name>', description: 'who made it' },
    { flag: '--licence <text>', description: 'what others may do with it, for example "CC BY 4.0"' },
    PUBLISH_OPTION,
  ],
  examples: ['picture /es/media/nuestra-nota marcha.jpg --alt "Paraguas rojos frente al Congreso" --credit "Red X" --publish'],
  async run(house, [address = '', path = ''], options) {
    const alt = said(options.alt, '--alt')
    const text = await textAt(house, address)
    const kept = await keepPagePicture(house, readNamed(path, MOST_BYTES))
    if ('refused' in kept) throw new Refusal(`${path} was not taken: ${REFUSED[kept.refused]}. Nothing was changed.`)
    const { id, inPage, large } = kept
    const picture = {
      alt, credit: options.credit === undefined ? null : said(options.credit, '--credit'),
      licence: options.licence === undefined ? null : said(options.licence, '--licence'), inPage, large,
    }
    await changeText(house, text, {
      name: 'set-picture', done: 'has this picture', change: (frozen) => ({ ...frozen, pictureId: id, picture }),
    }, options.publish === true)
  },
}

export const removePictureCommand: Command = {
  usage: 'picture remove <address>',
  description: 'show the text without its picture',
  options: [PUBLISH_OPTION],
  async run(house, [address = ''], options) {
    await changeText(house, await textAt(house, address), {
      name: 'remove-picture', done: 'has no picture', change: ({ picture: _, ...frozen }) => ({ ...frozen, pictureId: null }),
    }, options.publish === true)
  },
}
