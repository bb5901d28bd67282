import type { Command } from '#kernel/commands/command.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { isLangTag } from '#kernel/language/language.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { isCaptions, kindOfAttachment } from '#rooms/media/kind-of-attachment.ts'
import { changeText, PUBLISH_OPTION, readNamed, said } from '#rooms/media/server/shown-command.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'
import { fileName, type ShownFile } from '#rooms/media/shown.ts'

const LARGEST = 200_000_000
const LARGEST_CAPTIONS = 2_000_000

function tagOf(option: unknown, flag: string, otherwise: string): string {
  const tag = option === undefined ? otherwise : String(option).toLowerCase()
  if (!isLangTag(tag)) throw new Refusal(`“${tag}” is not a language. Write a tag such as es or pt after ${flag}; nothing was changed.`)
  return tag
}

export const fileCommand: Command = {
  usage: 'file <address> <file>',
  description: 'offer this PDF, recording or video with the text',
  options: [
    { flag: '--title <text>', description: 'what it is, in the language of the text', required: true },
    { flag: '--lang <tag>', description: 'the language of what is in it, where it is not that of the text' },
    { flag: '--captions <file>', description: 'captions of a video or a recording, WebVTT (.vtt)' },
    { flag: '--captions-lang <tag>', description: 'the language of the captions, where it is not that of the file' },
    PUBLISH_OPTION,
  ],
  examples: ['file /es/media/nuestro-informe informe.pdf --title "El informe completo" --publish'],
  async run(house, [address = '', path = ''], options) {
    const title = said(options.title, '--title')
    const text = await textAt(house, address)
    const lang = tagOf(options.lang, '--lang', text.lang)
    const bytes = readNamed(path, LARGEST)
    const kind = kindOfAttachment(bytes)
    if (!kind) throw new Refusal(`${path} was not taken: it is no PDF, MP3, M4A, OGG, WAV, MP4 or WebM. Nothing was changed.`)
    const words = options.captions === undefined ? undefined : readNamed(String(options.captions), LARGEST_CAPTIONS)
    if (words && !isCaptions(words)) throw new Refusal(`${String(options.captions)} was not taken: captions are WebVTT in UTF-8 and begin with WEBVTT. Nothing was changed.`)
    if (words && kind.extension === 'pdf') throw new Refusal('A PDF has no captions. Nothing was changed.')
    const stored = await house.blobs.write(bytes)
    const captions = words && (await house.blobs.write(words))
    const file: ShownFile = {
      hash: stored.hash, name: fileName(title, kind.extension), title, mediaType: kind.mediaType, byteSize: stored.byteSize, lang,
      ...(captions && { captions: { hash: captions.hash, lang: tagOf(options.captionsLang, '--captions-lang', lang) } }),
    }
    await changeText(house, text, {
      name: 'add-file', done: `offers “${title}”`,
      before: async (tx) => {
        await recordBlob(tx, { ...stored, mediaType: kind.mediaType }, house.clock())
        if (captions) await recordBlob(tx, { ...captions, mediaType: 'text/vtt' }, house.clock())
      },
      change: (frozen) => ({ ...frozen, files: [...(frozen.files ?? []).filter(({ hash }) => hash !== file.hash), file] }),
    }, options.publish === true)
    house.say('  note: a file may name its author, place or time inside; readers get it as it is')
  },
}

export const removeFileCommand: Command = {
  usage: 'file remove <address> <title>',
  description: 'offer the text without this file',
  options: [PUBLISH_OPTION],
  async run(house, [address = '', title = ''], options) {
    const text = await textAt(house, address)
    await changeText(house, text, {
      name: 'remove-file', done: `does not offer “${title}”`,
      change: ({ files = [], ...frozen }) => {
        const left = files.filter((file) => file.title !== title)
        if (left.length === files.length) throw new Refusal(`${text.path} offers no file with the title “${title}”. Nothing was changed.`)
        return left.length > 0 ? { ...frozen, files: left } : frozen
      },
    }, options.publish === true)
  },
}
