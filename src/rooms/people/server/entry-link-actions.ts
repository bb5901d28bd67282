import '#rooms/people/server/person-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import { STEWARD_LINK_HOURS } from '#rooms/people/entry-link.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'
import { hashToken, newToken } from '#rooms/people/server/secret-token.ts'

/**
 * Makes a link by which one person comes in as a steward, and revokes the one before it: whoever finds an old message
 * finds nothing. The token is returned once; here stays its hash.
 */
export async function makeStewardLink(tx: Tx, actor: string, now: Temporal.Instant): Promise<{ id: string; token: string }> {
  await tx.updateTable('entryLink').set({ revokedAt: now, totpSecret: null })
    .where('kind', '=', 'steward').where('usedAt', 'is', null).where('revokedAt', 'is', null).execute()
  const id = newId()
  const token = newToken()
  await tx.insertInto('entryLink').values({
    id, tokenHash: hashToken(token), kind: 'steward', duty: 'steward', organisationId: null, lang: null, totpSecret: newTotpSecret(),
    createdAt: now, createdBy: actor, expiresAt: now.add({ hours: STEWARD_LINK_HOURS }), usedAt: null, usedBy: null, revokedAt: null,
  }).execute()
  await record(tx, { actor, act: 'make-entry-link', subject: `entry-link:${id}`, detail: { duty: 'steward' } }, now)
  return { id, token }
}
