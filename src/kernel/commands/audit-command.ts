import { sealAll } from '#kernel/audit/server/sealer.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** `12:ab34…`, as a backup or an earlier run printed it. */
function headOf(text: unknown) {
  if (typeof text !== 'string') return undefined
  const [, position, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!position || !hash) throw new Refusal('A head is written as audit verify prints it: a number, a colon and 64 hexadecimal digits.')
  return { position: BigInt(position), hash }
}

const verify: Command = {
  usage: 'audit verify',
  description: 'check the chain of acts: nothing changed, removed, added or reordered',
  options: [{ flag: '--head <head>', description: 'a head that was noted earlier; without it a chain cut short cannot be seen' }],
  async run(house, _words, options) {
    const known = headOf(options.head)
    await sealAll(house.db)
    const { sealed, unsealed, head, findings } = await verifyChain(house.db.read, known)
    for (const { what, position, entryId } of findings) house.say(`entry ${entryId ?? '?'} at position ${position} was ${what}`)
    if (head) house.say(`head ${head.position}:${head.hash}`)
    if (findings.length > 0) {
      house.say('The log of acts is not whole. Keep a copy of this data folder as it is, and compare it with your last backup.')
      return 1
    }
    house.say(`ok: ${sealed} acts in the chain, ${unsealed} waiting; each is as it was written`)
  },
}

export const auditCommands: Command[] = [verify]
