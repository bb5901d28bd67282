import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { INVITATION_DAYS, type Invited } from '#rooms/people/invitation.ts'
import { keepLink, revoked } from '#rooms/people/server/entry-link-actions.ts'
import { lockStewards } from '#rooms/people/server/member-queries.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'

/** Who is no steward, and what is not there, answer alike. */
export type Refused = 'not-found'

/** A link by which one person comes in to one duty. Only a steward makes one; the token is returned once, here stays its hash. */
export async function invite(tx: Tx, who: Person, to: Invited, now: Temporal.Instant): Promise<{ id: string; token: string } | Refused> {
  if (!(await lockStewards(tx, now)).includes(who.id)) return 'not-found'
  if (to.organisationId !== null && !(await findOrganisation(tx, to.organisationId))) return 'not-found'
  const link = await keepLink(tx, { kind: 'invitation', ...to, createdBy: who.id, createdAt: now, expiresAt: now.add({ hours: 24 * INVITATION_DAYS }) })
  await record(tx, { actor: who.id, act: 'make-entry-link', subject: `entry-link:${link.id}`, detail: { ...to } }, now)
  return link
}

/** Ends a link that nobody has used: a message that went to the wrong person opens nothing. */
export async function revokeInvitation(tx: Tx, who: Person, linkId: string, now: Temporal.Instant): Promise<Refused | null> {
  if (!isId(linkId) || !(await lockStewards(tx, now)).includes(who.id)) return 'not-found'
  const ended = await revoked(tx, now).where('id', '=', linkId).returning('id').executeTakeFirst()
  if (!ended) return 'not-found'
  await record(tx, { actor: who.id, act: 'revoke-entry-link', subject: `entry-link:${linkId}` }, now)
  return null
}
