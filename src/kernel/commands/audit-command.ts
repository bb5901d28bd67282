import { parseHead, writeHead } from '#kernel/audit/chain.ts'
import { sealAll } from '#kernel/audit/server/sealer.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import type { Command } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** As a backup or an earlier run printed it. */
function headOf(typed: unknown) {
  if (typed === undefined) return undefined
  const head = parseHead(String(typed))
  if (!head) throw new Refusal('A head is written as audit verify prints it: a number, a colon and 64 hexadecimal digits.')
  return head
}

const SAYS = {
  changed: 'was changed, or the one before it was taken away',
  removed: 'was removed',
  added: 'was added between others',
  reordered: 'was reordered: it stood elsewhere',
  'cut-short': 'is not the head that you noted: what came after, or it, was replaced or cut off',
}

const verify: Command = {
  usage: 'audit verify',
  description: 'check the chain of acts: nothing changed, removed, added or reordered',
  options: [{ flag: '--head <head>', description: 'a head that was noted earlier; without it a chain cut short cannot be seen' }],
  async run(house, _words, options) {
    const known = headOf(options.head)
    await sealAll(house.db)
    const { sealed, unsealed, head, findings } = await verifyChain(house.db.read, known)
    for (const { what, position, entryId } of findings) {
      house.say(`place ${position}${entryId === undefined ? '' : ` (entry ${entryId})`} ${SAYS[what]}`)
    }
    if (head) house.say(`head ${writeHead(head)}`)
    if (findings.length > 0) {
      house.say('The log of acts is not whole. Keep a copy of this data folder as it is, and compare it with your last backup.')
      return 1
    }
    house.say(`ok: ${sealed} acts in the chain, ${unsealed} waiting; each is as it was written`)
  },
}

export const auditCommands: Command[] = [verify]
