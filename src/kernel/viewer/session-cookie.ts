/** Bound to this very host and to https by its name, which browsers hold to (RFC 6265bis, 4.1.3). */
const SECURE = '__Host-altavoz'
/** On the machine itself there is no https. */
const LOOPBACK = 'altavoz'
/**
 * An onion service needs no https: the name is a key, and Tor encrypts as far as the machine that holds it. A name of its
 * own and no `Secure`, since not every version of Tor Browser took such a cookie over http (Tor issue 21537).
 */
const ONION = 'onion-altavoz'

/** The names under which a request may bring a session: the page cache lets such a request past. */
export const SESSION_COOKIES: readonly string[] = [SECURE, LOOPBACK, ONION]

/**
 * Under which name a session is kept at this address. Undefined where a session would cross the network in the open:
 * nobody signs in there. An onion name is one of ours: requests with another Host end before (`answersFor`).
 */
export function sessionCookieAt({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): { name: string; secure: boolean } | undefined {
  if (protocol === 'https:') return { name: SECURE, secure: true }
  if (/^[a-z2-7]{56}\.onion$/.test(hostname)) return { name: ONION, secure: false }
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname) ? { name: LOOPBACK, secure: false } : undefined
}
