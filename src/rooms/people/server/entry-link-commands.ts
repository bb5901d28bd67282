import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { stewardLinkLines } from '#rooms/people/server/entry-link-lines.ts'

const stewardLink: Command = {
  usage: 'steward-link',
  description: 'make a link by which one person comes in as a steward: once, within 24 hours; the one before it ends',
  async run(house) {
    const { token } = await act(house, (tx) => makeStewardLink(tx, OPERATOR, house.clock()))
    for (const line of stewardLinkLines(house.settings.origins[0]!, token)) house.say(line)
  },
}

export const entryLinkCommands: Command[] = [stewardLink]
