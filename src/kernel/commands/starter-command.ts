import type { Command } from '#kernel/commands/command.ts'
import type { Starter } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'

/** `starter remove` over the starters of every room; wiring hands them in, for the kernel knows no room. */
export const starterCommands = (starters: Starter[]): Command[] => [
  {
    usage: 'starter remove',
    description: 'take the starter content away; what was changed since stays',
    async run(house) {
      const removed = await act(house, async (tx) => {
        let count = 0
        for (const starter of starters) count += await starter.remove(tx, house.clock())
        return count
      })
      house.say(removed > 0 ? `ok: ${removed} pieces of starter content are gone` : 'there was no starter content; nothing was changed')
    },
  },
]
