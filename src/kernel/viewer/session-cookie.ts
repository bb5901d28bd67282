/** Bound to this very host and to https by its name, which browsers hold to (RFC 6265bis, 4.1.3). */
const SECURE = '__Host-altavoz'
/** On the machine itself there is no https. */
const LOOPBACK = 'altavoz'

/** The names under which a request may bring a session: the page cache lets such a request past. */
export const SESSION_COOKIES: readonly string[] = [SECURE, LOOPBACK]

/**
 * Under which name a session is kept at this address. Undefined where a session would cross the network in the open:
 * nobody signs in there.
 */
export function sessionCookieAt({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): { name: string; secure: boolean } | undefined {
  if (protocol === 'https:') return { name: SECURE, secure: true }
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname) ? { name: LOOPBACK, secure: false } : undefined
}
