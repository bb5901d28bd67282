import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { passkeyHosts, type PasskeyPlace, passkeyPlaceAt } from '#rooms/people/passkey.ts'

/**
 * Where a passkey is made or used by this request: one of the house's own origins, since requests with another Host end
 * before. Undefined where nobody signs in at all, and at a bare address.
 */
export const placeAt = (url: URL): PasskeyPlace | undefined => (sessionCookieAt(url) ? passkeyPlaceAt(url) : undefined)

/** What pages say of passkeys here. @param origins of the settings */
export function saidOfPasskeys(url: URL, origins: readonly string[]) {
  const { hostname } = url
  return { host: hostname, isPossible: placeAt(url) !== undefined, isForTrying: hostname === 'localhost', isOneOfMany: new Set([...passkeyHosts(origins), hostname]).size > 1 }
}
export type SaidOfPasskeys = ReturnType<typeof saidOfPasskeys>
