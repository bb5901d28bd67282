import type { DutyName } from '#rooms/people/person.ts'

/** A link that lets one person in, once: to one duty. */
export interface EntryLink {
  id: string
  kind: 'steward' | 'invitation'
  duty: DutyName
  organisationId: string | null
  lang: string | null
  totpSecret: string | null
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | null
  revokedAt: Temporal.Instant | null
}

export const STEWARD_LINK_HOURS = 24

/**
 * Why nobody comes in by this link. Whoever holds it is not told which of these it is: whether somebody came in is
 * nobody else's to know.
 */
export function obstacleToEntry(link: EntryLink | undefined, now: Temporal.Instant): 'unknown' | 'used' | 'revoked' | 'expired' | null {
  if (!link) return 'unknown'
  if (link.usedAt) return 'used'
  if (link.revokedAt || link.totpSecret === null) return 'revoked'
  return Temporal.Instant.compare(now, link.expiresAt) >= 0 ? 'expired' : null
}
