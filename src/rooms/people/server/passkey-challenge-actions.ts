import '#rooms/people/server/passkey-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import { CHALLENGE_MINUTES } from '#rooms/people/passkey.ts'

/** What a challenge is for. One that was made for a link or a person serves nobody else. */
export type ChallengeFor = { purpose: 'sign-in' } | { purpose: 'come-in'; entryLinkId: string } | { purpose: 'add'; personId: string }

/** A new challenge, 32 random bytes as base64url; here stays its hash. Those that nobody answered in time are swept on the way. */
export async function makeChallenge(tx: Tx, asked: ChallengeFor, now: Temporal.Instant): Promise<string> {
  await tx.deleteFrom('passkeyChallenge').where('expiresAt', '<=', now).execute()
  const challenge = newToken()
  const expiresAt = now.add({ minutes: CHALLENGE_MINUTES })
  await tx.insertInto('passkeyChallenge').values({ personId: null, entryLinkId: null, ...asked, hash: hashToken(challenge), expiresAt }).execute()
  return challenge
}

/** Uses a challenge up, whatever comes of the answer. False for one that was used, is too old, or was made for something else. */
export async function takeChallenge(tx: Tx, challenge: string, asked: ChallengeFor, now: Temporal.Instant): Promise<boolean> {
  const taken = await tx.deleteFrom('passkeyChallenge').where('hash', '=', hashToken(challenge)).returningAll().executeTakeFirst()
  if (!taken || Temporal.Instant.compare(now, taken.expiresAt) >= 0 || taken.purpose !== asked.purpose) return false
  if (asked.purpose === 'come-in') return taken.entryLinkId === asked.entryLinkId
  return asked.purpose === 'sign-in' || taken.personId === asked.personId
}
