import { error } from '@sveltejs/kit'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { findNames, findRequest, isConfirmedNow } from '#rooms/people/server/recovery-queries.ts'
import { endOfToken, spokenCodeOf } from '#rooms/people/server/recovery-token.ts'

/**
 * What stands behind a page of recovery. Until enough have confirmed, that of a name that nobody has is the same, and so is
 * one that was refused: whoever asked is told nothing. What is used, old or cut answers as an address that never was.
 */
export async function recoveryAt({ house, now }: Pick<App.Locals, 'house' | 'now'>, token = '') {
  const until = endOfToken(token)
  if (!until || Temporal.Instant.compare(now, until) >= 0) error(404)
  const db = house.db.read
  const request = await findRequest(db, hashToken(token))
  if (request?.usedAt) error(404)
  const names = request?.confirmedAt && (await isConfirmedNow(db, request, now)) ? await findNames(db, request.personId) : undefined
  return {
    until, spokenCode: spokenCodeOf(token), isCodeGiven: Boolean(request?.codeGivenAt),
    confirmed: names ? { ...names, totpSecret: request!.totpSecret! } : null,
  }
}
