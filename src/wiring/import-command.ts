import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { isExportFolder } from '#kernel/export/server/export-reader.ts'
import { importCommand as importTexts } from '#rooms/media/server/import-command.ts'
import { takeBack } from './take-back.ts'

/** What is of no use for an export: it says itself which language and which topics its texts have. */
const NOT_FOR_EXPORTS = ['lang', 'uploads', 'topics', 'sameItem']

/** Puts the rooms together: texts of elsewhere are media's, and an export of Altavoz is of all rooms. */
export const importCommand: Command = {
  ...importTexts,
  description: 'read texts: WordPress (WXR), feeds, Ghost, Markdown, .docx, press pages in plain text; drafts unless --publish. Or take an export of Altavoz back',
  examples: [...(importTexts.examples ?? []), 'import /safe/altavoz-2026-11-29 --dry-run'],
  async run(house, words, options) {
    const exports = words.filter(isExportFolder)
    if (exports.length === 0) return importTexts.run(house, words, options)
    if (words.length > 1) throw new Refusal('An export of Altavoz is taken back by itself: name that folder alone. Nothing was imported.')
    const useless = NOT_FOR_EXPORTS.find((name) => options[name] !== undefined)
    if (useless) throw new Refusal(`--${useless.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is not for an export of Altavoz: leave it out. Nothing was imported.`)
    return takeBack(house, exports[0]!, { publish: options.publish === true, isRehearsal: options.dryRun === true })
  },
}
