import type { EntryLinkTable } from '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import { STEWARD_LINK_HOURS } from '#rooms/people/entry-link.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'

/**
 * Makes a link by which one person comes in as a steward, and revokes the one before it: whoever finds an old message
 * finds nothing. The token is returned once; here stays its hash.
 */
export async function makeStewardLink(tx: Tx, actor: string, now: Temporal.Instant): Promise<{ id: string; token: string }> {
  await revoked(tx, now).where('kind', '=', 'steward').execute()
  const { id, token } = await keepLink(tx, { kind: 'steward', duty: 'steward', organisationId: null, lang: null, createdBy: actor, createdAt: now, expiresAt: now.add({ hours: STEWARD_LINK_HOURS }) })
  await record(tx, { actor, act: 'make-entry-link', subject: `entry-link:${id}`, detail: { duty: 'steward' } }, now)
  return { id, token }
}

type LinkToKeep = Pick<EntryLinkTable, 'kind' | 'duty' | 'organisationId' | 'lang' | 'createdBy' | 'createdAt' | 'expiresAt'>

/** A link's row, with the key that is made for whoever comes in by it. The token is returned once; here stays its hash. */
export async function keepLink(tx: Tx, link: LinkToKeep): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = newToken()
  await tx.insertInto('entryLink').values({ ...link, id, tokenHash: hashToken(token), totpSecret: newTotpSecret(), usedAt: null, usedBy: null, revokedAt: null }).execute()
  return { id, token }
}

/** Ends links that nobody has used, those that whoever calls goes on to name; their keys leave with them. */
export const revoked = (tx: Tx, now: Temporal.Instant) =>
  tx.updateTable('entryLink').set({ revokedAt: now, totpSecret: null }).where('usedAt', 'is', null).where('revokedAt', 'is', null)
