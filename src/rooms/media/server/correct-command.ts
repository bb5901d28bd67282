import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { noteCorrection } from '#rooms/media/server/publication-actions.ts'
import { textAt } from '#rooms/media/server/text-commands.ts'

const REFUSED = {
  'no-note': 'the note is empty: --note "…" says what was wrong and what is right',
  'not-public': 'it is not public, so nobody has read what was wrong',
}

export const correctCommand: Command = {
  usage: 'correct <address>',
  description: 'tell readers what was wrong in a public text; the note is dated and stays',
  options: [{ flag: '--note <text>', description: 'what was wrong and what is right, in the language of the text', required: true }],
  examples: ['correct /en/media/our-statement --note "An earlier text named the year 2003 instead of 2002."'],
  async run(house, words, options) {
    const { itemId, lang, path } = await textAt(house, words[0] ?? '')
    const obstacle = await act(house, (tx) => noteCorrection(tx, itemId, lang, String(options.note ?? ''), OPERATOR, house.clock()))
    if (obstacle) throw new Refusal(`${path} was not corrected: ${REFUSED[obstacle]}. Nothing was changed.`)
    house.say(`ok: ${path} says what was corrected, and so does /${lang}/corrections`)
  },
}
